import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { IntentData } from './load-intents.ts';
import type { TrainingHelper } from './training-jobs.ts';

/** For fewer utterances a thread is not worth its start. */
const FEWEST_UTTERANCES = 1500;

/**
 * Starts a thread for one training, if there is a processor for it, early enough to be ready when there is something to
 * do. Nothing waits for it: what it has not taken is done without it. It ends by itself.
 */
export function startHelper(
  intents: readonly IntentData[],
  processors = availableParallelism(),
): TrainingHelper | undefined {
  const utterances = intents.reduce((sum, data) => sum + data.utterances.length, 0);
  if (utterances < FEWEST_UTTERANCES || processors < 2) return undefined;
  const thread = new Worker(new URL('./load-helper-thread.ts', import.meta.url));
  thread.unref();
  // What it did not do is done by the other thread, with the same error if it was one.
  thread.on('error', () => undefined);
  return { help: (jobs) => thread.postMessage(jobs) };
}
