import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Bill, Customer, Outage, Ticket } from '../../src/bot/records.ts';
import { intentWords } from '../../src/integrations/agent-desk/desk-words.ts';
import { maskContactsIn, maskName, maskPhone } from '../../src/integrations/agent-desk/mask.ts';
import { type DeskCaller, type DeskServer, startDesk } from '../support/desk-server.ts';
import { createManualClock } from '../support/manual-clock.ts';

const NOW = createManualClock().now();
const MINUTE = 60_000;
const ID = 'web:main:khach-1';
const CODE = 'PB06010001234';

const customer: Customer = {
  ...{ code: CODE, name: 'Trần Thị Bích Thuỷ', phone: '0912345678', email: 'thuy.tran@example.vn' },
  ...{
    address: '12/3 Nguyễn Trãi',
    commune: 'Phường 2',
    province: 'Đồng Tháp',
    unit: 'PB0601',
    tariffGroup: 'household',
  },
  ...{ households: 1, connection: 'connected', version: 'v1' },
};

function bill(month: string, change: Partial<Bill> = {}): Bill {
  return {
    ...{ id: `${CODE}/${month}/1`, customerCode: CODE, month, period: 1, from: `${month}-01`, to: `${month}-30` },
    ...{ readingOld: 100, readingNew: 350, multiplier: 1, kwh: 250, lines: [], amount: 500_000, vatRate: 8 },
    ...{ vat: 40_000, total: 540_000, due: '2026-11-30', version: 'v1', ...change },
  };
}

const outage: Outage = {
  ...{ id: 'o1', kind: 'planned', state: 'scheduled', unit: 'PB0601', area: 'Phường 2', province: 'Đồng Tháp' },
  ...{ communes: ['Phường 2'], feeders: [], from: NOW + 60 * MINUTE, to: NOW + 180 * MINUTE, reason: 'Bảo trì' },
  ...{ version: 'v1', updatedAt: NOW },
};
const ticket: Ticket = {
  ...{ number: 'SC261122-0007', kind: 'outage', priority: 'high', state: 'open', customerCode: CODE },
  ...{ phone: '0912345678', summary: 'Mất điện, gọi 0912 345 678', details: { contact: '0912345678' } },
  ...{ createdAt: NOW, history: [] },
};

describe('what the desk reads', () => {
  let desk: DeskServer;
  let lan: DeskCaller;

  beforeEach(async () => {
    const months = Array.from({ length: 15 }, (_, n) => `2025-${String((n % 12) + 1).padStart(2, '0')}`);
    const records = { customers: [customer], bills: months.map((month) => bill(month)), outages: [outage] };
    desk = await startDesk({ records: { ...records, tickets: [ticket] } });
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    lan = await desk.as('lan');
  });
  afterEach(() => desk.close());

  const say = (text: string) => ({ messages: [{ author: 'customer' as const, content: { text } }] });
  const verified = { identities: { [CODE]: { level: 'verified' as const, validUntil: NOW + 10 * MINUTE } } };

  async function conversation(query = '') {
    return (await lan.get(`/desk/api/conversation?id=${encodeURIComponent(ID)}${query}`)).json();
  }
  async function sidePanel() {
    const response = await lan.get(`/desk/api/side-panel?id=${encodeURIComponent(ID)}`);
    return { body: response.body, json: response.json() };
  }

  test('names the channels that cannot send, whatever becomes of asking another one', async () => {
    const channels = new Map([
      ['zalo', { trouble: async () => 'needs_consent' }],
      ['sms', { trouble: () => Promise.reject(new Error('locked')) }],
      ['telegram', { trouble: async () => undefined }],
      ['web', {}],
    ]);
    const desk = await startDesk({ channels });
    await desk.addAgent('lan', 'Lan');
    const { troubles } = (await (await desk.as('lan')).get('/desk/api/queue')).json();
    expect(troubles).toEqual([{ channel: 'zalo', reason: 'needs_consent' }]);
    await desk.close();
  });

  test('masks the e-mail address that the bot reads back, not the words of an agent', async () => {
    const text = 'Mình gửi hóa đơn tới lan.nguyen@example.vn, đúng chưa ạ?';
    const reply = { kind: 'text' as const, text };
    desk.conversations.add(ID, {
      messages: [
        { author: 'bot', reply },
        { author: 'agent', reply },
      ],
      state: { holder: 'queue', waitingSince: NOW },
    });
    const { messages } = await conversation();
    expect(messages.map((message: { reply: { text: string } }) => message.reply.text)).toEqual([
      'Mình gửi hóa đơn tới l***@example.vn, đúng chưa ạ?',
      text,
    ]);
  });

  test('queues emergencies first, then who waits longest, with age, reason and last words', async () => {
    const wait = (minutes: number) => ({ holder: 'queue' as const, waitingSince: NOW - minutes * MINUTE });
    desk.conversations.add('web:main:moi', {
      ...say('mới tới'),
      state: { ...wait(1), handoffReason: 'customer_asked' },
    });
    desk.conversations.add('web:main:lau', { ...say('chờ lâu'), state: wait(20) });
    desk.conversations.add('web:main:chay', { ...say('cháy tủ điện'), state: { ...wait(0), priority: 'emergency' } });
    desk.conversations.add('web:main:bot', say('hỏi bot'));
    const { queue, mine } = (await lan.get('/desk/api/queue')).json();
    expect(queue.map(({ lastText }: { lastText: string }) => lastText)).toEqual(['cháy tủ điện', 'chờ lâu', 'mới tới']);
    expect(queue[2]).toMatchObject({ waitingSince: NOW - MINUTE, handoffReason: 'customer_asked', priority: 'normal' });
    expect(mine).toEqual([]);
  });

  test('shows an agent her own conversations, and everybody all of them', async () => {
    desk.conversations.add('web:main:a', { ...say('của Lan'), state: { holder: 'agent', agentId: 'id-lan' } });
    desk.conversations.add('web:main:b', { ...say('của Minh'), state: { holder: 'agent', agentId: 'id-minh' } });
    desk.conversations.add('web:main:c', { ...say('đã đóng'), state: { holder: 'closed' } });
    const { mine } = (await lan.get('/desk/api/queue')).json();
    expect(mine.map(({ lastText }: { lastText: string }) => lastText)).toEqual(['của Lan']);
    const { conversations } = (await lan.get('/desk/api/conversations')).json();
    expect(conversations).toHaveLength(3);
  });

  test('gives a conversation with its state, holder, and who is verified until when', async () => {
    const reply = { kind: 'text', text: 'Dạ 540.000 đ ạ' } as const;
    const provenance = [
      { record: 'bill', id: `${CODE}/2025-12/1`, version: 'v1', asOf: '2026-01-01', contentVersion: 'c1' },
    ];
    desk.conversations.add(ID, {
      messages: [
        { author: 'customer', content: { text: 'tiền điện' } },
        { author: 'bot', reply, provenance },
      ],
      state: verified,
    });
    desk.clock.advance(MINUTE);
    const state = { holder: 'agent', agentId: 'id-lan', agentName: 'Chị Lan', epoch: 1 } as const;
    desk.conversations.add(ID, { state, turn: { kind: 'agent', act: 'claim' } });
    expect(await conversation()).toMatchObject({
      ...{ conversationId: ID, channel: 'web', version: 2, heldSince: NOW + MINUTE },
      state: { holder: 'agent', agentName: 'Chị Lan', epoch: 1, messageSeq: 2 },
      identities: [{ customerCode: CODE, level: 'verified', validUntil: NOW + 10 * MINUTE }],
      messages: [
        { seq: 1, author: 'customer', content: { text: 'tiền điện' } },
        { seq: 2, author: 'bot', reply, provenance, delivery: 'delivered' },
      ],
    });
  });

  test('keeps what the bot remembers, like typed slots, to itself', async () => {
    const dialogs = { stack: [], known: { phone: '0912345678', customer_code: CODE }, misses: 0, lastReplies: [] };
    desk.conversations.add(ID, { ...say('x'), state: { dialogs } });
    expect(JSON.stringify(await conversation())).not.toContain('0912345678');
  });

  test('lets a verification that has run out fall back to a known code', async () => {
    desk.conversations.add(ID, { ...say('x'), state: verified });
    desk.clock.advance(11 * MINUTE);
    expect((await conversation()).identities).toEqual([{ customerCode: CODE, level: 'code_known' }]);
  });

  test('gives the last messages first, and any window by number', async () => {
    for (let n = 1; n <= 6; n += 1) {
      desk.conversations.add(ID, say(`tin ${n}`));
    }
    const seqs = async (query: string) => (await conversation(query)).messages.map(({ seq }: { seq: number }) => seq);
    expect(await seqs('&limit=2')).toEqual([5, 6]);
    expect(await seqs('&after=4')).toEqual([5, 6]);
    expect(await seqs('&after=1&limit=3')).toEqual([2, 3, 4]);
  });

  test('shows the true state of each delivery and the sends that are still under way', async () => {
    desk.conversations.add(ID, {
      messages: [
        { author: 'bot', reply: { kind: 'text', text: 'một' }, delivery: 'failed', failure: 'blocked' },
        { author: 'bot', reply: { kind: 'text', text: 'hai' }, delivery: 'sending' },
      ],
    });
    desk.conversations.setOpenAttempts([{ conversationId: ID, seq: 2, number: 1, at: NOW }]);
    const read = await conversation();
    expect(read.messages.map(({ delivery, failure }: Record<string, string>) => [delivery, failure])).toEqual([
      ['failed', 'blocked'],
      ['sending', undefined],
    ]);
    expect(read.openAttempts).toEqual([{ seq: 2, number: 1, at: NOW }]);
    expect(read.summary.undelivered).toEqual([{ state: 'failed', times: 1 }]);
  });

  test('sums up by rules what was asked and what went wrong', async () => {
    const understood = (intent: string, decision: 'accept' | 'reject', emergency = false, missed = false) => ({
      turn: { missed, understanding: { intent, decision, emergency, confidence: 0.9, alternatives: [], entities: [] } },
    });
    desk.conversations.add(ID, { ...say('tiền điện'), ...understood('bill_lookup', 'accept') });
    desk.conversations.add(ID, { ...say('asdf'), ...understood('none', 'reject', false, true) });
    // Taken by the question that was open, though it has no intent of its own: no miss.
    desk.conversations.add(ID, { ...say('PB06010001234'), ...understood('none', 'reject') });
    desk.conversations.add(ID, { ...say('tiền điện tháng 6'), ...understood('bill_lookup', 'accept') });
    desk.conversations.add(ID, {
      ...{ ...say('có khói'), ...understood('safety_emergency', 'accept', true) },
      state: { holder: 'queue', handoffReason: 'emergency' },
    });
    desk.conversations.add(ID, { state: { holder: 'agent', agentId: 'id-lan' } });
    desk.conversations.add(ID, { ...say('dạ em ơi'), ...understood('none', 'reject') });
    expect((await conversation()).summary).toEqual({
      asked: [
        { intent: 'bill_lookup', times: 2 },
        { intent: 'safety_emergency', times: 1 },
      ],
      ...{ notUnderstood: 1, hadEmergency: true, handoffReason: 'emergency', undelivered: [] },
    });
  });

  test('does not know a conversation that is not there', async () => {
    for (const path of ['conversation', 'side-panel']) {
      expect((await lan.get(`/desk/api/${path}?id=web:main:khong-co`)).statusCode).toBe(404);
    }
  });

  test('stands the verified customer beside the conversation, with bills, outages and tickets', async () => {
    desk.conversations.add(ID, { ...say('x'), state: verified });
    const { json } = await sidePanel();
    expect(json.customers).toHaveLength(1);
    expect(json.customers[0]).toMatchObject({
      ...{ customerCode: CODE, level: 'verified' },
      customer: {
        name: 'Trần Thị Bích Thuỷ',
        phone: '*******678',
        email: 't***@example.vn',
        address: '12/3 Nguyễn Trãi',
      },
      outages: [{ id: 'o1', area: 'Phường 2', reason: 'Bảo trì' }],
    });
    expect(json.customers[0].bills).toHaveLength(13);
    expect(json.customers[0].bills[0]).toMatchObject({ month: '2025-12', total: 540_000 });
    expect(json.tickets).toMatchObject([{ number: 'SC261122-0007', summary: 'Mất điện, gọi *******678' }]);
  });

  test('masks the name and leaves out the street while the customer is not verified', async () => {
    const identities = { [CODE]: { level: 'code_known' as const, validUntil: 0 } };
    desk.conversations.add(ID, { ...say('x'), state: { identities } });
    const { body, json } = await sidePanel();
    expect(json.customers[0].customer).toMatchObject({ name: 'T*** T*** B*** T***', address: 'Phường 2, Đồng Tháp' });
    expect(body).not.toMatch(/Bích|Nguyễn Trãi/);
  });

  test.each(['verified', 'code_known'] as const)('never sends a whole phone or e-mail out (%s)', async (level) => {
    desk.conversations.add(ID, {
      ...say('x'),
      state: { identities: { [CODE]: { level, validUntil: NOW + MINUTE } } },
    });
    const { body } = await sidePanel();
    expect(body).not.toMatch(/0912|345|thuy\.tran/);
    expect(body).toContain('678');
  });

  test('reads nobody whose code the conversation does not know', async () => {
    desk.conversations.add(ID, say('x'));
    expect((await sidePanel()).json).toMatchObject({ customers: [], tickets: [] });
  });

  test('says so when a code is on no record', async () => {
    const dialogs = { stack: [], known: { customer_code: 'PB06019999999' }, misses: 0, lastReplies: [] };
    desk.conversations.add(ID, { ...say('x'), state: { dialogs } });
    expect((await sidePanel()).json.customers).toEqual([
      { customerCode: 'PB06019999999', level: 'code_known', bills: [], outages: [] },
    ]);
  });

  test('counts for the leader what each agent holds, and who is there', async () => {
    desk.conversations.add('web:main:a', { ...say('a'), state: { holder: 'agent', agentId: 'id-lan' } });
    const hanh = await desk.as('hanh');
    expect((await hanh.get('/desk/api/shift')).json().agents).toMatchObject([
      { id: 'id-hanh', name: 'Chị Hạnh', role: 'leader', isOnline: true, status: 'available', open: 0 },
      { id: 'id-lan', name: 'Chị Lan', role: 'agent', isOnline: false, status: 'available', open: 1 },
    ]);
  });
});

test('the desk has Vietnamese words for every intent that the bot knows', () => {
  const intents = readdirSync(join(import.meta.dirname, '../../data/intents')).filter((name) => name.endsWith('.yaml'));
  const untold = intents
    .map((name) => name.replace('.yaml', ''))
    .filter((id) => intentWords(id) === id.replaceAll('_', ' '));
  expect(untold).toEqual([]);
});

describe('masks', () => {
  test('keep the first letter of each name only', () => {
    expect(maskName('  Đặng  Văn Ổn '.normalize('NFD'))).toBe('Đ*** V*** Ổ***');
  });

  test('keep the last three digits of a phone', () => {
    expect(maskPhone('+84 912 345 678')).toBe('*******678');
    expect(maskPhone('113')).toBe('***');
  });

  test.each([
    ['gọi 0912345678 nhé', 'gọi *******678 nhé'],
    ['gọi +84 912 345 678', 'gọi *******678'],
    ['0277.385.1234', '*******234'],
    ['mã PB06010001234, số tiền 1.250.000 đ', 'mã PB06010001234, số tiền 1.250.000 đ'],
    ['gửi Lan.Nguyen@example.vn nhé', 'gửi L***@example.vn nhé'],
    ['phiếu SC261122-0007', 'phiếu SC261122-0007'],
  ])('find phones in words: %s', (text, masked) => {
    expect(maskContactsIn(text)).toBe(masked);
  });
});
