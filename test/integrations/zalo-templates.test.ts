import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Reply } from '../../src/dialogs/reply.ts';
import { templateClassOf, templateOutcomeOf } from '../../src/integrations/channels/zalo/template-errors.ts';
import { loadNoticeTemplates } from '../../src/integrations/notices/load-notice-templates.ts';
import {
  CREDENTIALS,
  outMessage,
  START,
  startZaloBench,
  TALK,
  USER,
  userEvent,
  type ZaloBench,
} from '../support/zalo-bench.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CS = '/v3.0/oa/message/cs';
const BY_USER = '/v3.0/oa/message/template';
const BY_PHONE = '/message/template';
const PHONE = '0912345678';
const NOTICE: Reply = loadNoticeTemplates().reply({
  name: 'ticket_state',
  values: { ticket: 'SC261122-4K7Q2', state: 'Đang xử lý' },
});
const WORDS = 'Yêu cầu SC261122-4K7Q2 của quý khách đã chuyển sang trạng thái: Đang xử lý.';
const TEMPLATE = { template_id: '77', template_data: { ticket: 'SC261122-4K7Q2', state: 'Đang xử lý' } };

let bench: ZaloBench;
beforeEach(async () => {
  bench = await startZaloBench({ settings: { templateIds: { ticket_state: '77' } } });
});
afterEach(() => bench.stop());

const sent = () => bench.zalo.sent().map(({ path, json }) => [path, json]);
const paths = () => bench.zalo.calls.map(({ path }) => path);
const byPhone = () => bench.channel.adapter.conversationWith?.(PHONE) ?? '';
const toPhone = (reply = NOTICE, seq = 1) =>
  bench.channel.adapter.send({ message: outMessage(reply, seq, byPhone()), idempotencyKey: `${byPhone()}/${seq}` });
/** The template channel's receipt: it names the phone. */
const receipt = (messageId: string, trackingId: string) =>
  userEvent(
    'user_received_message',
    { msg_id: messageId, tracking_id: trackingId, delivery_time: String(START + 5) },
    { sender: { id: CREDENTIALS.oaId }, recipient: { id: '84912345678' } },
  );

describe('a notice in a conversation', () => {
  test('goes out in ordinary words while the customer may be written to', async () => {
    await bench.store.interactions.note(TALK, START - 6 * DAY);
    expect(await bench.say(NOTICE)).toMatchObject({ result: 'accepted' });
    expect(sent()).toEqual([[CS, { recipient: { user_id: USER }, message: { text: WORDS } }]]);
  });

  test.each([
    ['he was silent for more than a week', START - 8 * DAY],
    ['nobody knows when he last wrote', undefined],
  ])('is a template when %s', async (_, lastActAt) => {
    if (lastActAt !== undefined) {
      await bench.store.interactions.note(TALK, lastActAt);
    }
    expect(await bench.say(NOTICE)).toMatchObject({ result: 'accepted' });
    expect(sent()).toEqual([[BY_USER, { user_id: USER, ...TEMPLATE }]]);
  });

  test('is a template after Zalo has said that the window is closed', async () => {
    await bench.store.interactions.note(TALK, START - DAY);
    bench.zalo.next(CS, { error: -230 });
    expect(await bench.say(NOTICE)).toMatchObject({ result: 'accepted' });
    expect(paths()).toEqual([CS, BY_USER]);
  });

  test('is not tried as a template when Zalo refuses the words for another reason', async () => {
    await bench.store.interactions.note(TALK, START - DAY);
    bench.zalo.next(CS, { error: -244 });
    expect(await bench.say(NOTICE)).toEqual({ result: 'refused', reason: 'blocked_by_customer' });
    expect(paths()).toEqual([CS]);
  });

  test('is known again by its echo when the answer was lost, and is told as delivered', async () => {
    bench.zalo.next(BY_USER, 'drop');
    expect(await bench.say(NOTICE)).toMatchObject({ result: 'unknown' });
    const echo = { sender: { id: CREDENTIALS.oaId }, recipient: { id: USER } };
    await bench.post(userEvent('oa_send_text', { msg_id: 'z1', text: WORDS }, echo));
    await bench.post(userEvent('user_received_message', { msg_id: 'z1', delivery_time: String(START) }));
    expect(bench.receipts).toEqual([`${TALK}/1 accepted`, `${TALK}/1 delivered`]);
    expect(bench.received).toEqual([]);
  });

  test('that Zalo has not registered fails with the reason', async () => {
    const other = await startZaloBench();
    expect(await other.say(NOTICE)).toEqual({ result: 'refused', reason: 'template_not_registered' });
    await other.stop();
  });

  test('whose values do not fit is never sent', async () => {
    const wrong: Reply = { kind: 'text', text: 'x', template: { name: 'ticket_state', values: { ticket: 'SC1' } } };
    expect(await bench.say(wrong)).toEqual({ result: 'refused', reason: 'template_missing_value' });
    expect(paths()).toEqual([]);
  });

  test('to a visitor without Zalo has no way', async () => {
    const message = outMessage(NOTICE, 1, `zalo:${CREDENTIALS.oaId}:anonymous:a1:c1`);
    const outcome = await bench.channel.adapter.send({ message, idempotencyKey: 'k' });
    expect(outcome).toEqual({ result: 'refused', reason: 'unreachable' });
  });
});

describe('a customer who withdraws', () => {
  const withdraw = { app_id: CREDENTIALS.appId, event_name: 'user_withdraw', timestamp: String(START), user_id: USER };
  const asNotice = (reply: Reply, authorId: string) =>
    bench.channel.adapter.send({ message: { ...outMessage(reply, 1), authorId }, idempotencyKey: 'k' });

  test('gets no notice from then on, not even one that was on its way, and is still answered', async () => {
    expect(await bench.post(withdraw)).toBe(200);
    expect([...bench.out]).toEqual([TALK]);
    expect(bench.channel.counts().get('withdrawal')).toBe(1);
    expect(await asNotice(NOTICE, 'tell/bill/1/to/x')).toEqual({ result: 'refused', reason: 'opted_out' });
    expect(paths()).toEqual([]);
    await bench.store.interactions.note(TALK, START);
    expect(await asNotice({ kind: 'text', text: 'Dạ' }, 'zalo/1/user_send_text/m1')).toMatchObject({
      result: 'accepted',
    });
  });

  test('is brought again by Zalo when that could not be kept', async () => {
    const broken = await startZaloBench({
      optOuts: { add: () => Promise.reject(new Error('no disk')), remove: async () => {}, has: async () => false },
    });
    expect(await broken.post(withdraw)).toBe(503);
    await broken.stop();
  });
});

describe('a notice to a phone', () => {
  test('goes to the host of templates, with a tracking id and the phone as Zalo writes it', async () => {
    bench.zalo.next(BY_PHONE, { error: 0, data: { msg_id: 'p1', sent_time: '1', sending_mode: '1' } });
    expect(await toPhone()).toEqual({ result: 'accepted', channelMessageId: 'p1' });
    const [call] = bench.zalo.calls;
    expect(call?.json).toEqual({
      phone: '84912345678',
      ...TEMPLATE,
      tracking_id: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(call?.headers['access_token']).toBe('first-access-1');
  });

  test('has a conversation that does not show the phone, the same however it is written', () => {
    const written = ['0912345678', '84912345678', '+84 912 345 678', '0912.345.678'];
    const ids = new Set(written.map((phone) => bench.channel.adapter.conversationWith?.(phone)));
    expect(ids.size).toBe(1);
    expect([...ids][0]).not.toContain('912345678');
    expect(bench.channel.adapter.conversationWith?.('1900 1006')).toBeUndefined();
  });

  test('is delivered when its receipt says so', async () => {
    bench.zalo.next(BY_PHONE, { error: 0, data: { msg_id: 'p1' } });
    await toPhone();
    await bench.post(receipt('p1', 'of no use'));
    expect(bench.receipts).toEqual([`${byPhone()}/1 delivered`]);
  });

  test('is known again by the tracking id of its receipt when the answer was lost', async () => {
    bench.zalo.next(BY_PHONE, 'drop');
    expect(await toPhone()).toMatchObject({ result: 'unknown' });
    const trackingId = String(bench.zalo.calls[0]?.json['tracking_id']);
    await bench.post(receipt('p9', trackingId));
    expect(bench.receipts).toEqual([`${byPhone()}/1 delivered`]);
    await bench.post(receipt('p10', 'somebody else’s'));
    expect(bench.receipts).toHaveLength(1);
  });

  test('must be a template', async () => {
    expect(await toPhone({ kind: 'text', text: 'Dạ' })).toEqual({ result: 'refused', reason: 'needs_template' });
    expect(paths()).toEqual([]);
  });

  test('is sent again once with a new token', async () => {
    bench.zalo.next(BY_PHONE, { error: -124 }, { error: 0, data: { msg_id: 'p1' } });
    expect(await toPhone()).toMatchObject({ result: 'accepted' });
    expect(paths()).toEqual([BY_PHONE, '/v4/oa/access_token', BY_PHONE]);
  });

  test('waits for the morning when Zalo takes none at night', async () => {
    bench.time.now = Date.parse('2026-11-22T23:00:00+07:00');
    bench.zalo.next(BY_PHONE, { error: -133 });
    expect(await toPhone()).toEqual({ result: 'wait', reason: 'not_at_night', afterMs: 7 * HOUR });
  });

  test('raises the alarm when our bill with Zalo must be put right', async () => {
    bench.zalo.next(BY_PHONE, { error: -144 });
    expect(await toPhone()).toEqual({ result: 'refused', reason: 'zalo_quota-144' });
    expect(bench.log.join()).toContain('-144');
  });
});

describe('errors of the template channel', () => {
  const about = { msToNextMinute: 1, msToMorning: undefined };

  test.each([
    [-124, 'token', 'wait', 'token_refused'],
    [-1241, 'operator', 'refused', 'zalo_operator-1241'],
    [-101, 'operator', 'refused', 'zalo_operator-101'],
    [-131, 'operator', 'refused', 'zalo_operator-131'],
    [-146, 'operator', 'refused', 'zalo_operator-146'],
    [-108, 'recipient', 'refused', 'phone_invalid'],
    [-118, 'recipient', 'refused', 'no_zalo_account'],
    [-114, 'recipient', 'refused', 'unreachable'],
    [-140, 'recipient', 'refused', 'notices_refused_by_customer'],
    [-115, 'quota', 'refused', 'zalo_quota-115'],
    [-1471, 'quota', 'refused', 'zalo_quota-1471'],
    [-1121, 'payload', 'refused', 'zalo_payload-1121'],
    [-133, 'night', 'wait', 'not_at_night'],
    // An attachment that is gone, on the OA API.
    [-100, 'unspecified', 'retry', 'zalo_failed'],
    // By user id, in the numbering of the OA API.
    [-32, 'busy', 'wait', 'rate_limited'],
    [-244, 'recipient', 'refused', 'blocked_by_customer'],
    [-249, 'payload', 'refused', 'zalo_payload-249'],
  ])('%d is %s: %s because %s', (code, kind, result, reason) => {
    expect([templateClassOf(code), templateOutcomeOf(code, about)]).toMatchObject([kind, { result, reason }]);
  });
});
