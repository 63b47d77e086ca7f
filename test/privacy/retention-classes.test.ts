import { expect, test } from '@jest/globals';
import { retentionMistakes } from '../../scripts/check/retention-mistakes.ts';
import { type DataClass, loadRetention } from '../../src/integrations/privacy/load-retention.ts';

const retention = loadRetention();

test('every table and every collection is in one class of data/privacy/retention.yaml', async () => {
  expect(await retentionMistakes()).toEqual([]);
});

test('a store in no class, in two, or that there is not, and a doubled class, are named', async () => {
  const [first, ...others] = retention.classes as [DataClass, ...DataClass[]];
  const [taken, ...stores] = first.stores;
  const mistakes = await retentionMistakes([
    { ...first, stores: [...stores, 'slots', 'nowhere'] },
    ...others,
    { ...first, stores: [] },
  ]);
  expect(mistakes).toEqual([
    expect.stringContaining(`${taken} is in no class`),
    expect.stringContaining('slots is in two classes'),
    expect.stringContaining('collection nowhere'),
    expect.stringContaining(`two classes have the id ${first.id}`),
  ]);
});

test('events are remembered longer than any channel repeats one', () => {
  expect(retention.keptMs('arriving')).toBeGreaterThan(7 * 86_400_000);
});

test('a class without days cannot be asked for them', () => {
  expect(() => retention.keptMs('audit')).toThrow(/keep: \{ days/);
});
