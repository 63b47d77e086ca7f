import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  CREDENTIALS,
  START,
  startZaloBench,
  TALK,
  USER,
  until,
  userEvent,
  type ZaloBench,
} from '../support/zalo-bench.ts';

const CS = '/v3.0/oa/message/cs';
const RECENT = '/v2.0/oa/listrecentchat';
const ONE = '/v2.0/oa/conversation';
const MINUTE = 60_000;
const NOTHING = { error: 0, data: [] };
const CONTENT = { kind: 'customer_message' };

let bench: ZaloBench;
beforeEach(async () => {
  bench = await startZaloBench();
  bench.time.now = START + 60 * MINUTE;
});
afterEach(() => bench.stop());

function row(id: string, minutesAgo: number, more: object = {}): object {
  const time = START + 60 * MINUTE - minutesAgo * MINUTE;
  const parties = { from_id: USER, to_id: CREDENTIALS.oaId };
  return { src: 1, time, type: 'text', message: `tin ${id}`, message_id: id, ...parties, ...more };
}

const own = { src: 0, from_id: CREDENTIALS.oaId, to_id: USER };

/** Answers with these rows; the list of the one customer has nothing more. */
async function catchUp(...rows: object[]): Promise<void> {
  bench.zalo.next(RECENT, { error: 0, data: rows });
  bench.zalo.next(ONE, NOTHING);
  await bench.channel.catchUp();
}

describe('catching up', () => {
  test('takes in what no webhook has brought, oldest first, under the key of the webhook', async () => {
    await catchUp(row('b', 2), row('a', 3));
    expect(bench.received.map(({ key, orderKey }) => [key, orderKey])).toEqual([
      [`zalo/${CREDENTIALS.oaId}/user_send_text/a`, START + 57 * MINUTE],
      [`zalo/${CREDENTIALS.oaId}/user_send_text/b`, START + 58 * MINUTE],
    ]);
    expect(bench.received[0]).toMatchObject({ conversationId: TALK, content: { ...CONTENT, text: 'tin a' } });
    await bench.post(userEvent('user_send_text', { msg_id: 'a', text: 'tin a' }));
    expect(new Set(bench.received.map(({ key }) => key)).size).toBe(2);
  });

  test('leaves alone what has been handled, whatever the list calls it', async () => {
    await bench.post(userEvent('user_send_image', { msg_id: 'p', attachments: [{ type: 'image', payload: {} }] }));
    await catchUp(row('p', 30, { type: 'photo', message: '' }));
    expect(bench.received).toHaveLength(1);
    expect(bench.channel.counts().has('caught_up')).toBe(false);
  });

  test('hands old messages to a human, with a note of when they were written', async () => {
    await catchUp(row('new', 10), row('old', 11));
    expect(bench.received.map(({ content }) => content)).toEqual([
      {
        kind: 'late_message',
        message: { text: 'tin old' },
        note: expect.stringContaining('lúc 09:49 ngày 2026-11-22'),
      },
      { ...CONTENT, text: 'tin new' },
    ]);
  });

  test('goes through the conversations as well, where the list names each customer once', async () => {
    bench.zalo.next(RECENT, { error: 0, data: [row('c', 1)] });
    bench.zalo.next(ONE, { error: 0, data: [row('c', 1), row('b', 2), row('a', 3)] });
    await bench.channel.catchUp();
    expect(bench.received.map(({ content }) => content)).toMatchObject([
      { text: 'tin a' },
      { text: 'tin b' },
      { text: 'tin c' },
    ]);
  });

  test('keeps the order of messages of one millisecond, the newest of which stands first in the list', async () => {
    bench.zalo.next(RECENT, { error: 0, data: [row('c', 1)] });
    bench.zalo.next(ONE, { error: 0, data: [row('c', 1), row('b', 1), row('a', 1)] });
    await bench.channel.catchUp();
    const times = bench.received.map(({ orderKey }) => orderKey - START - 59 * MINUTE);
    expect(bench.received.map(({ content }) => content)).toMatchObject(
      ['a', 'b', 'c'].map((id) => ({ text: `tin ${id}` })),
    );
    expect(times).toEqual([0, 1, 2]);
  });

  test('reads pages until nothing is new any more, and no further back than a day', async () => {
    const page = (name: string) => Array.from({ length: 10 }, (_, n) => row(`${name}${n}`, 5));
    const before = page('x');
    for (const { message_id: id } of before as { message_id: string }[]) {
      await bench.post(userEvent('user_send_text', { msg_id: id, text: 'đã biết' }));
    }
    const full = (rows: object[]) => ({ error: 0, data: rows });
    bench.zalo.next(RECENT, full(page('n')), full(before), full(before), full(before));
    bench.zalo.next(ONE, NOTHING);
    await bench.channel.catchUp();
    expect(bench.zalo.calls.filter(({ path }) => path === RECENT)).toHaveLength(4);
    expect(bench.received).toHaveLength(20);
    await catchUp(row('yesterday', 24 * 60 + 1));
    expect(bench.received).toHaveLength(20);
  });

  test('reads places, pictures, links, cards and what nobody knows', async () => {
    await catchUp(
      row('1', 5, { type: 'location', message: '', location: '{"latitude":"10.5","longitude":"106.4"}' }),
      row('2', 4, { type: 'photo', message: 'công tơ', url: 'https://f.zdn.vn/a.jpg' }),
      row('3', 3, { type: 'link', message: '', links: [{ url: 'https://www.dienluc.example/lich' }] }),
      row('4', 2, { type: 'hologram', message: '' }),
    );
    expect(bench.received.map(({ content }) => content)).toMatchObject([
      { attachments: [{ kind: 'location', latitude: 10.5, longitude: 106.4 }] },
      { text: 'công tơ', attachments: [{ kind: 'image', url: 'https://f.zdn.vn/a.jpg' }] },
      { text: 'https://www.dienluc.example/lich' },
      { attachments: [{ kind: 'file' }] },
    ]);
  });

  test('settles a send whose answer was lost, and takes nothing of the OA for the words of a customer', async () => {
    bench.zalo.next(CS, 'drop');
    expect(await bench.say({ kind: 'text', text: 'Dạ vâng ạ.' }, 5)).toMatchObject({ result: 'unknown' });
    await catchUp(row('o1', 0, { ...own, message: 'Dạ vâng ạ.' }), row('o2', 1, { ...own, message: 'lời khác' }));
    expect([bench.receipts, bench.received]).toEqual([[`${TALK}/5 accepted`], []]);
  });

  test('leaves a customer for the next time whose list cannot be had, or a later message would come before an earlier one', async () => {
    bench.zalo.next(RECENT, { error: 0, data: [row('c', 1)] });
    bench.zalo.next(ONE, { error: -200 });
    await bench.channel.catchUp();
    expect(bench.received).toEqual([]);
    bench.zalo.next(RECENT, { error: 0, data: [row('c', 1)] });
    bench.zalo.next(ONE, { error: 0, data: [row('c', 1), row('b', 2)] });
    await bench.channel.catchUp();
    expect(bench.received.map(({ content }) => content)).toMatchObject([{ text: 'tin b' }, { text: 'tin c' }]);
  });

  test('gives up until the next time when the lists cannot be had', async () => {
    bench.zalo.next(RECENT, { error: -223 });
    await bench.channel.catchUp();
    expect([bench.channel.counts().get('catch_up_failed'), bench.received]).toEqual([1, []]);
  });
});

describe('a message that comes while the lists are looked through at the start', () => {
  const HOLD_MS = 10_000;
  const OTHER = '2460000000000000009';
  const say = (id: string, text: string, user = USER) =>
    bench.post(userEvent('user_send_text', { msg_id: id, text }, { sender: { id: user } }));
  const heard = () => bench.received.map(({ content }) => ('text' in content ? content.text : content.kind));
  const listed = (id: string, minutesAgo: number) => row(id, 60 + minutesAgo);

  beforeEach(async () => {
    await bench.stop();
    bench = await startZaloBench({
      settings: { catchUpEveryMs: 15 * MINUTE, catchUpHoldMs: HOLD_MS },
      isUrgent: (text) => text.includes('cháy'),
    });
  });

  test('is handled after the earlier ones that the lists have of its customer', async () => {
    await say('live', 'tin mới');
    expect(heard()).toEqual([]);
    await catchUp(listed('b', 1), listed('a', 2));
    expect(heard()).toEqual(['tin a', 'tin b', 'tin mới']);
    await say('next', 'tin sau');
    expect(heard()).toEqual(['tin a', 'tin b', 'tin mới', 'tin sau']);
  });

  test('waits no longer than the list of everybody needs, where that has nothing new of its customer', async () => {
    const order: unknown[] = [];
    await say('live', 'tin của người khác', OTHER);
    bench.zalo.next(RECENT, { error: 0, data: [listed('a', 1)] });
    bench.zalo.next(ONE, NOTHING);
    bench.zalo.whenAsked(ONE, () => order.push([...heard()]));
    await bench.channel.catchUp();
    expect([order, heard()]).toEqual([[['tin của người khác']], ['tin của người khác', 'tin a']]);
  });

  test('waits for nothing when it speaks of danger', async () => {
    await say('live', 'cháy trạm điện');
    expect(heard()).toEqual(['cháy trạm điện']);
  });

  test.each([{ error: -216 }, { page: 502 }, 'drop' as const])(
    'goes on at once when the lists cannot be had: %j',
    async (answer) => {
      await say('live', 'tin mới');
      bench.zalo.next(RECENT, answer, answer);
      await bench.channel.catchUp();
      expect(heard()).toEqual(['tin mới']);
    },
  );

  test('goes on after its time when Zalo says nothing', async () => {
    bench.zalo.next(RECENT, 'hang');
    const looking = bench.channel.catchUp();
    await say('live', 'tin mới');
    bench.time.now += HOLD_MS - 1;
    await say('further', 'tin nữa');
    expect(heard()).toEqual([]);
    bench.time.now += 1;
    await until(() => heard().length === 2);
    expect(heard()).toEqual(['tin mới', 'tin nữa']);
    await looking;
  });

  test('of a customer whose own list never comes goes on after its time, too', async () => {
    bench.zalo.next(RECENT, { error: 0, data: [listed('a', 1)] });
    bench.zalo.next(ONE, 'hang');
    const looking = bench.channel.catchUp();
    await until(() => bench.zalo.calls.some(({ path }) => path === ONE));
    await say('live', 'tin mới');
    expect(heard()).toEqual([]);
    bench.time.now += HOLD_MS;
    await until(() => heard().length > 0);
    expect(heard()).toEqual(['tin mới']);
    await looking;
  });
});
