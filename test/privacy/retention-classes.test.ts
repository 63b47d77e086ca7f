import { expect, test } from '@jest/globals';
import { NOTICES_KEPT_MS } from '../../src/bot/notices/create-notices.ts';
import { BOT_POLICY } from '../../src/bot/policy.ts';
import { TRACES_KEPT_MS } from '../../src/integrations/channels/traces-kept.ts';
import { loadRetention } from '../../src/integrations/privacy/load-retention.ts';
import { COLLECTIONS } from '../../src/integrations/storage/mongo/collections.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';

const retention = loadRetention();
const classified = retention.classes.flatMap(({ stores }) => stores);

/** The tables, without those in which SQLite keeps its full-text indexes. */
async function tables(): Promise<readonly string[]> {
  const db = openDatabase({ path: ':memory:' });
  const names = db.sqlite
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  await db.close();
  return names.filter((name) => !names.some((other) => name.startsWith(`${other}_`) && other.endsWith('_words')));
}

test('every table and every collection is in one class of data/privacy/retention.yaml', async () => {
  const stores = new Set([...(await tables()), ...COLLECTIONS.map(({ name }) => name)]);
  expect([...stores].filter((name) => !classified.includes(name)).sort()).toEqual([]);
  expect(classified.filter((name, index) => classified.indexOf(name) !== index)).toEqual([]);
  expect(classified.filter((name) => !stores.has(name))).toEqual([]);
});

test('what the sweeps forget by themselves is what the classes say', () => {
  expect(BOT_POLICY.eventsKeptMs).toBe(retention.keptMs('arriving'));
  expect(NOTICES_KEPT_MS).toBe(retention.keptMs('notices'));
  expect(TRACES_KEPT_MS).toBe(retention.keptMs('channel_traces'));
});

test('a class without days cannot be asked for them', () => {
  expect(() => retention.keptMs('audit')).toThrow(/keep: \{ days/);
});
