import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, START, startSimulator } from './support/start-simulator.ts';

describe('users', () => {
  test('the detail has the documented fields', async () => {
    const { call, user, control } = await startSimulator();
    control.submitInfo(user.id, { name: 'Hoa', phone: '84912345678', city: 'TP.HCM' });
    const { json } = await call('GET', '/v3.0/oa/user/detail', { user_id: user.id });
    expect(json.data).toMatchObject({
      user_id: user.id,
      user_id_by_app: user.idByApp,
      display_name: 'Nguyễn Thị Hoa',
      is_sensitive: false,
      user_is_follower: false,
      user_last_interaction_date: '20/11/2026',
      avatars: { '120': expect.any(String), '240': expect.any(String) },
      tags_and_notes_info: { notes: [], tag_names: [] },
      shared_info: { name: 'Hoa', phone: '84912345678', city: 'TP.HCM' },
    });
  });

  test('an unknown user and a missing or broken query are refused', async () => {
    const { call } = await startSimulator();
    const detail = '/v3.0/oa/user/detail';
    expect((await call('GET', detail, { user_id: '1' })).json.error).toBe(-201);
    expect((await call('GET', detail)).json.error).toBe(-201);
    expect((await call('GET', `${detail}?data=%7Bbroken`)).json.error).toBe(-201);
  });

  test('the list filters and pages', async () => {
    const { call, control, user } = await startSimulator();
    const yesterday = control.createUser({ lastInteractionAt: START - DAY, isFollower: true }).id;
    const longAgo = control.createUser({ lastInteractionAt: START - 20 * DAY }).id;
    control.createUser({ isAnonymous: true });
    const list = async (query: Record<string, unknown>) => {
      const { json } = await call('GET', '/v3.0/oa/user/getlist', { offset: 0, count: 50, ...query });
      return json.error === 0 ? json.data.users.map((row: { user_id: string }) => row.user_id) : json.error;
    };
    expect(await list({})).toEqual([user.id, yesterday, longAgo]);
    expect(await list({ last_interaction_period: 'TODAY' })).toEqual([user.id]);
    expect(await list({ last_interaction_period: 'YESTERDAY' })).toEqual([yesterday]);
    expect(await list({ last_interaction_period: 'L7D' })).toEqual([user.id, yesterday]);
    expect(await list({ last_interaction_period: 'L30D' })).toEqual([user.id, yesterday, longAgo]);
    expect(await list({ last_interaction_period: '2026_10_30:2026_11_01' })).toEqual([longAgo]);
    expect(await list({ is_follower: true })).toEqual([yesterday]);
    expect(await list({ offset: 1, count: 1 })).toEqual([yesterday]);
    expect(await list({ count: 51 })).toBe(-201);
    expect(await list({ offset: 9952 })).toBe(-201);
    expect(await list({ last_interaction_period: 'WEEK' })).toBe(-201);
  });

  test('labels are given, listed, taken and removed, each with its event', async () => {
    const { call, user, control, product } = await startSimulator();
    const tag = (path: string, body: unknown) => call('POST', `/v2.0/oa/tag/${path}`, body);
    await tag('tagfollower', { user_id: user.id, tag_name: 'Khách VIP' });
    await tag('tagfollower', { user_id: user.id, tag_name: 'Mất điện' });
    expect((await call('GET', '/v2.0/oa/tag/gettagsofoa')).json.data).toEqual(['Khách VIP', 'Mất điện']);
    await tag('rmfollowerfromtag', { user_id: user.id, tag_name: 'Mất điện' });
    await tag('rmtag', { tag_name: 'Khách VIP' });
    expect((await call('GET', '/v2.0/oa/tag/gettagsofoa')).json.data).toEqual([]);
    expect((await tag('tagfollower', { user_id: user.id })).json.error).toBe(-201);
    await control.settle();
    expect(product.received.map(({ event }) => event.event_name).toSorted()).toEqual([
      'add_user_to_tag',
      'add_user_to_tag',
      'remove_tag',
      'remove_user_from_tag',
    ]);
  });

  test('alias and shared details can be set', async () => {
    const { call, user } = await startSimulator();
    await call('POST', '/v3.0/oa/user/update', { user_id: user.id, alias: 'Chị Hoa', shared_info: { city: 'Huế' } });
    const { json } = await call('GET', '/v3.0/oa/user/detail', { user_id: user.id });
    expect(json.data).toMatchObject({ user_alias: 'Chị Hoa', shared_info: { city: 'Huế' } });
  });
});

describe('OA and quota', () => {
  test('getoa is a health check', async () => {
    const { call } = await startSimulator();
    expect((await call('GET', '/v2.0/oa/getoa')).json.data).toMatchObject({
      oaid: '3880000000000000004',
      is_verified: true,
      oa_type: 2,
    });
  });

  test('tells the last interaction and the replies left', async () => {
    const { call, user, simulator, control, token } = await startSimulator();
    const quota = () => call('POST', '/v3.0/oa/quota/message', { user_id: user.id });
    expect((await quota()).json.data).toMatchObject({ last_interaction: String(START), cs_reply: { remain: 8 } });
    await simulator.clock.advance(49 * HOUR);
    token.current = control.issueTokens().accessToken;
    expect((await quota()).json.data.cs_reply.remain).toBe(0);
    const body = { quota_owner: 'OA', product_type: 'cs', quota_type: 'sub_quota' };
    expect((await call('POST', '/v3.0/oa/quota/message', body)).json.data).toEqual([
      { ...body, total: 500, remain: 500 },
    ]);
    expect((await call('POST', '/v3.0/oa/quota/message', {})).json.error).toBe(-201);
  });

  test('the status of a message follows its receipts', async () => {
    const { call, sendText, control } = await startSimulator();
    const { json } = await sendText('a');
    const status = async () =>
      (await call('GET', `/v2.0/oa/message/status?message_id=${json.data.message_id}`)).json.data.status;
    expect(await status()).toBe('sent');
    await control.advance(900);
    expect(await status()).toBe('received');
    await control.advance(HOUR);
    expect(await status()).toBe('seen');
    expect((await call('GET', '/v2.0/oa/message/status?message_id=1')).json.error).toBe(-201);
  });
});

describe('lists of messages', () => {
  const texts = (rows: { message: string }[]) => rows.map(({ message }) => message);

  async function withChats() {
    const started = await startSimulator();
    const { control, user, sendText, simulator } = started;
    const other = control.createUser({ name: 'Bình' });
    control.say(user.id, 'một');
    await simulator.clock.advance(1000);
    control.say(other.id, 'hai');
    await simulator.clock.advance(1000);
    await sendText('ba');
    return { ...started, other };
  }

  test('rows are newest first, with src, numeric time and the text called message', async () => {
    const { call, user } = await withChats();
    const { json } = await call('GET', '/v2.0/oa/listrecentchat', { offset: 0, count: 10 });
    expect(texts(json.data)).toEqual(['ba', 'hai', 'một']);
    expect(json.data[0]).toMatchObject({
      src: 0,
      time: START + 2000,
      type: 'text',
      message_id: expect.stringMatching(/^[0-9a-f]{20}$/),
      from_id: '3880000000000000004',
      to_id: user.id,
    });
    expect(json.data[2]).toMatchObject({ src: 1, from_id: user.id, from_display_name: 'Nguyễn Thị Hoa' });
  });

  test('can have one row per user', async () => {
    const { call, control } = await withChats();
    control.set({ lists: { recentChat: 'conversation' } });
    const { json } = await call('GET', '/v2.0/oa/listrecentchat', { offset: 0, count: 10 });
    expect(texts(json.data)).toEqual(['ba', 'hai']);
  });

  test('page by offset and take at most ten', async () => {
    const { call } = await withChats();
    const list = (query: unknown) => call('GET', '/v2.0/oa/listrecentchat', query);
    expect(texts((await list({ offset: 1, count: 1 })).json.data)).toEqual(['hai']);
    expect((await list({ offset: 0, count: 11 })).json.error).toBe(-210);
    expect((await list({ count: 1 })).json.error).toBe(-201);
  });

  test('one conversation has only its own messages, hidden taps by choice', async () => {
    const { call, control, user, sendTemplate } = await withChats();
    const buttons = [{ title: 'A', type: 'oa.query.hide', payload: '#A' }];
    const { json } = await sendTemplate({ buttons }, { text: 'bốn' });
    control.tap(user.id, json.data.message_id, 0);
    control.location(user.id, 10.5, 106.5);
    const rows = async () =>
      (await call('GET', '/v2.0/oa/conversation', { user_id: user.id, offset: 0, count: 10 })).json.data;
    expect(texts(await rows())).toEqual(['', '#A', 'bốn', 'ba', 'một']);
    expect((await rows())[0]).toMatchObject({ type: 'location', location: '{"latitude":"10.5","longitude":"106.5"}' });
    control.set({ lists: { showsHiddenTaps: false } });
    expect(texts(await rows())).toEqual(['', 'bốn', 'ba', 'một']);
  });
});
