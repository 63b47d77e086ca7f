import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { EVENT_NAMES } from '../../../simulators/zalo/webhook/event-names.ts';
import { HOUR, START, startSimulator } from './support/start-simulator.ts';

const macOf = (raw: string, timestamp: unknown) =>
  createHash('sha256').update(`4100000000000000001${raw}${timestamp}SIM_OA_SECRET_KEY_0123456789`).digest('hex');

describe('events', () => {
  test('a text has the documented envelope, all ids and the timestamp as strings', async () => {
    const { control, product, user } = await startSimulator();
    const { id } = control.say(user.id, 'Tra cứu tiền điện');
    await control.settle();
    expect(product.received[0]?.event).toEqual({
      app_id: '4100000000000000001',
      user_id_by_app: user.idByApp,
      event_name: 'user_send_text',
      timestamp: String(START),
      sender: { id: user.id },
      recipient: { id: '3880000000000000004' },
      message: { msg_id: id, text: 'Tra cứu tiền điện' },
    });
  });

  test('is signed over the exact bytes, however they are spelt', async () => {
    const { control, product, user } = await startSimulator();
    for (let n = 0; n < 40; n += 1) {
      control.say(user.id, `Điện lực Gò Vấp 24/7 số ${n}`);
    }
    await control.settle();
    expect(product.received).toHaveLength(40);
    for (const { raw, headers, event } of product.received) {
      expect(headers['x-zevent-signature']).toBe(`mac=${macOf(raw, event.timestamp)}`);
      expect(headers['content-type']).toBe('application/json');
    }
    const raws = product.received.map(({ raw }) => raw);
    expect(raws.some((raw) => raw.includes('Điện'))).toBe(true);
    expect(raws.some((raw) => /\\u[0-9a-f]*[a-f]/.test(raw))).toBe(true);
    expect(raws.some((raw) => /\\u[0-9A-F]*[A-F]/.test(raw))).toBe(true);
    expect(raws.some((raw) => raw.includes('24\\/7'))).toBe(true);
    const firstKeys = new Set(product.received.map(({ event }) => Object.keys(event)[0]));
    expect(firstKeys.size).toBeGreaterThan(1);
    expect(raws.filter((raw) => raw !== JSON.stringify(JSON.parse(raw))).length).toBeGreaterThan(10);
  });

  test('spelling does not vary when that is switched off', async () => {
    const { control, product, user } = await startSimulator({ settings: { webhook: { variesSpelling: false } } });
    control.say(user.id, 'Điện/nước');
    await control.settle();
    const raw = product.received[0]?.raw ?? '';
    expect(raw).toBe(JSON.stringify(JSON.parse(raw)));
  });

  test('timestamps of one user rise even within one millisecond', async () => {
    const { control, product, user } = await startSimulator();
    for (let n = 0; n < 3; n += 1) {
      control.say(user.id, String(n));
    }
    await control.settle();
    expect(new Set(product.received.map(({ event }) => event.timestamp)).size).toBe(3);
  });

  test('every act of a user has its event and its attachment', async () => {
    const { control, product, user, sendText } = await startSimulator();
    const sent = (await sendText('a')).json.data.message_id;
    control.image(user.id, { caption: 'Công tơ' });
    control.image(user.id);
    control.gif(user.id);
    control.audio(user.id);
    control.video(user.id);
    control.file(user.id, { name: 'don.pdf' });
    control.sticker(user.id, 'bolt');
    control.location(user.id, 10.7725, 106.698);
    control.link(user.id, { url: 'https://example.vn', description: 'd' });
    control.card(user.id, { name: 'Bình', phone: '84987654321' });
    control.follow(user.id);
    control.unfollow(user.id);
    control.chatNow(user.id);
    control.withdraw(user.id);
    control.react(user.id, sent, '/-heart');
    await control.settle();
    const by = (name: string) => product.named(name)[0]?.event;
    const attachment = (name: string) => (by(name)?.message?.['attachments'] as unknown[])?.[0];
    expect(product.named('user_send_image').map(({ event }) => event.message?.['text'])).toEqual(
      expect.arrayContaining(['Công tơ', undefined]),
    );
    expect(attachment('user_send_gif')).toEqual({ type: 'gif', payload: { thumbnail: anUrl, url: anUrl } });
    expect(attachment('user_send_audio')).toEqual({ type: 'audio', payload: { url: anUrl } });
    expect(attachment('user_send_video')).toMatchObject({ type: 'video', payload: { thumbnail: anUrl, url: anUrl } });
    expect(attachment('user_send_file')).toEqual({
      type: 'file',
      payload: {
        name: 'don.pdf',
        size: expect.stringMatching(/^\d+$/),
        type: 'pdf',
        checksum: expect.stringMatching(/^[0-9a-f]{32}$/),
        url: anUrl,
      },
    });
    expect(attachment('user_send_sticker')).toEqual({ type: 'sticker', payload: { id: 'bolt', url: anUrl } });
    expect(attachment('user_send_location')).toEqual({
      type: 'location',
      payload: { coordinates: { latitude: '10.7725', longitude: '106.698' } },
    });
    expect(attachment('user_send_link')).toMatchObject({ type: 'link', payload: { url: 'https://example.vn' } });
    const card = attachment('user_send_business_card') as { type: string; payload: { description: string } };
    expect(card.type).toBe('link');
    expect(JSON.parse(card.payload.description)).toMatchObject({ phone: '84987654321', qrCodeUrl: anUrl });
    expect(by('user_send_business_card')?.message?.['text']).toBe('Bình');
    expect(by('follow')).toMatchObject({
      oa_id: '3880000000000000004',
      follower: { id: user.id },
      source: 'oa_profile',
    });
    expect(by('unfollow')).toMatchObject({ follower: { id: user.id } });
    expect(by('user_click_chatnow')).toMatchObject({ oa_id: '3880000000000000004', user_id: user.id });
    expect(by('user_withdraw')).toMatchObject({ user_id: user.id });
    expect(by('user_reacted_message')?.message).toEqual({ msg_id: sent, react_icon: '/-heart' });
  });

  test('details of a user come in both shapes', async () => {
    const { control, product, user } = await startSimulator();
    const info = { name: 'Hoa', phone: '84912345678', address: '1 Lê Lợi', ward: 'Bến Nghé', city: 'TP.HCM' };
    control.submitInfo(user.id, info);
    control.set({ webhook: { submitInfoShape: 'older' } });
    control.submitInfo(user.id, info);
    await control.settle();
    expect(product.named('user_submit_info').map(({ event }) => event['info'])).toEqual(
      expect.arrayContaining([
        {
          name: 'Hoa',
          phone: '84912345678',
          full_address: { user_city: 'TP.HCM', user_ward: 'Bến Nghé', user_address: '1 Lê Lợi' },
        },
        { name: 'Hoa', phone: '84912345678', address: '1 Lê Lợi', city: 'TP.HCM', district: '', ward: 'Bến Nghé' },
      ]),
    );
  });

  test('a tap comes as ordinary text with the payload; hide does not print', async () => {
    const { control, product, user, sendTemplate } = await startSimulator();
    const buttons = [
      { title: 'Ẩn', type: 'oa.query.hide', payload: '#AN' },
      { title: 'Hiện', type: 'oa.query.show', payload: 'Hiện ra' },
      { title: 'Gọi', type: 'oa.open.phone', payload: { phone_code: '8419001006' } },
    ];
    const { json } = await sendTemplate({ template_type: 'button', buttons }, { text: 'Chọn' });
    for (const index of [0, 1]) {
      control.tap(user.id, json.data.message_id, index);
    }
    const opened = control.tap(user.id, json.data.message_id, 2);
    await control.settle();
    expect(opened).toEqual({ opens: { type: 'oa.open.phone', payload: { phone_code: '8419001006' } } });
    expect(product.named('user_send_text').map(({ event }) => event.message?.['text'])).toEqual(['#AN', 'Hiện ra']);
    expect(control.transcript(user.id).map(({ text }) => text)).toEqual(['Chọn', 'Hiện ra']);
    expect(control.transcript(user.id, { all: true }).map(({ text }) => text)).toEqual(['Chọn', '#AN', 'Hiện ra']);
    expect(() => control.tap(user.id, json.data.message_id, 3)).toThrow('no button 3');
  });

  test('visitors without Zalo have events of their own', async () => {
    const { control, product, call } = await startSimulator({ events: 'all' });
    const visitor = control.createUser({ isAnonymous: true });
    control.say(visitor.id, 'Xin chào');
    const recipient = { anonymous_id: visitor.id, conversation_id: visitor.conversationId };
    const send = (to: unknown) => call('POST', '/v2.0/oa/message', { recipient: to, message: { text: 'Dạ' } });
    expect((await send({ anonymous_id: visitor.id })).json.error).toBe(-201);
    expect((await send(recipient)).json.error).toBe(0);
    await control.settle();
    expect(product.received.map(({ event }) => [event.event_name, event.message?.['conversation_id']])).toEqual([
      ['anonymous_send_text', visitor.conversationId],
      ['oa_send_anonymous_text', visitor.conversationId],
    ]);
  });

  test('any other event of the catalogue can be sent with its fields', async () => {
    const { control, product } = await startSimulator({ events: 'all' });
    await control.emit('user_call_oa', { call_id: '1', call_type: 'AUDIO' });
    expect(product.received[0]?.event).toMatchObject({ event_name: 'user_call_oa', call_id: '1', call_type: 'AUDIO' });
  });
});

const anUrl = expect.stringMatching(/^http:\/\/127\.0\.0\.1.*\/media\//);

describe('console', () => {
  test('all switches are off at first, and can be set one by one or by preset', async () => {
    const { control, product, user } = await startSimulator({ events: undefined });
    control.say(user.id, 'a');
    await control.settle();
    expect(product.received).toHaveLength(0);
    expect(control.world().unsent.get('switched_off:user_send_text')).toBe(1);
    control.switchEvents({ user_send_text: true });
    control.say(user.id, 'b');
    control.sticker(user.id);
    await control.settle();
    expect(product.received.map(({ event }) => event.event_name)).toEqual(['user_send_text']);
    expect(control.switchEvents('all')).toEqual(EVENT_NAMES);
    expect(control.switchEvents({ user_send_text: false })).not.toContain('user_send_text');
  });

  test('the # filter lets only commands through', async () => {
    const { control, product, user } = await startSimulator({ settings: { webhook: { hashFilter: true } } });
    control.say(user.id, 'xin chào');
    control.say(user.id, '#TRA_CUU');
    await control.settle();
    expect(product.received.map(({ event }) => event.message?.['text'])).toEqual(['#TRA_CUU']);
  });

  test('without a grant of the OA no event is sent', async () => {
    const { control, product, user } = await startSimulator();
    control.revokeTokens();
    control.say(user.id, 'a');
    await control.settle();
    expect(product.received).toHaveLength(0);
    expect(control.world().unsent.get('no_grant')).toBe(1);
  });

  test('an address is saved only when an unsigned and a sample probe get 200', async () => {
    const { control, product, user } = await startSimulator({ webhookUrl: undefined });
    product.answer = ({ headers }) => (headers['x-zevent-signature'] === undefined ? 401 : 200);
    expect(await control.saveWebhook(product.url)).toEqual({ isSaved: false, probes: [401, 200] });
    control.say(user.id, 'a');
    product.answer = () => 200;
    expect(await control.saveWebhook(product.url)).toEqual({ isSaved: true, probes: [200, 200] });
    expect(product.received.map(({ raw }) => raw)).toContain('{}');
    const sample = product.received.at(-1);
    expect(sample?.headers['x-zevent-signature']).toBe(`mac=${macOf(sample?.raw ?? '', sample?.event.timestamp)}`);
    control.say(user.id, 'b');
    await control.settle();
    expect(product.received.at(-1)?.event.message?.['text']).toBe('b');
  });

  test.each(['http://chat.example.vn/zalo', 'https://chat.example.vn:8443/zalo', 'https://10.0.0.1/zalo', 'nonsense'])(
    '%s breaks the rules for addresses when they are on',
    async (url) => {
      const { control } = await startSimulator({ settings: { webhook: { strictUrl: true } } });
      expect(await control.saveWebhook(url)).toEqual({ isSaved: false, probes: ['bad_url'] });
    },
  );
});

describe('redelivery', () => {
  const STEPS = [30, 300, 900, 1800, 3600];

  test('climbs the ladder with the same bytes and num_retry, then unsubscribes the app until it is re-enabled', async () => {
    const { control, product, user, simulator } = await startSimulator();
    product.answer = () => 500;
    control.say(user.id, 'Mất điện rồi');
    await control.settle();
    const times = [simulator.clock.now()];
    for (const seconds of STEPS) {
      await control.advance(seconds * 1000 - 1);
      expect(product.received).toHaveLength(times.length);
      await control.advance(1);
      times.push(simulator.clock.now());
      expect(product.received).toHaveLength(times.length);
    }
    expect(product.received.map(({ headers }) => headers['num_retry'])).toEqual([undefined, '1', '2', '3', '4', '5']);
    expect(new Set(product.received.map(({ raw }) => raw)).size).toBe(1);
    expect(new Set(product.received.map(({ headers }) => headers['x-zevent-signature'])).size).toBe(1);
    expect(control.world().webhook.state).toBe('unsubscribed');
    expect(control.world().notices.length).toBeGreaterThan(0);
    expect(control.world().deliveries[0]).toMatchObject({ state: 'given_up' });

    product.answer = () => 200;
    control.say(user.id, 'b');
    await control.advance(10 * HOUR);
    expect(product.received).toHaveLength(6);
    expect(control.world().unsent.get('unsubscribed')).toBe(1);
    control.enableWebhook();
    control.say(user.id, 'c');
    await control.settle();
    expect(product.received.at(-1)?.event.message?.['text']).toBe('c');
  });

  test('stops as soon as it is answered with 200', async () => {
    const { control, product, user } = await startSimulator();
    product.answer = ({ headers }) => (headers['num_retry'] === '2' ? 200 : 503);
    control.say(user.id, 'a');
    await control.advance(24 * HOUR);
    expect(product.received).toHaveLength(3);
    expect(control.world().webhook.state).toBe('active');
    expect(control.world().deliveries[0]?.attempts.map(({ result }) => result)).toEqual([503, 503, 200]);
  });

  test('events that wait on the ladder are dropped by an unsubscription', async () => {
    const { control, product, user } = await startSimulator();
    product.answer = () => 500;
    control.say(user.id, 'a');
    await control.advance(6_000_000);
    control.say(user.id, 'late');
    await control.advance(24 * HOUR);
    expect(control.world().deliveries.map(({ state }) => state)).toEqual(['given_up', 'cancelled']);
  });

  test('nobody listening counts as well', async () => {
    const { control, user } = await startSimulator({ webhookUrl: 'http://127.0.0.1:1/none' });
    control.say(user.id, 'a');
    await control.advance(24 * HOUR);
    expect(control.world().webhook.state).toBe('unsubscribed');
    expect(control.world().deliveries[0]?.attempts.map(({ result }) => result)).toEqual(
      Array(6).fill('connection_failed'),
    );
  });

  test.each([
    ['connection' as const, 1],
    ['non200' as const, 2],
    ['both' as const, 2],
  ])('a 500 under retryOn %s: %d requests', async (retryOn, requests) => {
    const { control, product, user } = await startSimulator({ settings: { webhook: { retryOn } } });
    product.answer = () => (product.received.length === 1 ? 500 : 200);
    control.say(user.id, 'a');
    await control.advance(HOUR);
    expect(product.received).toHaveLength(requests);
  });

  test('does not happen when its switch is off', async () => {
    const { control, product, user } = await startSimulator({ settings: { webhook: { retrySwitch: false } } });
    product.answer = () => 500;
    control.say(user.id, 'a');
    await control.advance(24 * HOUR);
    expect(product.received).toHaveLength(1);
    expect(control.world().webhook.state).toBe('active');
  });

  test('an answer that takes longer than 2 seconds is none', async () => {
    const { control, product, user } = await startSimulator();
    product.answer = () => (product.received.length === 1 ? 'hang' : 200);
    control.say(user.id, 'a');
    await control.settle();
    expect(control.world().deliveries[0]?.attempts).toEqual([expect.objectContaining({ result: 'timeout' })]);
    expect(control.world().deliveries[0]?.attempts[0]?.tookMs).toBeGreaterThanOrEqual(1990);
    await control.advance(30_000);
    expect(control.world().deliveries[0]?.state).toBe('delivered');
  });
});
