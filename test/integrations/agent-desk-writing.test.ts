import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadCannedAnswers, offeredAnswers } from '../../src/integrations/agent-desk/canned-answers.ts';
import { type DeskCaller, type DeskServer, openLive, startDesk } from '../support/desk-server.ts';

const ID = 'web:main:khach-1';

describe('writing at the desk', () => {
  let desk: DeskServer;
  let lan: DeskCaller;
  let hanh: DeskCaller;

  beforeEach(async () => {
    desk = await startDesk({ suggestReply: async (id) => `gợi ý cho ${id}` });
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('minh', 'Anh Minh');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    [lan, hanh] = [await desk.as('lan'), await desk.as('hanh')];
    desk.conversations.add(ID, {
      messages: [
        { author: 'customer', content: { text: 'cho gặp nhân viên' } },
        { author: 'agent', authorId: 'id-lan', reply: { kind: 'text', text: 'dạ' }, delivery: 'failed' },
        { author: 'bot', reply: { kind: 'text', text: 'bot' }, delivery: 'failed' },
        { author: 'agent', authorId: 'id-lan', reply: { kind: 'text', text: 'vâng' }, delivery: 'delivered' },
      ],
      state: { holder: 'agent', agentId: 'id-lan', agentName: 'Chị Lan', epoch: 2 },
    });
  });
  afterEach(() => desk.close());

  test('offers the ready answers of the utility, as they were changed by a leader, to everybody', async () => {
    const first = (await lan.get('/desk/api/canned')).json().answers;
    expect(first).toEqual(offeredAnswers(loadCannedAnswers(), []));
    const change = { id: 'chao', title: 'Chào khách', text: 'Dạ em chào {ten_khach}' };
    await hanh.post('/desk/api/canned', change);
    await hanh.post('/desk/api/canned', { ...change, id: 'xin_ma', isRemoved: true });
    await hanh.post('/desk/api/canned', { ...change, id: 'moi', title: 'Mới' });
    const answers: { id: string; text: string }[] = (await lan.get('/desk/api/canned')).json().answers;
    expect(answers.find(({ id }) => id === 'chao')?.text).toBe('Dạ em chào {ten_khach}');
    expect(answers.map(({ id }) => id)).toContain('moi');
    expect(answers.map(({ id }) => id)).not.toContain('xin_ma');
  });

  test.each([{ id: 'Chào' }, { id: 'chao', title: '', text: 'x' }, { id: 'chao', title: 'x', text: ' ' }])(
    'keeps no ready answer that says nothing: %p',
    async (change) => {
      expect((await hanh.post('/desk/api/canned', change)).statusCode).toBe(400);
    },
  );

  test('suggests what the bot would say, to who holds the conversation only', async () => {
    expect((await lan.get(`/desk/api/suggestion?id=${ID}`)).json()).toEqual({ seq: 4, text: `gợi ý cho ${ID}` });
    expect((await hanh.get(`/desk/api/suggestion?id=${ID}`)).json()).toEqual({ seq: 4 });
  });

  test.each([
    ['a failed message of an agent', 2, 200],
    ['a message of the bot, which an agent has taken over from', 3, 409],
    ['a message that has arrived', 4, 409],
    ['a message of the customer', 1, 409],
  ])('tries again: %s', async (_what, seq, status) => {
    const response = await lan.post('/desk/api/retry', { conversationId: ID, seq });
    expect(response.statusCode).toBe(status);
    expect(desk.conversations.retried).toEqual(status === 200 ? [seq] : []);
  });

  test('tries nothing again for who does not hold the conversation', async () => {
    const response = await hanh.post('/desk/api/retry', { conversationId: ID, seq: 2 });
    expect(response.json().code).toBe('not_holder');
  });

  test('shows who else has the conversation open, who is writing, and when they have left', async () => {
    const address = await desk.listen();
    const [mine, other] = [lan, await desk.as('minh')].map(({ cookie }) =>
      openLive(address, { cookie, origin: address }),
    );
    if (mine === undefined || other === undefined) {
      throw new Error('two screens');
    }
    await mine.next('hello');
    await other.next('hello');
    mine.watch(ID);
    expect((await mine.next('colleagues')).here).toEqual([]);
    other.watch(ID);
    expect((await mine.next('colleagues')).here).toEqual([{ name: 'Anh Minh', isTyping: false }]);
    other.socket.send(JSON.stringify({ type: 'typing' }));
    expect((await mine.next('colleagues')).here).toEqual([{ name: 'Anh Minh', isTyping: true }]);
    other.socket.terminate();
    expect((await mine.next('colleagues')).here).toEqual([]);
    mine.socket.terminate();
  });
});
