import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createFeatureDictionary } from '../../src/nlu/feature-dictionary.ts';
import { startHelper } from '../../src/nlu/load-helper.ts';
import { loadLists } from '../../src/nlu/load-model.ts';
import { toExamples, toSamples } from '../../src/nlu/train-model.ts';
import { createJobs, doFreeJobs, finishFolds, finishWeights, type TrainingJobs } from '../../src/nlu/training-jobs.ts';

const places = ['sân', 'đường', 'nhà', 'chợ', 'hẻm', 'xóm', 'vườn', 'trường', 'đình', 'bến'];
const intents = [
  { intent: 'wet', utterances: places.map((place) => `nước ngập ${place} rồi`) },
  { intent: 'dark', utterances: places.map((place) => `đèn tắt hết ${place} mình`) },
  { intent: 'hot', utterances: places.map((place) => `${place} nóng quá trời`) },
];
const { samples } = toSamples(intents, loadLists());
const examples = toExamples(samples, createFeatureDictionary(samples.map(({ words }) => words)), intents.length);
const fold = Int32Array.from(samples, (_, i) => i % 3);
const many = [{ intent: 'many', utterances: new Array<string>(100_000).fill('nóng') }];
const newJobs = (): TrainingJobs =>
  createJobs(examples, fold, { folds: 3, cost: 1, seed: 1, learned: samples.length }, true);

const DONE = 2;
const outcome = (jobs: TrainingJobs) => ({ folds: finishFolds(jobs, samples), weights: finishWeights(jobs) });
const alone = outcome(newJobs());

describe('the jobs of a training', () => {
  test('are done alone where there is nobody to help', () => {
    expect(startHelper(many, 1)).toBeUndefined();
    expect(startHelper(intents, 2)).toBeUndefined();
    expect(alone.folds.margins.some((margin) => margin > 0)).toBe(true);
    expect(alone.weights.every((ofClass) => ofClass.some((weight) => weight > 0))).toBe(true);
  });

  test('come out the same to the last digit in another thread', async () => {
    const jobs = newJobs();
    startHelper(many, 2)?.help(jobs);
    while (jobs.states.some((state) => state !== DONE)) await pause(5);
    expect(outcome(jobs)).toEqual(alone);
  });

  test('that a thread gives up are done by the one that waits', () => {
    const jobs = newJobs();
    const broken = { ...jobs, examples: { ...examples, start: undefined as never } };
    expect(() => doFreeJobs(broken)).toThrow();
    expect([...jobs.states]).not.toContain(DONE);
    expect(outcome(jobs)).toEqual(alone);
  });
});
