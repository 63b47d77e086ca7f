import { parentPort } from 'node:worker_threads';
import type { ThreadJob, ThreadReport } from './work-thread.ts';

/** The other end of a `WorkThread`: does each job that comes, and says what came of it. */
export function answerJobs<Job, Result>(work: (job: Job) => Result | Promise<Result>): void {
  async function report({ id, job }: ThreadJob<Job>): Promise<ThreadReport<Result>> {
    try {
      return { id, result: await work(job) };
    } catch (error) {
      return { id, fault: error instanceof Error ? error.message : 'unknown' };
    }
  }

  parentPort?.on('message', async (job: ThreadJob<Job>) => parentPort?.postMessage(await report(job)));
}
