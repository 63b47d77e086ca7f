import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { DeskChannel, DeskChannels } from '../../src/integrations/agent-desk/desk-channels.ts';
import { type DeskCaller, type DeskServer, startDesk } from '../support/desk-server.ts';

const ID = 'web:main:khach-1';

describe('an act at the desk', () => {
  let desk: DeskServer;
  let lan: DeskCaller;
  let minh: DeskCaller;
  let keys = 0;
  let channels: Map<string, DeskChannel>;

  beforeEach(async () => {
    channels = new Map();
    desk = await startDesk({ channels });
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('minh', 'Anh Minh');
    [lan, minh] = [await desk.as('lan'), await desk.as('minh')];
    desk.conversations.add(ID, {
      messages: [
        { author: 'customer', content: { text: 'cho gặp nhân viên' } },
        { author: 'bot', reply: { kind: 'text', text: 'Dạ anh/chị chờ một chút ạ.' } },
      ],
      state: { holder: 'queue', waitingSince: desk.clock.now(), epoch: 1 },
    });
  });
  afterEach(() => desk.close());

  function act(by: DeskCaller, name: string, body: object = {}) {
    keys += 1;
    return by.post(`/desk/api/acts/${name}`, { conversationId: ID, key: `key-${keys}-${'x'.repeat(8)}`, ...body });
  }
  const headState = async () => (await desk.conversations.store.head(ID))?.state;

  test('claims a waiting conversation in the name of the session', async () => {
    const response = await act(lan, 'claim');
    expect([response.statusCode, response.json()]).toEqual([200, { version: 2 }]);
    expect(await headState()).toMatchObject({ holder: 'agent', agentId: 'id-lan', agentName: 'Chị Lan' });
  });

  test('cannot be done in the name of somebody else', async () => {
    const response = await act(lan, 'claim', { agentId: 'id-minh' });
    expect([response.statusCode, response.json().code]).toEqual([400, 'bad_request']);
    expect(desk.conversations.acts).toEqual([]);
  });

  test('tells the second claimer who was faster, and when', async () => {
    await act(lan, 'claim');
    desk.clock.advance(5 * 60_000);
    const response = await act(minh, 'claim');
    expect(response.statusCode).toBe(409);
    expect(response.json()).toEqual({ code: 'held_by_other', message: 'Chị Lan đã nhận cuộc này lúc 10:00.' });
    expect(await headState()).toMatchObject({ agentId: 'id-lan' });
  });

  test('is one act when it is sent twice under one key', async () => {
    await act(lan, 'claim');
    const body = { text: 'Em chào chị ạ', seenSeq: 2, key: 'the-same-key' };
    const answers = [await act(lan, 'say', body), await act(lan, 'say', body)];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(desk.conversations.acts.filter((one) => one.act === 'say')).toHaveLength(1);
    const noted = (await desk.audit.entries({ limit: 20 })).filter(({ action }) => action === 'act_say');
    expect(noted).toMatchObject([{ actorId: 'id-lan', subject: ID }]);
  });

  test('gets the entry of the audit log that its first attempt has not left', async () => {
    const append = jest.spyOn(desk.audit, 'append').mockRejectedValueOnce(new Error('locked'));
    const body = { key: 'lost-entry' };
    expect([(await act(lan, 'claim', body)).statusCode, (await act(lan, 'claim', body)).statusCode]).toEqual([
      500, 200,
    ]);
    append.mockRestore();
    const noted = (await desk.audit.entries({ limit: 20 })).filter(({ action }) => action === 'act_claim');
    expect(noted).toMatchObject([{ actorId: 'id-lan', subject: ID }]);
  });

  test('does not take the key of a colleague for its own', async () => {
    await act(lan, 'claim', { key: 'key-of-both' });
    await act(lan, 'release');
    const response = await act(minh, 'claim', { key: 'key-of-both' });
    expect(response.statusCode).toBe(200);
    expect(await headState()).toMatchObject({ agentId: 'id-minh' });
  });

  test('says nothing when the channel takes nothing any more, and why', async () => {
    const openUntil = desk.clock.now() + 1_000;
    channels.set('web', { window: async () => ({ freeUntil: openUntil, openUntil }) });
    await act(lan, 'claim');
    const shown = (await lan.get(`/desk/api/conversation?id=${ID}`)).json();
    expect(shown.replyWindow).toEqual({ freeUntil: openUntil, openUntil });
    const inTime = { text: 'còn hạn', seenSeq: 2, key: 'said-in-time' };
    const said = await act(lan, 'say', inTime);
    expect(said.statusCode).toBe(200);
    desk.clock.advance(1_001);
    // Its answer was lost: sent again, it is what was said in time.
    const again = await act(lan, 'say', inTime);
    expect([again.statusCode, again.json()]).toEqual([200, said.json()]);
    const late = await act(lan, 'say', { text: 'hết hạn', seenSeq: 3, force: true });
    expect([late.statusCode, late.json()]).toEqual([
      409,
      { code: 'window_closed', message: expect.stringContaining('gọi điện, gửi SMS') },
    ]);
    expect((await act(lan, 'release')).statusCode).toBe(200);
  });

  test.each<[string, DeskChannels]>([
    ['knows no limit', new Map([['web', { window: async () => undefined }]])],
    ['cannot say', new Map([['web', { window: () => Promise.reject(new Error('locked')) }]])],
    ['has no limits', new Map([['web', {}]])],
  ])('says words where the channel %s', async (_, given) => {
    for (const [name, channel] of given) {
      channels.set(name, channel);
    }
    await act(lan, 'claim');
    expect((await lan.get(`/desk/api/conversation?id=${ID}`)).json()).not.toHaveProperty('replyWindow');
    expect((await act(lan, 'say', { text: 'chào', seenSeq: 2 })).statusCode).toBe(200);
  });

  test('says words in NFC, without blanks around them, and none that are empty or too long', async () => {
    await act(lan, 'claim');
    await act(lan, 'say', { text: ` ${'Dạ được ạ'.normalize('NFD')} `, seenSeq: 2 });
    expect(desk.conversations.acts.at(-1)).toMatchObject({ act: 'say', text: 'Dạ được ạ'.normalize('NFC') });
    for (const text of ['   ', 'x'.repeat(2_001)]) {
      expect((await act(lan, 'say', { text, seenSeq: 3 })).statusCode).toBe(400);
    }
  });

  test('refuses words from who does not hold the conversation', async () => {
    const unclaimed = await act(lan, 'say', { text: 'chào', seenSeq: 2 });
    expect(unclaimed.json()).toEqual({
      code: 'not_holder',
      message: 'Anh/chị chưa giữ cuộc này. Hãy nhận cuộc trước.',
    });
    await act(lan, 'claim');
    expect((await act(minh, 'say', { text: 'chào', seenSeq: 2 })).json().code).toBe('held_by_other');
    await act(lan, 'close', { seenSeq: 3, wrapUp: 'answered' });
    expect((await act(lan, 'say', { text: 'chào', seenSeq: 2 })).json().code).toBe('closed');
  });

  test('holds back words written before a colleague wrote, but not for what the bot or oneself said', async () => {
    await act(lan, 'claim');
    await act(lan, 'say', { text: 'một', seenSeq: 2 });
    desk.conversations.add(ID, { messages: [{ author: 'system', reply: { kind: 'text', text: 'ghi chú' } }] });
    expect((await act(lan, 'say', { text: 'hai', seenSeq: 2 })).statusCode).toBe(200);
    desk.conversations.add(ID, {
      messages: [{ author: 'agent', authorId: 'id-minh', reply: { kind: 'text', text: 'từ công cụ khác' } }],
    });
    expect((await act(lan, 'say', { text: 'ba', seenSeq: 5 })).json().code).toBe('stale_screen');
  });

  test('does not call a reply stale that is only sent again, its answer having been lost', async () => {
    await act(lan, 'claim');
    const body = { text: 'Dạ đúng ạ', seenSeq: 2, key: 'lost-answer' };
    await act(lan, 'say', body);
    desk.conversations.add(ID, { messages: [{ author: 'customer', content: { text: 'cảm ơn em' } }] });
    expect((await act(lan, 'say', body)).statusCode).toBe(200);
    expect(desk.conversations.acts.filter((one) => one.act === 'say')).toHaveLength(1);
  });

  test.each([
    ['release', 'bot', {}],
    ['requeue', 'queue', { seenSeq: 3, note: 'Khách cần tổ công tơ' }],
    ['close', 'closed', { seenSeq: 3, wrapUp: 'answered' }],
  ])('%s moves the conversation to %s', async (name, holder, body) => {
    await act(lan, 'claim');
    expect((await act(lan, name, body)).statusCode).toBe(200);
    expect((await headState())?.holder).toBe(holder);
  });

  test.each([
    ['requeue', {}],
    ['requeue', { note: '  ' }],
    ['transfer', { to: 'id-minh' }],
    ['close', {}],
    ['close', { wrapUp: 'no_such_code' }],
    ['snooze', { until: 0 }],
    ['call_back', { phone: 'abc', by: 1 }],
  ])('%s without what colleagues must know is refused: %p', async (name, body) => {
    await act(lan, 'claim');
    const response = await act(lan, name, { ...(name !== 'call_back' && { seenSeq: 3 }), ...body });
    expect(response.statusCode).toBe(400);
  });

  test('passes a conversation on with a note that only the desk reads', async () => {
    await act(lan, 'claim');
    await minh.get('/desk/api/queue');
    const note = 'Chị ấy cần xem lại tháng 9';
    expect((await act(lan, 'transfer', { to: 'id-minh', seenSeq: 3, note })).statusCode).toBe(200);
    expect(await headState()).toMatchObject({ holder: 'agent', agentId: 'id-minh', agentName: 'Anh Minh' });
    const { notes, messages } = (await minh.get(`/desk/api/conversation?id=${ID}`)).json();
    expect(notes).toMatchObject([{ authorName: 'Chị Lan', text: note, afterSeq: 4 }]);
    expect(JSON.stringify(messages)).not.toContain('tháng 9');
    expect((await act(lan, 'say', { text: 'còn tôi', seenSeq: 9 })).json().code).toBe('held_by_other');
  });

  test('passes nothing to a colleague who is not there', async () => {
    await desk.addAgent('hoa', 'Chị Hoa');
    await act(lan, 'claim');
    for (const [to, code] of [
      ['id-hoa', 'colleague_away'],
      ['id-nobody', 'no_colleague'],
    ]) {
      expect((await act(lan, 'transfer', { to, seenSeq: 3, note: 'x' })).json().code).toBe(code);
    }
    expect(await headState()).toMatchObject({ agentId: 'id-lan' });
  });

  test('sets a conversation aside until the customer writes', async () => {
    await act(lan, 'claim');
    const until = desk.clock.now() + 3_600_000;
    await act(lan, 'snooze', { seenSeq: 3, until });
    const { mine } = (await lan.get('/desk/api/queue')).json();
    expect(mine).toMatchObject([{ conversationId: ID, extras: { snoozedUntil: until } }]);
    await desk.conversations.receive({
      ...{ key: 'web/main/1', conversationId: ID, orderKey: 1, receivedAt: 1 },
      content: { kind: 'customer_message', text: 'em ơi' },
    });
    expect((await lan.get('/desk/api/queue')).json().mine[0].extras).toEqual({});
  });

  test('lists to whom a conversation can be given, and how it may end', async () => {
    const { colleagues, wrapUps } = (await lan.get('/desk/api/colleagues')).json();
    expect(colleagues).toMatchObject([{ id: 'id-minh', name: 'Anh Minh', isOnline: false, open: 0 }]);
    await minh.get('/desk/api/queue');
    expect((await lan.get('/desk/api/colleagues')).json().colleagues[0].isOnline).toBe(true);
    expect(wrapUps).toContainEqual({ code: 'answered', label: 'Đã trả lời xong' });
  });

  test('on a conversation that does not exist is refused', async () => {
    const response = await act(lan, 'claim', { conversationId: 'web:main:khong-co' });
    expect([response.statusCode, response.json().code]).toEqual([404, 'not_found']);
  });

  test.each([{ key: 'short' }, { key: 'has a blank in it' }, { conversationId: '' }, { text: 'x' }])(
    'with a malformed request is refused: %p',
    async (body) => {
      expect((await act(lan, 'claim', body)).statusCode).toBe(400);
    },
  );
});
