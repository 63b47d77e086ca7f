import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { LegalHold } from '../../src/bot/personal-data.ts';
import { createKeepRetention } from '../../src/integrations/privacy/keep-retention.ts';
import { loadRetention } from '../../src/integrations/privacy/load-retention.ts';
import { openSqliteStorage, type SqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import { customerMessage, freshConversation, sampleTurn } from '../support/sample-turn.ts';

const DAY = 86_400_000;
const NOW = 2_000 * DAY;
const CODE = 'PB06010001234';
const retention = loadRetention();

let folder = '';
let now = NOW;
let storage: SqliteStorage;
let keepRetention: () => Promise<void>;

beforeEach(() => {
  now = NOW;
  folder = mkdtempSync(join(tmpdir(), 'retention-'));
  const clock = { now: () => now };
  storage = openSqliteStorage({
    ...{ path: join(folder, 'db.sqlite'), mediaFolder: join(folder, 'media'), clock, provinceNames: () => [] },
  });
  keepRetention = createKeepRetention({ ...storage, retention, clock });
});
afterEach(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
});

async function said(daysAgo: number, change: Parameters<typeof sampleTurn>[2] = {}): Promise<string> {
  const id = freshConversation();
  await storage.conversations.commit(
    sampleTurn(id, 1, { at: NOW - daysAgo * DAY, messages: [customerMessage(1, 'Nhà tôi ở ấp 3')], ...change }),
  );
  return id;
}

const textOf = async (id: string) => (await storage.conversations.head(id))?.messages[0]?.content?.text;

const hold = (subject: LegalHold['subject'], until: number): LegalHold => ({
  ...{ id: 'h', subject, reason: 'Công văn 12/CA', byId: 'lan', byName: 'Chị Lan', at: NOW, until },
});

test('words are taken out when their days are over, and not before', async () => {
  const [old, young] = [await said(731), await said(729)];
  await keepRetention();
  expect(await textOf(old)).toBe('[đã xóa]');
  expect(await textOf(young)).toBe('Nhà tôi ở ấp 3');
});

test('many more than one batch go in one run', async () => {
  for (let count = 0; count < 250; count += 1) {
    await said(800);
  }
  await keepRetention();
  expect(await storage.redaction.withWords({ before: NOW, limit: 1_000 })).toEqual([]);
});

test('a run that a crash has ended goes on with the rest', async () => {
  for (let count = 0; count < 150; count += 1) {
    await said(800);
  }
  const { replace } = storage.redaction;
  const dying = createKeepRetention({
    ...{ ...storage, retention, clock: { now: () => now } },
    redaction: {
      ...storage.redaction,
      replace: async (turns) => {
        if ((await storage.redaction.withWords({ before: NOW, limit: 1_000 })).length < 150) {
          throw new Error('killed');
        }
        await replace(turns);
      },
    },
  });
  await expect(dying()).rejects.toThrow('killed');
  expect(await storage.redaction.withWords({ before: NOW, limit: 1_000 })).toHaveLength(50);
  await keepRetention();
  expect(await storage.redaction.withWords({ before: NOW, limit: 1_000 })).toEqual([]);
});

test('what a hold keeps stays until the hold is over', async () => {
  const identities = { [CODE]: { level: 'verified' as const, validUntil: 0 } };
  const held = await said(800, { state: { identities } });
  const other = await said(800);
  const key = { conversationId: held, seq: 1, number: 1 };
  now = NOW - 800 * DAY;
  await storage.media.keep(key, { bytes: Buffer.from('x'), mime: 'image/png', extension: 'png' });
  now = NOW;
  await storage.holds.put(hold({ kind: 'customer', customerCode: CODE }, NOW + DAY));
  await keepRetention();
  expect([await textOf(held), await textOf(other)]).toEqual(['Nhà tôi ở ấp 3', '[đã xóa]']);
  expect(await storage.media.open(key)).toBeDefined();
  now = NOW + DAY;
  await keepRetention();
  expect(await textOf(held)).toBe('[đã xóa]');
  expect(await storage.media.open(key)).toBeUndefined();
});

test('a hold of one conversation keeps that one', async () => {
  const [held, other] = [await said(800), await said(800)];
  await storage.holds.put(hold({ kind: 'conversation', conversationId: held }, NOW + DAY));
  await keepRetention();
  expect([await textOf(held), await textOf(other)]).toEqual(['Nhà tôi ở ấp 3', '[đã xóa]']);
});

test('old files and old tickets go, young ones stay', async () => {
  const ticket = (number: string, daysAgo: number) => ({
    ...{ number, kind: 'outage' as const, priority: 'normal' as const, state: 'done' as const, place: 'ấp 3' },
    ...{ summary: 'Mất điện ở ấp 3', details: {}, createdAt: NOW - daysAgo * DAY, history: [] },
  });
  await storage.tickets.open(ticket('SC-1', 1_826));
  await storage.tickets.open(ticket('SC-2', 1_824));
  for (const [seq, daysAgo] of [
    [1, 91],
    [2, 89],
  ] as const) {
    now = NOW - daysAgo * DAY;
    const picture = { bytes: Buffer.from('x'), mime: 'image/png', extension: 'png' };
    await storage.media.keep({ conversationId: 'web:main:k', seq, number: 1 }, picture);
  }
  now = NOW;
  await keepRetention();
  expect((await storage.tickets.ticket('SC-1'))?.place).toBeUndefined();
  expect((await storage.tickets.ticket('SC-2'))?.place).toBe('ấp 3');
  expect((await storage.media.records('web:main:k')).map(({ seq }) => seq)).toEqual([2]);
});

test('redacted words are found by no search', async () => {
  const id = await said(800);
  await storage.later?.follow();
  const find = async () =>
    (await storage.search?.search({ words: ['ap', '3'], limit: 10, withinMs: 5_000 }))?.conversations.map(
      ({ conversation }) => conversation.conversationId,
    );
  expect(await find()).toEqual([id]);
  await keepRetention();
  expect(await find()).toEqual([]);
});
