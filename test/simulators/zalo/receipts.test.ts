import { describe, expect, test } from '@jest/globals';
import { HOUR, startSimulator } from './support/start-simulator.ts';

describe('echo', () => {
  test('comes after the answer, without admin_id, with the id of the send', async () => {
    const { sendText, control, product, user } = await startSimulator();
    const { json } = await sendText('Dạ em chào chị');
    await control.settle();
    expect(product.received[0]?.event).toMatchObject({
      event_name: 'oa_send_text',
      sender: { id: '3880000000000000004' },
      recipient: { id: user.id },
      message: { msg_id: json.data.message_id, text: 'Dạ em chào chị' },
    });
    expect(product.received[0]?.event.sender).not.toHaveProperty('admin_id');
  });

  test('can come before the answer', async () => {
    const { sendText, product } = await startSimulator({ settings: { echo: { order: 'before' } } });
    const seen: string[] = [];
    product.answer = ({ event }) => {
      seen.push(event.event_name);
      return 200;
    };
    await sendText('a').then(() => seen.push('answer'));
    expect(seen).toEqual(['oa_send_text', 'answer']);
  });

  test('in random order both happen, and the seed decides', async () => {
    const orders = async (seed: number) => {
      const echo = { order: 'random' as const, delayMs: [1000, 1000] as [number, number] };
      const { sendText, control, product } = await startSimulator({ settings: { echo }, faults: { seed } });
      const wasEarly: boolean[] = [];
      for (let n = 0; n < 12; n += 1) {
        const before = product.named('oa_send_text').length;
        await sendText(String(n));
        wasEarly.push(product.named('oa_send_text').length > before);
        await control.advance(1000);
      }
      expect(product.named('oa_send_text')).toHaveLength(12);
      return wasEarly;
    };
    const first = await orders(1);
    expect(new Set(first).size).toBe(2);
    expect(await orders(1)).toEqual(first);
    expect(await orders(2)).not.toEqual(first);
  });

  test('can be late, and can be switched off', async () => {
    const { sendText, control, product } = await startSimulator({ settings: { echo: { delayMs: [5000, 5000] } } });
    await sendText('a');
    await control.advance(4999);
    expect(product.named('oa_send_text')).toHaveLength(0);
    await control.advance(1);
    expect(product.named('oa_send_text')).toHaveLength(1);
    control.set({ echo: { isOn: false } });
    await sendText('b');
    await control.advance(HOUR);
    expect(product.named('oa_send_text')).toHaveLength(1);
  });

  test('names the admin when a human wrote in the OA tool, also long after the window', async () => {
    const { control, product, simulator } = await startSimulator();
    await simulator.clock.advance(20 * 24 * HOUR);
    const user = control.createUser({ name: 'Lan' });
    control.adminReply(user.id, 'Em là Lan ạ', '71');
    control.autoReply(user.id, 'Cảm ơn bạn đã nhắn tin');
    await control.settle();
    expect(product.named('oa_send_text').map(({ event }) => [event.sender?.admin_id, event.message?.['text']])).toEqual(
      [
        ['71', 'Em là Lan ạ'],
        [undefined, 'Cảm ơn bạn đã nhắn tin'],
      ],
    );
    expect(control.transcript(user.id).map(({ author }) => author)).toEqual(['staff', 'auto']);
  });

  test('is named after the kind of message', async () => {
    const { sendTemplate, control, product } = await startSimulator();
    const sticker = { template_type: 'media', elements: [{ media_type: 'sticker', attachment_id: 'bolt' }] };
    const buttons = [{ title: 'A', type: 'oa.query.hide', payload: '#A' }];
    await sendTemplate(sticker);
    await sendTemplate({ template_type: 'list', elements: [{ title: 'A' }] });
    await sendTemplate({ buttons }, { text: 'a' });
    control.set({ webhook: { buttonsEchoedAs: 'oa_send_list' } });
    await sendTemplate({ buttons }, { text: 'a' });
    await control.settle();
    expect(product.received.map(({ event }) => event.event_name).toSorted()).toEqual([
      'oa_send_list',
      'oa_send_list',
      'oa_send_sticker',
      'oa_send_text',
    ]);
  });
});

describe('received and seen', () => {
  test('follow the send, in this order, with one id and with a list', async () => {
    const { sendText, control, product, user } = await startSimulator();
    const { json } = await sendText('a');
    await control.advance(HOUR);
    expect(product.received.map(({ event }) => [event.event_name, event.message])).toEqual([
      ['oa_send_text', { msg_id: json.data.message_id, text: 'a' }],
      ['user_received_message', { msg_id: json.data.message_id }],
      ['user_seen_message', { msg_ids: [json.data.message_id] }],
    ]);
    expect(control.transcript(user.id)[0]?.seenAt).toBeDefined();
  });

  test.each([
    ['oa' as const, '3880000000000000004'],
    ['user' as const, undefined],
  ])('the sender of a receipt can be the %s', async (receiptSender, oaId) => {
    const { sendText, control, product, user } = await startSimulator({ settings: { webhook: { receiptSender } } });
    await sendText('a');
    await control.advance(HOUR);
    const receipts = product.named('user_received_message', 'user_seen_message');
    expect(receipts.map(({ event }) => event.sender?.id)).toEqual(Array(2).fill(oaId ?? user.id));
  });

  test('have a chance each', async () => {
    const { sendText, control, product } = await startSimulator({
      settings: { receipts: { received: { probability: 1 }, seen: { probability: 0 } } },
    });
    await sendText('a');
    await control.advance(HOUR);
    expect(product.named('user_received_message')).toHaveLength(1);
    expect(product.named('user_seen_message')).toHaveLength(0);
  });

  test('a person at the phone page sees by looking', async () => {
    const { sendText, control, product } = await startSimulator();
    const reader = control.createUser({ name: 'Hà', readsOnScreen: true });
    control.say(reader.id, 'a');
    await sendText('b', reader.id);
    await control.advance(HOUR);
    expect(product.named('user_seen_message')).toHaveLength(0);
    control.readAll(reader.id);
    control.readAll(reader.id);
    await control.settle();
    expect(product.named('user_seen_message')).toHaveLength(1);
  });
});

describe('reactions of the OA', () => {
  const react = { react_icon: '/-strong' };

  test('mark the message, can be taken back, and are told', async () => {
    const { call, control, product, user } = await startSimulator();
    const { id } = control.say(user.id, 'Mất điện rồi');
    const send = (action: Record<string, string>) =>
      call('POST', '/v2.0/oa/message', { recipient: { user_id: user.id }, sender_action: action });
    expect((await send({ ...react, react_message_id: id })).json.error).toBe(0);
    expect(control.transcript(user.id)[0]?.reactions).toEqual([{ by: 'oa', icon: '/-strong' }]);
    expect((await send({ react_icon: '/-remove', react_message_id: id })).json.error).toBe(0);
    expect(control.transcript(user.id)[0]?.reactions).toEqual([]);
    await control.settle();
    expect(product.named('oa_reacted_message')).toHaveLength(2);
    expect((await send({ ...react, react_message_id: 'unknown' })).json.error).toBe(-201);
    for (let n = 0; n < 50; n += 1) {
      await send({ ...react, react_message_id: id });
    }
    expect((await send({ ...react, react_message_id: id })).json.error).toBe(-210);
  });

  test('a text to a user over v2.0 is told that the service was shut down', async () => {
    const { call, user } = await startSimulator();
    const body = { recipient: { user_id: user.id }, message: { text: 'a' } };
    expect((await call('POST', '/v2.0/oa/message', body)).json.error).toBe(-240);
  });
});
