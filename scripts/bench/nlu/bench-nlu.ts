import { rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHelper } from '../../../src/nlu/load-helper.ts';
import { type IntentData, loadIntents } from '../../../src/nlu/load-intents.ts';
import { loadLists, loadModelFile, saveModel } from '../../../src/nlu/load-model.ts';
import { fold } from '../../../src/nlu/normalize.ts';
import { trainModel } from '../../../src/nlu/train-model.ts';
import { createUnderstand } from '../../../src/nlu/understand.ts';
import type { Understand } from '../../../src/nlu/understanding.ts';
import { judged } from '../../nlu/judged.ts';
import { OWN_DATA } from '../../nlu/open-model.ts';
import { fuzz } from './fuzz.ts';
import { trainBayes } from './natural-bayes.ts';
import { trainLogistic } from './natural-logistic.ts';
import { trainNlpJs } from './nlp-js.ts';

const NOW = Date.parse('2026-11-22T08:00:00+07:00');
const SEED = 1;

/** What one contestant did with the project's utterances. */
export interface NluResult {
  readonly contestant: string;
  readonly trainMs: number;
  readonly p50: number;
  readonly p99: number;
  readonly written: number;
  readonly stripped: number;
  readonly loadMs?: number;
  readonly modelBytes?: number;
}

interface Told {
  readonly intent: string;
  readonly utterance: string;
}

/** Measures our own learner beside others: same data, one process, one after the other. */
export async function benchNlu(options: { readonly rounds: number; readonly fuzz: number }) {
  const intents = loadIntents(OWN_DATA);
  const told = intents.flatMap(({ intent, heldout = [] }) => heldout.map((utterance) => ({ intent, utterance })));
  const { result, understand } = await measureOurs(intents, told, options.rounds);
  const few = Math.min(options.rounds, 2);
  const results = [
    result,
    await measureBayes(intents, told, few),
    await measureLogistic(intents, told, few),
    await measureNlpJs(intents, told, few),
  ];
  return { results, fuzz: fuzz(understand, options.fuzz), notes: NOTES };
}

const NOTES = [
  'Times are wall-clock: per utterance the least of all rounds, on one core. Other work on the machine lengthens them.',
  'The logistic regression of natural learns from as many utterances as a minute allows, the others from all.',
];

async function measureOurs(intents: readonly IntentData[], told: readonly Told[], rounds: number) {
  const lists = loadLists();
  const [model, trainMs] = timed(() => trainModel(intents, { seed: SEED, lists, helper: startHelper(intents) }));
  const file = join(tmpdir(), `bench-nlu-${process.pid}.model`);
  try {
    saveModel(model, file);
    const modelBytes = statSync(file).size;
    const loads = Array.from({ length: rounds }, () => timed(() => createUnderstand(loadModelFile(file)))[1]);
    const understand: Understand = createUnderstand(loadModelFile(file));
    const guess = ({ intent, utterance }: Told): string =>
      judged(utterance, intent, understand(utterance, { now: NOW })).guessed;
    const result: NluResult = {
      contestant: 'Lắng Nghe',
      trainMs,
      ...(await measure(told, guess, rounds)),
      loadMs: Math.min(...loads),
      modelBytes,
    };
    return { result, understand };
  } finally {
    rmSync(file, { force: true });
  }
}

async function measureBayes(intents: readonly IntentData[], told: readonly Told[], rounds: number): Promise<NluResult> {
  const [classify, trainMs] = timed(() => trainBayes(intents));
  const measured = await measure(told, ({ utterance }) => classify(utterance), rounds);
  return { contestant: 'natural (Bayes)', trainMs, ...measured };
}

const LOGISTIC_CAP_MS = 60_000;

async function measureLogistic(
  intents: readonly IntentData[],
  told: readonly Told[],
  rounds: number,
): Promise<NluResult> {
  const { classify, trainMs, learned } = trainLogistic(intents, LOGISTIC_CAP_MS);
  const measured = await measure(told, ({ utterance }) => classify(utterance), rounds);
  return { contestant: `natural (logistic, ${learned} utterances)`, trainMs, ...measured };
}

async function measureNlpJs(intents: readonly IntentData[], told: readonly Told[], rounds: number): Promise<NluResult> {
  const begin = performance.now();
  const { classify, modelBytes } = await trainNlpJs(intents);
  const trainMs = performance.now() - begin;
  const measured = await measure(told, ({ utterance }) => classify(utterance), rounds);
  return { contestant: 'node-nlp (NLP.js)', trainMs, ...measured, modelBytes };
}

type Guess = (one: Told) => string | Promise<string>;

async function measure(told: readonly Told[], guess: Guess, rounds: number) {
  const least = new Float64Array(told.length).fill(Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [i, one] of told.entries()) {
      const begin = performance.now();
      const guessed = guess(one);
      // Waiting for what is not asynchronous would be measured too.
      if (typeof guessed !== 'string') await guessed;
      least[i] = Math.min(least[i] as number, (performance.now() - begin) * 1000);
    }
  }
  const sorted = least.sort();
  const share = async (change: (text: string) => string): Promise<number> => {
    let right = 0;
    for (const one of told) if ((await guess({ ...one, utterance: change(one.utterance) })) === one.intent) right++;
    return right / told.length;
  };
  return {
    p50: sorted[Math.floor(0.5 * sorted.length)] as number,
    p99: sorted[Math.floor(0.99 * sorted.length)] as number,
    written: await share((text) => text),
    stripped: await share(fold),
  };
}

function timed<T>(work: () => T): [T, number] {
  const start = performance.now();
  const made = work();
  return [made, performance.now() - start];
}
