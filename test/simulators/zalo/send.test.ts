import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, START, startSimulator } from './support/start-simulator.ts';

const CS = '/v3.0/oa/message/cs';

describe('consultation messages', () => {
  test('a text within 48 hours is free and answered with id, user and time', async () => {
    const { sendText, user } = await startSimulator();
    const { status, json } = await sendText('Dạ em chào chị ạ');
    expect(status).toBe(200);
    expect(json).toMatchObject({ error: 0, message: 'Success', data: { user_id: user.id, sent_time: String(START) } });
    expect(json.data.message_id).toMatch(/^[0-9a-f]{20}$/);
    expect(json.data.quota).toMatchObject({ quota_type: 'reply', owner_type: 'OA' });
  });

  test('ids are decimal strings above what a number can hold', async () => {
    const { user } = await startSimulator();
    expect(user.id).toMatch(/^\d{19}$/);
    expect(BigInt(user.id)).toBeGreaterThan(2n ** 53n);
  });

  test('a recipient id sent as a number is refused by name', async () => {
    const { call } = await startSimulator();
    const { json } = await call('POST', CS, { recipient: { user_id: 246 }, message: { text: 'a' } });
    expect(json).toMatchObject({ error: -201, message: expect.stringContaining('recipient.user_id') });
  });

  test.each([
    ['no text at all', {}, 'message.text'],
    ['an empty text', { text: '' }, 'message.text'],
    ['a plain image attachment', { attachment: { type: 'image', payload: {} } }, 'message.attachment.type'],
    ['an unknown template', { attachment: { type: 'template', payload: { template_type: 'x' } } }, 'template_type'],
    ['a file without its token', { attachment: { type: 'file', payload: { attachment_id: '1' } } }, 'payload.token'],
    ['a quote of an unknown message', { text: 'a', quote_message_id: 'ffff' }, 'quote_message_id'],
  ])('%s is refused with -201 and the field', async (_name, message, field) => {
    const { call, user } = await startSimulator();
    const { status, json } = await call('POST', CS, { recipient: { user_id: user.id }, message });
    expect(status).toBe(200);
    expect(json).toMatchObject({ error: -201, message: expect.stringContaining(field) });
  });

  test('2,000 characters pass whatever their width, 2,001 do not', async () => {
    const { sendText } = await startSimulator();
    expect((await sendText('😀'.repeat(2000))).json.error).toBe(0);
    expect((await sendText('ạ'.repeat(2001))).json.error).toBe(-210);
  });

  test('the unit and the code of the text limit are settings', async () => {
    const { sendText } = await startSimulator({ settings: { answers: { textUnit: 'utf16', textLimitCode: -201 } } });
    expect((await sendText('😀'.repeat(1001))).json.error).toBe(-201);
  });

  test('broken JSON and other content types are refused with -201', async () => {
    const { call, token } = await startSimulator();
    expect((await call('POST', CS, '{"recipient":')).json.error).toBe(-201);
    const headers = { access_token: token.current, 'content-type': 'text/plain' };
    expect((await call('POST', CS, '{}', headers)).json.error).toBe(-201);
  });
});

describe('buttons, media and other templates', () => {
  const query = (title: string, payload: unknown = '#A') => ({ title, type: 'oa.query.hide', payload });

  test('up to five buttons of every kind pass, with or without the template type', async () => {
    const { sendTemplate, control, user } = await startSimulator();
    const buttons = [
      query('Tra cứu tiền điện', '#TRA_CUU:tiendien'),
      { title: 'Báo mất điện', type: 'oa.query.show', payload: 'Báo mất điện' },
      { title: 'Gọi tổng đài', type: 'oa.open.phone', payload: { phone_code: '8419001006' } },
      { title: 'Mở website', type: 'oa.open.url', payload: { url: 'https://example.vn/' } },
      { title: 'Nhắn tin', type: 'oa.open.sms', payload: { phone_code: '84900000000', content: 'DIEN' } },
    ];
    for (const payload of [{ template_type: 'button', buttons }, { buttons }]) {
      expect((await sendTemplate(payload, { text: 'Anh/chị cần hỗ trợ gì?' })).json.error).toBe(0);
    }
    expect(control.transcript(user.id).map((message) => message.buttons.length)).toEqual([5, 5]);
  });

  test.each([
    ['six buttons', Array.from({ length: 6 }, () => query('A')), 'buttons'],
    ['a title over 100 characters', [query('a'.repeat(101))], 'buttons.0.title'],
    ['a query payload that is no string', [query('A', { x: 1 })], 'buttons.0.payload'],
    ['a query payload over 1,000 characters', [query('A', 'x'.repeat(1001))], 'buttons.0.payload'],
    ['an unknown kind', [{ title: 'A', type: 'oa.query', payload: 'x' }], 'buttons.0.type'],
    ['a link without address', [{ title: 'A', type: 'oa.open.url', payload: {} }], 'buttons.0.payload.url'],
  ])('%s: refused with -201', async (_name, buttons, field) => {
    const { sendTemplate } = await startSimulator();
    const { json } = await sendTemplate({ template_type: 'button', buttons }, { text: 'a' });
    expect(json).toMatchObject({ error: -201, message: expect.stringContaining(field) });
  });

  test('buttons without words are refused', async () => {
    const { sendTemplate } = await startSimulator();
    expect((await sendTemplate({ buttons: [query('A')] })).json.error).toBe(-201);
  });

  test('the template type of buttons can be required or forbidden', async () => {
    const { sendTemplate, control } = await startSimulator();
    const buttons = [query('A')];
    control.set({ answers: { buttonTemplateType: 'required' } });
    expect((await sendTemplate({ buttons }, { text: 'a' })).json.error).toBe(-201);
    control.set({ answers: { buttonTemplateType: 'forbidden' } });
    expect((await sendTemplate({ template_type: 'button', buttons }, { text: 'a' })).json.error).toBe(-201);
  });

  const media = (...elements: unknown[]) => ({ template_type: 'media', elements });

  test('an image by address and a sticker pass', async () => {
    const { sendTemplate } = await startSimulator();
    const image = { media_type: 'image', url: 'https://example.vn/a.png' };
    expect((await sendTemplate(media(image), { text: 'Hóa đơn' })).json.error).toBe(0);
    expect((await sendTemplate(media({ media_type: 'sticker', attachment_id: 'bolt' }))).json.error).toBe(0);
  });

  test.each([
    ['two elements', media({ media_type: 'image', attachment_id: 'a' }, { media_type: 'image', attachment_id: 'b' })],
    ['both address and id', media({ media_type: 'image', attachment_id: 'a', url: 'https://example.vn/a.png' })],
    ['neither address nor id', media({ media_type: 'image' })],
    ['a GIF without its size', media({ media_type: 'gif', attachment_id: 'a' })],
  ])('media with %s: refused with -201', async (_name, payload) => {
    const { sendTemplate } = await startSimulator();
    expect((await sendTemplate(payload)).json.error).toBe(-201);
  });

  test('a request for user info needs exactly one complete element', async () => {
    const { sendTemplate } = await startSimulator();
    const element = {
      title: 'Thông tin liên hệ',
      subtitle: 'Để bên em gọi lại',
      image_url: 'https://example.vn/a.png',
    };
    const request = (elements: unknown[]) => sendTemplate({ template_type: 'request_user_info', elements });
    expect((await request([element])).json.error).toBe(0);
    expect((await request([element, element])).json.error).toBe(-201);
    expect((await request([{ title: 'a' }])).json.error).toBe(-201);
  });

  test('lists are a setting', async () => {
    const { sendTemplate, control } = await startSimulator();
    const list = { template_type: 'list', elements: [{ title: 'Bước 1' }] };
    expect((await sendTemplate(list)).json.error).toBe(0);
    control.set({ answers: { listTemplate: 'refuse' } });
    expect((await sendTemplate(list)).json.error).toBe(-233);
  });
});

describe('recipients and windows', () => {
  test.each([
    ['an unknown user', () => '2400000000000000000', -201],
    ['an unreachable user', (c: Controls) => c.createUser({ isUnreachable: true, lastInteractionAt: START }).id, -227],
    ['a user who never interacted', (c: Controls) => c.createUser().id, -232],
    ['a user silent for longer than 7 days', (c: Controls) => silentFor(c, 7 * DAY + HOUR), -230],
    ['a user silent for 6 days and 23 hours', (c: Controls) => silentFor(c, 7 * DAY - HOUR), 0],
  ])('%s', async (_name, userOf, error) => {
    const { sendText, control } = await startSimulator();
    expect((await sendText('a', userOf(control))).json.error).toBe(error);
  });

  test('a user who blocked the OA is told with the code of the settings', async () => {
    const { sendText, control, user } = await startSimulator();
    control.block(user.id);
    expect((await sendText('a')).json.error).toBe(-244);
    control.set({ answers: { blockedCode: -217 } });
    expect((await sendText('a')).json.error).toBe(-217);
  });

  test('what is wrong with the recipient counts before what is wrong with the attachment', async () => {
    const { call, control } = await startSimulator();
    const message = { attachment: { type: 'file', payload: { token: 'foreign' } } };
    const { json } = await call('POST', CS, { recipient: { user_id: control.createUser().id }, message });
    expect(json.error).toBe(-232);
  });

  test('after 48 hours the package pays, then the message is charged or refused', async () => {
    const { sendText, control, simulator, token, user } = await startSimulator({
      settings: { quota: { packageTotal: 1 } },
    });
    await simulator.clock.advance(48 * HOUR + 1);
    token.current = control.issueTokens().accessToken;
    expect((await sendText('a')).json.data.quota).toMatchObject({ quota_type: 'sub_quota', remain: '0', total: '1' });
    expect((await sendText('b')).json).toMatchObject({
      error: 0,
      data: expect.not.objectContaining({ quota: expect.anything() }),
    });
    expect(control.transcript(user.id).map(({ isCharged }) => isCharged)).toEqual([false, true]);
    control.set({ quota: { whenExhausted: 'out_of_quota' } });
    expect((await sendText('c')).json.error).toBe(-211);
    control.set({ quota: { whenExhausted: 'billing_empty' } });
    expect((await sendText('d')).json.error).toBe(-321);
  });

  test('the old limit of replies in one window can be set again, and a new message opens a new window', async () => {
    const { sendText, control, user } = await startSimulator({
      settings: { quota: { repliesPerWindow: 2, packageTotal: 0, whenExhausted: 'out_of_quota' } },
    });
    expect((await sendText('1')).json.data.quota).toMatchObject({ quota_type: 'reply', remain: '1' });
    expect((await sendText('2')).json.data.quota).toMatchObject({ remain: '0' });
    expect((await sendText('3')).json.error).toBe(-211);
    await control.advance(1000);
    control.say(user.id, 'Còn ai không?');
    expect((await sendText('4')).json.error).toBe(0);
  });
});

type Controls = Awaited<ReturnType<typeof startSimulator>>['control'];

function silentFor(control: Controls, ms: number): string {
  return control.createUser({ lastInteractionAt: START - ms }).id;
}
