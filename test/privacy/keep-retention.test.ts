import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LegalHold } from '../../src/bot/personal-data.ts';
import { createPhoneCustomers } from '../../src/integrations/channels/zalo/phone-customer.ts';
import { createKeepRetention } from '../../src/integrations/privacy/keep-retention.ts';
import { loadRetention } from '../../src/integrations/privacy/load-retention.ts';
import { createAddressSeal } from '../../src/integrations/sealed-address.ts';
import { openSqliteStorage, type SqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import { aCustomer } from '../support/action-bench.ts';
import { customerMessage, freshConversation, sampleEvent, sampleTurn } from '../support/sample-turn.ts';

const DAY = 86_400_000;
const NOW = 2_000 * DAY;
const CODE = 'PB06010001234';
const retention = loadRetention();
const addresses = createAddressSeal('a key of the test');
const { conversationWith } = createPhoneCustomers(addresses, '2345');
const adapters = new Map([['zalo', { conversationWith, takesTemplate: () => true }]]);

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
  keepRetention = createKeepRetention({ ...storage, retention, addresses, adapters, clock });
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
    ...{ ...storage, retention, addresses, adapters, clock: { now: () => now } },
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

describe('a hold', () => {
  const OLD = 1_900 * DAY;
  /** For each class with days: leaves something old of a conversation, and says whether it is still there. */
  const left: Readonly<Record<string, (id: string) => Promise<() => Promise<boolean>>>> = {
    async conversation_words(id) {
      await storage.conversations.commit(sampleTurn(id, 1, { at: NOW - OLD, messages: [customerMessage(1, 'Ấp 3')] }));
      return async () => (await textOf(id)) === 'Ấp 3';
    },
    async files(id) {
      const key = { conversationId: id, seq: 1, number: 1 };
      now = NOW - OLD;
      await storage.media.keep(key, { bytes: Buffer.from('x'), mime: 'image/png', extension: 'png' });
      now = NOW;
      return async () => (await storage.media.open(key)) !== undefined;
    },
    async arriving(id) {
      const event = sampleEvent(id, { receivedAt: NOW - OLD });
      await storage.inbox.receive(event);
      await storage.conversations.commit(sampleTurn(id, 1, { handles: [event.key], messages: [] }));
      return async () => (await storage.inbox.receive(event)) === 'repeat';
    },
    async channel_traces(id) {
      const meaning = new Map([['b1', { value: 'yes', label: 'Có ạ' }]]);
      await storage.zalo.buttons.put(id, meaning, NOW - OLD);
      await storage.telegram.buttons.put(id, meaning, NOW - OLD);
      return async () => {
        const found = [await storage.zalo.buttons.find(id, 'b1'), await storage.telegram.buttons.find(id, 'b1')];
        return found.every((one) => one !== undefined);
      };
    },
    async tickets(id) {
      const number = `SC-${id}`;
      await storage.tickets.open({
        ...{ number, conversationId: id, kind: 'outage', priority: 'normal', state: 'done', place: 'ấp 3' },
        ...{ summary: 'Mất điện ở ấp 3', details: {}, createdAt: NOW - OLD, history: [] },
      });
      return async () => (await storage.tickets.ticket(number))?.place === 'ấp 3';
    },
    async notices(id) {
      const key = `outage/1/to/${id}`;
      now = NOW - OLD;
      await storage.noticeLedger.skip({ key, topic: 'planned_outage', conversationId: id }, 'expired');
      now = NOW;
      await storage.siteNotices.plan({
        ...{
          id: `s/${id}`,
          outageId: 'O1',
          accountId: 'KH-1',
          contactId: '1',
          change: 'new',
          codes: ['PB1'],
          area: 'a',
        },
        ...{ startsAt: NOW - OLD, openUntil: NOW - OLD, at: NOW - OLD, sent: [{ conversationId: id, key }] },
      });
      return async () => {
        const told = await storage.siteNotices.find(`s/${id}`);
        return told !== undefined && (await storage.noticeLedger.find(key)) !== undefined;
      };
    },
    async outage_reports(id) {
      const where = { feeder: '471-BL' };
      await storage.reports.addReport(
        { id: `report/${id}`, conversationId: id, at: NOW - OLD, kind: 'reported', where, isVulnerable: false },
        [],
      );
      await storage.reports.link({
        ...{ incidentId: 'SK-1', conversationId: id, reportedAt: NOW - OLD, isVulnerable: false, reasons: [] },
      });
      return async () => {
        const links = await storage.reports.linksOf(id);
        return links.length > 0 && (await storage.reports.lastReport(id)) !== undefined;
      };
    },
  };
  /** Hashed keys tell nobody's name; what the operator rotates and stores is his to keep (docs/privacy.md). */
  const OUT_OF_REACH = ['verification_tries', 'logs', 'backups'];
  const withDays = retention.classes.flatMap(({ id, keep }) => ('days' in keep ? [id] : []));

  test('is looked at for every class that is kept for some days', () => {
    expect([...Object.keys(left), ...OUT_OF_REACH].sort()).toEqual([...withDays].sort());
  });

  test.each(Object.keys(left))('keeps %s until it is over', async (dataClass) => {
    const [held, other] = [freshConversation(), freshConversation()];
    const isHeldThere = await left[dataClass]?.(held);
    const isOtherThere = await left[dataClass]?.(other);
    await storage.holds.put(hold({ kind: 'conversation', conversationId: held }, NOW + DAY));
    await keepRetention();
    expect([await isHeldThere?.(), await isOtherThere?.()]).toEqual([true, false]);
    now = NOW + DAY;
    await keepRetention();
    expect(await isHeldThere?.()).toBe(false);
  });

  test('of a code reaches what was told to the phone and the mail address of its holder', async () => {
    await storage.records.put('customers', [aCustomer({ code: CODE, phone: '0900123456', email: 'hoa@example.vn' })]);
    const told = [
      `sms:main:${addresses.seal('sms', '0900123456')}`,
      `email:main:${addresses.seal('email', 'hoa@example.vn')}`,
      conversationWith('0900123456') ?? '',
    ];
    const areThere = await Promise.all(told.map(async (id) => left['conversation_words']?.(id)));
    await storage.holds.put(hold({ kind: 'customer', customerCode: CODE }, NOW + DAY));
    await keepRetention();
    expect(await Promise.all(areThere.map((isThere) => isThere?.()))).toEqual([true, true, true]);
  });
});
