import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { InboundEvent } from '../../src/bot/message.ts';
import { windowState } from '../../src/bot/reply-window.ts';
import {
  CREDENTIALS,
  echoEvent,
  START,
  startZaloBench,
  TALK,
  until,
  userEvent,
  type ZaloBench,
} from '../support/zalo-bench.ts';

let bench: ZaloBench;
beforeEach(async () => {
  bench = await startZaloBench();
});
afterEach(() => bench.stop());

const texts = () => bench.received.map(({ content }) => ('text' in content ? content.text : content.kind));

describe('the webhook', () => {
  test('answers the probe of the console, also by GET, and takes nothing in', async () => {
    expect((await bench.get('/channels/zalo/webhook')).status).toBe(200);
    expect(await bench.post({}, { signature: null })).toBe(200);
    expect(await bench.post({}, { signature: null, raw: '' })).toBe(200);
    expect(await bench.post({}, { raw: '[1' })).toBe(200);
    expect(bench.received).toEqual([]);
  });

  test('drops what is not signed with the right key over these very bytes, and logs no value of it', async () => {
    const event = userEvent('user_send_text', { text: 'bí mật' });
    const raw = JSON.stringify(event);
    expect(await bench.post(event, { signature: null })).toBe(200);
    expect(await bench.post(event, { signature: `mac=${'ab'.repeat(32)}` })).toBe(200);
    expect(await bench.post({ ...event, app_id: '1' })).toBe(200);
    expect(bench.received).toEqual([]);
    expect(bench.channel.counts().get('bad_signature')).toBe(3);
    expect(bench.log).toEqual([
      'zalo: an event without a good signature was dropped {"hasHeader":false,"hasPrefix":false,"length":0}',
    ]);
    expect(await bench.post(event, { raw: raw.replace('í', '\\u00ed').replaceAll('/', '\\/') })).toBe(200);
    expect(texts()).toEqual(['bí mật']);
  });

  test('acknowledges and drops everything while it is switched off', async () => {
    const off = await startZaloBench({ isOn: () => false });
    expect(await off.post(userEvent('user_send_text', { text: 'Alo' }))).toBe(200);
    expect([off.received, off.channel.counts().get('switched_off')]).toEqual([[], 1]);
    await off.stop();
  });

  test('counts events that nobody knows and answers 200', async () => {
    expect(await bench.post(userEvent('user_does_magic', {}))).toBe(200);
    expect([bench.received, bench.channel.counts().get('unknown')]).toEqual([[], 1]);
  });

  test('answers 503 only when a message could not be kept', async () => {
    const full = await startZaloBench({
      async receive() {
        throw new Error('the disk is full');
      },
    });
    expect(await full.post(userEvent('user_send_text', { text: 'Alo' }))).toBe(503);
    expect(await full.post(userEvent('user_reacted_message', { react_icon: '/-heart' }))).toBe(200);
    await full.stop();
  });

  test('hands messages over in the order of their time when they come mixed up', async () => {
    const slow = await startZaloBench({ settings: { settleMs: 60 } });
    const one = userEvent('user_send_text', { text: 'một' });
    const two = userEvent('user_send_text', { text: 'hai' });
    const three = userEvent('user_send_text', { text: 'ba' });
    for (const event of [three, one, two, one]) {
      await slow.post(event);
    }
    expect(slow.received).toEqual([]);
    slow.time.now += 60;
    await until(() => slow.received.length === 3);
    expect(slow.received.map(({ content }) => 'text' in content && content.text)).toEqual(['một', 'hai', 'ba']);
    await slow.stop();
  });

  test('does not let words of danger wait for others', async () => {
    const slow = await startZaloBench({ settings: { settleMs: 60_000 }, isUrgent: (text) => text.includes('dây đứt') });
    await slow.post(userEvent('user_send_text', { text: 'dây đứt trước nhà' }));
    expect(slow.received).toHaveLength(1);
    await slow.stop();
  });

  test('a tap comes as the value of its button, and an old or foreign one as a choice that nobody knows', async () => {
    await bench.say({ kind: 'choices', text: 'Chọn ạ', choices: [{ label: 'Báo mất điện', value: 'outage' }] }, 7);
    await bench.post(userEvent('user_send_text', { text: '#LN7.1' }));
    await bench.post(userEvent('user_send_text', { text: '#LN7.9' }));
    await bench.post(userEvent('user_send_text', { text: '#LN7.1' }, { sender: { id: '42' } }));
    expect(bench.received.map(({ content }) => content)).toEqual([
      { kind: 'customer_message', text: 'Báo mất điện', choice: 'outage' },
      { kind: 'customer_message', choice: '#LN7.9' },
      { kind: 'customer_message', choice: '#LN7.1' },
    ]);
  });

  test('receipts reach the ledger once the last part of a message is there', async () => {
    await bench.say({ kind: 'text', text: 'từ '.repeat(1_000) }, 4);
    const ids = bench.zalo.sent().map((_, index) => (index + 1).toString(16).padStart(20, 'a'));
    expect(ids).toHaveLength(2);
    await bench.post(userEvent('user_received_message', { msg_id: ids[0] }));
    expect(bench.receipts).toEqual([]);
    await bench.post(userEvent('user_received_message', { msg_id: ids[1] }));
    await bench.post(userEvent('user_seen_message', { msg_id: undefined, msg_ids: ids }));
    await bench.post(userEvent('user_received_message', { msg_id: 'foreign' }));
    expect(bench.receipts).toEqual([`${TALK}/4 delivered`, `${TALK}/4 read`]);
  });

  test('tells how long the customer may be written to', async () => {
    const hour = 3_600_000;
    const window = () => bench.channel.adapter.window?.(TALK);
    expect(await window()).toBeUndefined();
    const event = userEvent(
      'follow',
      {},
      { timestamp: String(START), oa_id: CREDENTIALS.oaId, follower: { id: TALK.split(':')[2] } },
    );
    await bench.post(event);
    const expected = { freeUntil: START + 48 * hour, openUntil: START + 168 * hour };
    expect(await window()).toEqual(expected);
    const states = [48, 48.1, 168, 168.1].map((hours) => windowState(expected, START + hours * hour));
    expect(states).toEqual(['free', 'charged', 'charged', 'closed']);
  });
});

describe('an echo', () => {
  const HELLO = { kind: 'text', text: 'Dạ  em chào anh ạ' } as const;
  /** Lets every echo that waits be decided: that of another tool, which comes after them, has been. */
  async function settle(): Promise<void> {
    const isLast = ({ content }: InboundEvent) => content.kind === 'outside_notice' && content.text === 'sau cùng';
    await bench.post(echoEvent({ msg_id: 'last', text: 'sau cùng' }));
    bench.time.now += 20;
    await until(() => bench.received.some(isLast));
    bench.received.splice(bench.received.findIndex(isLast), 1);
  }

  test('of our own send is dropped, by its id', async () => {
    await bench.say(HELLO);
    await bench.post(echoEvent({ msg_id: bench.zalo.lastId(), text: 'other words' }));
    await settle();
    expect(bench.received).toEqual([]);
  });

  test('that comes before the answer to our own send is dropped, by its words', async () => {
    bench.zalo.onSend = async (_, id) => void (await bench.post(echoEvent({ msg_id: id, text: 'Dạ em chào anh ạ' })));
    expect((await bench.say(HELLO)).result).toBe('accepted');
    await settle();
    expect(bench.received).toEqual([]);
  });

  test('that comes before the answer, with other words than were sent, waits for the answer', async () => {
    bench.zalo.onSend = async (_, id) => void (await bench.post(echoEvent({ msg_id: id, text: undefined })));
    expect((await bench.say(HELLO)).result).toBe('accepted');
    await settle();
    expect(bench.received).toEqual([]);
  });

  test('that is here while the answer to the send never comes tells that Zalo has it', async () => {
    const hasty = await startZaloBench({ settings: { httpTimeoutMs: 300 } });
    hasty.zalo.next('/v3.0/oa/message/cs', 'hang');
    const sending = hasty.say({ kind: 'text', text: 'Dạ vâng ạ' }, 5);
    await until(() => hasty.zalo.calls.length === 1);
    await hasty.post(echoEvent({ msg_id: 'echoed', text: 'Dạ vâng ạ' }));
    expect(await sending).toEqual({ result: 'accepted', channelMessageId: 'echoed' });
    await hasty.stop();
  });

  test('of a send whose answer was lost gives it its id, and a receipt then settles it', async () => {
    bench.zalo.next('/v3.0/oa/message/cs', 'drop');
    expect(await bench.say(HELLO, 5)).toEqual({ result: 'unknown', reason: 'answer_lost' });
    await bench.post(echoEvent({ msg_id: 'lost', text: HELLO.text }));
    await bench.post(userEvent('user_received_message', { msg_id: 'lost' }));
    await settle();
    expect([bench.receipts, bench.received]).toEqual([[`${TALK}/5 accepted`, `${TALK}/5 delivered`], []]);
  });

  test('that Zalo could bring only an hour later is still known as our own', async () => {
    bench.zalo.next('/v3.0/oa/message/cs', 'drop');
    await bench.say(HELLO, 5);
    const echo = echoEvent({ msg_id: 'lost', text: HELLO.text });
    bench.time.now += 60 * 60_000;
    await bench.post(echo);
    await settle();
    expect(bench.received).toEqual([]);
  });

  test('with the name of a human is a take-over', async () => {
    await bench.post(echoEvent({ msg_id: 'h1', text: 'Em kiểm tra ngay' }, '77'));
    expect(bench.received.map(({ conversationId, content }) => ({ conversationId, content }))).toEqual([
      {
        conversationId: TALK,
        content: { kind: 'outside_agent', adminId: '77', agentName: 'Nhân viên (Zalo OA)', text: 'Em kiểm tra ngay' },
      },
    ]);
  });

  test('of another tool is kept as its words, once, after a moment', async () => {
    const event = echoEvent({ msg_id: 'c1', text: 'Cảm ơn bạn đã quan tâm' });
    await bench.post(event);
    await bench.post(event);
    expect(bench.received).toEqual([]);
    await settle();
    expect(bench.received.map(({ content }) => content)).toEqual([
      { kind: 'outside_notice', text: 'Cảm ơn bạn đã quan tâm' },
    ]);
  });

  test('of safety words that were sent while the database was down is dropped', async () => {
    await bench.channel.adapter.sendUnstored?.(TALK, [{ kind: 'text', text: 'TRÁNH XA dây điện' }]);
    await bench.post(echoEvent({ msg_id: bench.zalo.lastId(), text: 'TRÁNH XA dây điện' }));
    await settle();
    expect(bench.received).toEqual([]);
  });
});
