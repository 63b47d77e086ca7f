import { describe, expect, test } from '@jest/globals';
import { hashPhone } from '../../../simulators/zalo/signature.ts';
import { HOUR, startSimulator } from './support/start-simulator.ts';

const BILL = {
  phone: '84912345678',
  template_id: '7895417',
  tracking_id: 'bill-PE0100-202611',
  template_data: { customer: 'Nguyễn Thị Hoa', amount: '512300' },
};
const BY_PHONE = '/message/template';
const BY_USER = '/v3.0/oa/message/template';

describe('templates by phone', () => {
  test('are sent, put on the phone and acknowledged with the tracking id', async () => {
    const { call, control, product, user } = await startSimulator();
    const { json } = await call('POST', BY_PHONE, BILL);
    expect(json).toMatchObject({
      error: 0,
      data: {
        msg_id: expect.stringMatching(/^[0-9a-f]{20}$/),
        sent_time: expect.any(String),
        quota: { dailyQuota: '500', remainingQuota: '499' },
      },
    });
    expect(control.transcript(user.id)[0]?.text).toContain('512300 đồng');
    await control.advance(1000);
    const [receipt] = product.named('user_received_message');
    expect(receipt?.headers['x-zevent-server']).toBe('ZNS');
    expect(receipt?.event).toMatchObject({
      sender: { id: '3880000000000000004' },
      recipient: { id: '84912345678' },
      message: { msg_id: json.data.msg_id, tracking_id: 'bill-PE0100-202611', delivery_time: expect.any(String) },
    });
  });

  test('go without any interaction', async () => {
    const { call, control } = await startSimulator();
    control.createUser({ phone: '84999999999' });
    expect((await call('POST', BY_PHONE, { ...BILL, phone: '+84999999999' })).json.error).toBe(0);
  });

  test('can name the phone by its hash, and then the receipt does so too', async () => {
    const { call, control, product } = await startSimulator();
    const { phone, ...rest } = BILL;
    const hash = hashPhone(phone);
    expect((await call('POST', `${BY_PHONE}/hashphone`, { ...rest, hash_phone: hash })).json.error).toBe(0);
    await control.advance(1000);
    expect(product.named('user_received_message')[0]?.event.recipient?.id).toBe(hash);
  });

  test.each([
    ['a phone with a leading zero', { phone: '0912345678' }, -108],
    ['an unknown template', { template_id: '1' }, -109],
    ['a template under review', { template_id: '7895420' }, -131],
    ['a missing parameter', { template_data: { customer: 'Hoa' } }, -1122],
    ['a parameter that is too long', { template_data: { customer: 'H'.repeat(31), amount: '1' } }, -1121],
    ['a parameter of the wrong form', { template_data: { customer: 'Hoa', amount: '1 triệu' } }, -1124],
    ['a phone without an account', { phone: '84911111111' }, -118],
    ['a tracking id over 48 characters', { tracking_id: 'x'.repeat(49) }, -132],
    ['development mode to no administrator', { mode: 'development' }, -119],
  ])('%s: %o', async (_name, change, error) => {
    const { call } = await startSimulator();
    const { status, json } = await call('POST', BY_PHONE, { ...BILL, ...change });
    expect([status, json.error]).toEqual([200, error]);
  });

  test('development mode reaches an administrator', async () => {
    const { call, control } = await startSimulator();
    control.createUser({ phone: '84922222222', isAdmin: true });
    const body = { ...BILL, phone: '84922222222', mode: 'development' };
    expect((await call('POST', BY_PHONE, body)).json.error).toBe(0);
  });

  test('tokens and proofs have the numbers of this channel', async () => {
    const { call, control } = await startSimulator();
    expect((await call('POST', BY_PHONE, BILL, {})).json.error).toBe(-124);
    control.set({ app: { proofRequired: true } });
    expect((await call('POST', BY_PHONE, BILL)).json.error).toBe(-1241);
  });

  test('a blocked sender, the night and the daily quota are told', async () => {
    const { call, control, user, simulator, token } = await startSimulator({
      settings: { templates: { nightRule: true }, quota: { templateDaily: 1 } },
    });
    const send = async () => (await call('POST', BY_PHONE, BILL)).json.error;
    control.block(user.id);
    expect(await send()).toBe(-139);
    control.block(user.id, false);
    expect([await send(), await send()]).toEqual([0, -144]);
    await simulator.clock.advance(13 * HOUR);
    expect(await send()).toBe(-133);
    await simulator.clock.advance(8 * HOUR);
    token.current = control.issueTokens().accessToken;
    expect(await send()).toBe(0);
  });

  test('status, quota and the description of a template can be asked', async () => {
    const { call, control } = await startSimulator();
    const { json } = await call('POST', BY_PHONE, BILL);
    const status = async () => (await call('GET', `/message/status?message_id=${json.data.msg_id}`)).json.data.status;
    expect(await status()).toBe(0);
    await control.advance(1000);
    expect(await status()).toBe(1);
    expect((await call('GET', '/message/status?message_id=1')).json.data.status).toBe(-1);
    expect((await call('GET', '/message/quota')).json.data).toEqual({ dailyQuota: '500', remainingQuota: '499' });
    expect((await call('GET', '/template/all')).json.data).toHaveLength(4);
    expect((await call('GET', '/template/info/v2?template_id=7895417')).json.data.listParams).toEqual([
      expect.objectContaining({ name: 'customer', require: true, type: 'STRING', maxLength: 30 }),
      expect.objectContaining({ name: 'amount', require: true, type: 'NUMBER', maxLength: 20 }),
    ]);
    expect((await call('GET', '/template/info/v2?template_id=1')).json.error).toBe(-109);
  });
});

describe('templates by user id', () => {
  const body = (userId: string, change = {}) => ({
    user_id: userId,
    template_id: '7895418',
    template_data: { ticket: 'YC-1', state: 'Đã xong' },
    ...change,
  });

  test('are sent also when the window is closed, and come back as an echo and a receipt', async () => {
    const { call, control, product } = await startSimulator();
    const { id } = control.createUser();
    const { json } = await call('POST', BY_USER, body(id));
    expect(json.data).toMatchObject({ message_id: expect.stringMatching(/^[0-9a-f]{20}$/), user_id: id });
    await control.advance(HOUR);
    expect(product.named('oa_send_text')[0]?.event.message).toMatchObject({
      msg_id: json.data.message_id,
      payload: { zinstant_id: expect.any(String), checksum: expect.any(String) },
    });
    expect(product.named('user_received_message')[0]?.event.message).toMatchObject({
      msg_id: json.data.message_id,
      delivery_time: expect.any(String),
    });
  });

  test('errors keep the numbers of the OA API, token errors by choice', async () => {
    const { call, user, control } = await startSimulator();
    const send = async (change = {}, headers?: Record<string, string>) =>
      (await call('POST', BY_USER, body(user.id, change), headers)).json.error;
    expect(await send({}, {})).toBe(-216);
    control.set({ templates: { byUserTokenCodes: 'template' } });
    expect(await send({}, {})).toBe(-124);
    expect(await send({ user_id: '1' })).toBe(-201);
    expect(await send({ template_id: '7895419', template_data: { area: 'a', from: 'b', to: 'c' } })).toBe(-249);
    control.block(user.id);
    expect(await send()).toBe(-244);
  });
});
