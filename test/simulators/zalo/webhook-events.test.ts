import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { START, startSimulator } from './support/start-simulator.ts';

const macOf = (raw: string, timestamp: unknown) =>
  createHash('sha256').update(`4100000000000000001${raw}${timestamp}SIM_OA_SECRET_KEY_0123456789`).digest('hex');
const anUrl = expect.stringMatching(/^http:\/\/127\.0\.0\.1.*\/media\//);

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
