import { describe, expect, test } from '@jest/globals';
import { DAY, START, startSimulator } from './support/start-simulator.ts';

async function startControls() {
  const started = await startSimulator();
  const { app } = started.simulator;
  const post = async (path: string, body: unknown = {}, headers: Record<string, string> = {}) => {
    const response = await app.inject({
      method: 'POST',
      url: `/__sim/${path}`,
      headers: { 'content-type': 'application/json', ...headers },
      payload: JSON.stringify(body),
    });
    return { status: response.statusCode, json: JSON.parse(response.body) };
  };
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await app.inject({ url: `/__sim/${path}`, headers });
    return { status: response.statusCode, json: JSON.parse(response.body) };
  };
  return { ...started, post, get };
}

describe('control API', () => {
  test('plays a whole conversation', async () => {
    const { post, get, product } = await startControls();
    const { json: user } = await post('users', { name: 'Bình', phone: '84987654321', isFollower: true });
    await post(`users/${user.id}/say`, { text: 'Chào em' });
    await post(`users/${user.id}/image`, { caption: 'Công tơ' });
    for (const [act, body] of Object.entries({
      gif: {},
      audio: {},
      video: {},
      sticker: { stickerId: 'lamp' },
      location: { latitude: '10.5', longitude: '106.5' },
      file: { name: 'a.pdf' },
      link: { url: 'https://example.vn' },
      card: { name: 'A', phone: '84900000000' },
      follow: {},
      unfollow: {},
      chatnow: {},
      withdraw: {},
      'submit-info': { name: 'B', phone: '84900000000' },
      read: {},
    })) {
      expect([act, (await post(`users/${user.id}/${act}`, body)).status]).toEqual([act, 200]);
    }
    await post('oa/admin-reply', { userId: user.id, text: 'Em đây ạ', adminId: '7' });
    await post('oa/auto-reply', { userId: user.id, text: 'Tự động' });
    await post('settle');
    expect(product.named('user_send_location', 'user_submit_info', 'oa_send_text')).toHaveLength(4);
    const { json: transcript } = await get(`transcript/${user.id}`);
    expect(transcript).toHaveLength(12);
    const { json: chats } = await get('chats');
    const [chat] = chats.filter((one: { user: { id: string } }) => one.user.id === user.id);
    expect(chat).toMatchObject({ user: { name: 'Bình' }, last: { text: 'Tự động' }, unread: 2 });
  });

  test('taps, reacts and blocks', async () => {
    const { post, sendTemplate, user, product, control, sendText } = await startControls();
    const buttons = [{ title: 'A', type: 'oa.query.hide', payload: '#A' }];
    const { json } = await sendTemplate({ buttons }, { text: 'a' });
    const messageId = json.data.message_id;
    expect((await post(`users/${user.id}/tap`, { messageId, buttonIndex: 0 })).json.message.text).toBe('#A');
    expect((await post(`users/${user.id}/tap`, { messageId, buttonIndex: 4 })).status).toBe(400);
    await post(`users/${user.id}/react`, { messageId });
    await post(`users/${user.id}/block`);
    expect((await sendText('b')).json.error).toBe(-244);
    await post(`users/${user.id}/block`, { isBlocked: false });
    expect((await sendText('b')).json.error).toBe(0);
    await control.settle();
    expect(product.named('user_reacted_message')).toHaveLength(1);
  });

  test('moves time, changes settings and faults, and starts over', async () => {
    const { post, get, simulator, call, user, control } = await startControls();
    await post('clock/advance', { ms: DAY });
    expect(simulator.clock.now()).toBe(START + DAY);
    expect((await post('settings', { rate: { appPerMinute: 7 } })).status).toBe(200);
    expect((await call('GET', '/v2.0/oa/getoa')).headers['x-ratelimit-limit']).toBe('7');
    expect((await post('faults', { seed: 2, http5xx: 1 })).status).toBe(200);
    expect((await call('GET', '/v2.0/oa/getoa')).status).toBe(502);
    const { json: state } = await get('state');
    expect(state).toMatchObject({
      faults: { http5xx: 1 },
      users: [{ id: user.id }],
      settings: { app: { secret: '…' } },
    });
    expect(JSON.stringify(state)).not.toContain('SIM_APP_SECRET');
    await post('reset');
    expect(control.world().users.size).toBe(0);
    expect((await call('GET', '/v2.0/oa/getoa')).json.error).toBe(-216);
  });

  test('plays the console', async () => {
    const { post, get, product, call, token } = await startControls();
    expect((await post('console/save-webhook', { url: product.url })).json.isSaved).toBe(true);
    expect((await post('console/events', { preset: 'none' })).json.events).toEqual([]);
    expect((await post('console/events', { events: { follow: true } })).json.events).toEqual(['follow']);
    await post('console/save-callback', { url: 'https://example.vn/cb' });
    await post('console/enable-webhook');
    expect((await get('oa')).json).toMatchObject({ webhook: 'active' });
    token.current = (await post('tokens/issue')).json.accessToken;
    expect((await call('GET', '/v2.0/oa/getoa')).json.error).toBe(0);
    await post('tokens/expire');
    expect((await call('GET', '/v2.0/oa/getoa')).json.error).toBe(-220);
    expect((await post('tokens/revoke')).status).toBe(200);
  });

  test('shows calls and deliveries, without any token', async () => {
    const { post, get, user, sendText, tokens, control } = await startControls();
    await sendText('xin chào');
    await post(`users/${user.id}/say`, { text: 'a' });
    await post('emit', { event_name: 'user_feedback', fields: { rate: 5 } });
    await control.settle();
    const { json: calls } = await get('calls');
    expect(calls[0]).toMatchObject({ host: 'openapi', path: '/v3.0/oa/message/cs', error: 0 });
    expect(JSON.stringify(calls)).not.toContain(tokens.accessToken);
    const { json: deliveries } = await get(`deliveries?user=${user.id}&last=1`);
    expect(deliveries).toHaveLength(1);
    expect((await get('deliveries')).json.length).toBeGreaterThan(1);
    expect((await get('notices')).json).toEqual([]);
  });

  test.each([
    ['users/1/say', { text: 'a' }, 'no simulated user'],
    ['users/1/fly', {}, 'Known: say'],
    ['settings', { rate: { perHour: 1 } }, 'no setting "perHour"'],
    ['settings', { rate: { appPerMinute: 'many' } }, 'appPerMinute'],
    ['faults', { duplicates: 1 }, 'duplicates'],
    ['users', { phone: '0912' }, 'phone'],
  ])('%s with nonsense says what is wrong', async (path, body, words) => {
    const { post } = await startControls();
    const { status, json } = await post(path, body);
    expect(status).toBe(400);
    expect(json.error).toContain(words);
  });

  test.each([
    ['another host name', { host: 'evil.example' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a proxy', { 'x-forwarded-for': '127.0.0.1' }],
  ])('%s is refused, also at the phone page', async (_name, headers) => {
    const { get, simulator } = await startControls();
    expect((await get('state', headers)).status).toBe(403);
    expect((await simulator.app.inject({ url: '/phone/zalo', headers })).statusCode).toBe(403);
  });

  test('only JSON is taken, so that no form of another site can post', async () => {
    const { post } = await startControls();
    expect((await post('reset', {}, { 'content-type': 'text/plain' })).status).toBe(400);
  });
});
