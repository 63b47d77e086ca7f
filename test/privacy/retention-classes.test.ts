import { expect, test } from '@jest/globals';
import { retentionMistakes } from '../../scripts/check/retention-mistakes.ts';
import { NOTICES_KEPT_MS } from '../../src/bot/notices/create-notices.ts';
import { BOT_POLICY } from '../../src/bot/policy.ts';
import { TRACES_KEPT_MS } from '../../src/integrations/channels/traces-kept.ts';
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

test('what the sweeps forget by themselves is what the classes say', () => {
  expect(BOT_POLICY.eventsKeptMs).toBe(retention.keptMs('arriving'));
  expect(NOTICES_KEPT_MS).toBe(retention.keptMs('notices'));
  expect(TRACES_KEPT_MS).toBe(retention.keptMs('channel_traces'));
});

test('a class without days cannot be asked for them', () => {
  expect(() => retention.keptMs('audit')).toThrow(/keep: \{ days/);
});
