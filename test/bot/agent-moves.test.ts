import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AgentAct } from '../../src/bot/agent-act.ts';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';

const LAN = { agentId: 'lan', agentName: 'Chị Lan' };
const MINH = { id: 'minh', name: 'Anh Minh' };

describe('a move of an agent', () => {
  let built: TestBot;
  let id: string;
  let keys = 0;

  beforeEach(async () => {
    built = buildBot();
    id = freshConversation();
    await hears('gặp nhân viên');
    await act({ act: 'claim', ...LAN });
  });
  afterEach(() => built.close());

  async function hears(text: string): Promise<void> {
    await built.hear(id, text);
    await built.bot.idle();
  }
  function act(wish: AgentAct) {
    keys += 1;
    return built.bot.performAgentAct(id, wish, `k${keys}`);
  }
  const head = async () => {
    const turn = await built.deps.store.head(id);
    if (turn === undefined) {
      throw new Error('no turn');
    }
    return turn;
  };
  const lapse = async (epoch: number, agentId = 'lan') =>
    built.bot.receive({
      ...{ key: `lapse/${id}/${epoch}`, conversationId: id, orderKey: 1, receivedAt: 1 },
      content: { kind: 'lease_lapsed', agentId, epoch },
    });

  test('gives the bot its last message back when nobody has answered it', async () => {
    await hears('tháng này nhà em bao nhiêu');
    await act({ act: 'release', ...LAN });
    expect((await built.transcript(id)).slice(-3)).toEqual([
      'customer: tháng này nhà em bao nhiêu',
      'system: agent-left',
      'bot: đáp: tháng này nhà em bao nhiêu',
    ]);
    expect((await head()).state.holder).toBe('bot');
  });

  test('leaves to the bot nothing that the agent has answered', async () => {
    await hears('tháng này nhà em bao nhiêu');
    await act({ act: 'say', ...LAN, text: 'Dạ 500.000 đ' });
    await act({ act: 'release', ...LAN });
    expect((await built.transcript(id)).at(-1)).toBe('system: agent-left');
  });

  test('comes too late to see a one-time code: it is hidden before it is stored', async () => {
    await hears('493817');
    expect((await built.transcript(id)).at(-1)).toBe('customer: ••••••');
    expect(JSON.stringify(built.db.sqlite.prepare('SELECT * FROM turns').all())).not.toContain('493817');
  });

  test('gives the bot no danger back that it has answered before the take-over', async () => {
    await act({ act: 'release', ...LAN });
    await hears('dây đứt');
    await act({ act: 'claim', ...LAN });
    await act({ act: 'release', ...LAN });
    expect((await built.transcript(id)).filter((line) => line.startsWith('bot: đáp: dây đứt'))).toHaveLength(1);
    expect((await built.transcript(id)).at(-1)).toBe('system: agent-left');
  });

  test('gives the bot a danger back that came while the agent was there and said nothing', async () => {
    await hears('dây đứt');
    await act({ act: 'release', ...LAN });
    expect((await built.transcript(id)).at(-1)).toBe('bot: đáp: dây đứt');
  });

  test.each([0, 1, 2, 3, 5, 8])('at the moment of danger, %i steps on, makes it no less of one', async (steps) => {
    const danger = built.hear(id, 'dây đứt');
    for (let step = 0; step < steps; step += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all([danger, act({ act: 'release', ...LAN })]);
    await built.bot.idle();
    expect((await head()).state).toMatchObject({
      holder: 'bot',
      priority: 'emergency',
      emergencyAt: built.clock.now(),
    });
    expect((await built.transcript(id)).at(-1)).toBe('bot: đáp: dây đứt');
  });

  test('leaves the alarm to those who come after, unless the agent has seen it', async () => {
    await hears('dây đứt');
    await hears('nhanh lên giùm');
    await act({ act: 'release', ...LAN });
    expect((await built.transcript(id)).at(-1)).toBe('bot: đáp: dây đứt');
    await hears('gặp nhân viên');
    expect((await head()).state).toMatchObject({ holder: 'queue', priority: 'emergency' });
    await act({ act: 'claim', ...LAN });
    await act({ act: 'release', ...LAN });
    expect((await head()).state).toMatchObject({ holder: 'bot', priority: 'normal' });
  });

  test('back to the bot can lead to the queue at once, when the unanswered message asks for a human', async () => {
    await hears('gặp nhân viên');
    await act({ act: 'release', ...LAN });
    expect((await head()).state).toMatchObject({ holder: 'queue', handoffReason: 'customer_asked' });
  });

  test('to a colleague changes the holder and the epoch, and tells the customer who is there now', async () => {
    const before = await head();
    await act({ act: 'transfer', ...LAN, to: MINH, note: 'xem giúp chỉ số' });
    const { state, note, actor } = await head();
    expect(state).toMatchObject({ holder: 'agent', agentId: 'minh', epoch: before.state.epoch + 1 });
    expect([note, actor]).toEqual([
      { authorId: 'lan', authorName: 'Chị Lan', text: 'xem giúp chỉ số' },
      { id: 'lan', name: 'Chị Lan' },
    ]);
    expect((await built.transcript(id)).at(-1)).toBe('system: agent-joined Anh Minh');
    const notes = await createSqliteConversationViews(built.db).notes(id, 10);
    expect(notes).toMatchObject([{ authorName: 'Chị Lan', text: 'xem giúp chỉ số' }]);
    expect(built.sent.map(({ text }) => text).join()).not.toContain('chỉ số');
  });

  test('a private note goes to nobody, whoever holds the conversation', async () => {
    await act({ act: 'release', ...LAN });
    const before = await built.transcript(id);
    expect(await act({ act: 'note', ...LAN, text: 'khách quen' })).toMatchObject({ done: true });
    await built.bot.idle();
    expect(await built.transcript(id)).toEqual(before);
    expect((await createSqliteConversationViews(built.db).notes(id, 10)).map(({ text }) => text)).toEqual([
      'khách quen',
    ]);
  });

  test('keeps how the matter ended', async () => {
    await act({ act: 'close', ...LAN, wrapUp: 'answered', note: 'xong' });
    expect(await head()).toMatchObject({ wrapUp: 'answered', note: { text: 'xong' }, state: { holder: 'closed' } });
  });

  test('sets the conversation aside until its time, and no longer than the customer is silent', async () => {
    await act({ act: 'snooze', ...LAN, until: built.clock.now() + 60_000 });
    expect((await head()).state).toMatchObject({ holder: 'agent', agentId: 'lan' });
    built.clock.advance(60_000);
    await built.bot.sweep();
    await built.bot.idle();
    expect((await head()).state.snoozedUntil).toBeUndefined();
    await act({ act: 'snooze', ...LAN, until: built.clock.now() + 60_000 });
    await hears('chị ơi');
    expect((await head()).state.snoozedUntil).toBeUndefined();
  });

  test('a longer snooze is not ended by the timer of a shorter one', async () => {
    await act({ act: 'snooze', ...LAN, until: built.clock.now() + 60_000 });
    await act({ act: 'snooze', ...LAN, until: built.clock.now() + 600_000 });
    built.clock.advance(60_000);
    await built.bot.sweep();
    await built.bot.idle();
    expect((await head()).state.snoozedUntil).toBeDefined();
  });

  test('books a call: a ticket with the number, and the customer is told it with the promised time', async () => {
    const by = Date.UTC(2026, 10, 22, 8, 30);
    await act({ act: 'call_back', ...LAN, phone: '0912345678', by });
    const { effects } = await head();
    const [effect] = effects;
    expect(effect?.request).toMatchObject({ kind: 'open_ticket', ticket: { kind: 'callback', phone: '0912345678' } });
    const said = (await built.transcript(id)).at(-1) ?? '';
    expect(said).toMatch(/15:30/);
    expect(said).toContain('678');
    expect(said).not.toContain('0912345678');
  });

  test('that never came: the lease lapses, the conversation goes to the head of the queue with its age', async () => {
    const { waitingSince, epoch } = (await head()).state;
    built.clock.advance(600_000);
    await lapse(epoch);
    await lapse(epoch);
    await built.bot.idle();
    expect((await head()).state).toMatchObject({ holder: 'queue', waitingSince, isReturned: true });
    const told = (await built.transcript(id)).filter((line) => line === 'system: returned-to-queue');
    expect(told).toHaveLength(1);
  });

  test('a lapse that comes after the conversation has moved on changes nothing', async () => {
    const { epoch } = (await head()).state;
    await act({ act: 'transfer', ...LAN, to: MINH, note: 'x' });
    await lapse(epoch);
    await built.bot.idle();
    expect((await head()).state).toMatchObject({ holder: 'agent', agentId: 'minh' });
  });

  test('goes back to the head of the queue when its agent may hold it no longer, and only from that agent', async () => {
    const { waitingSince } = (await head()).state;
    const leader = { agentId: 'hanh', agentName: 'Chị Hạnh' };
    const note = 'Tài khoản bị khóa';
    const wrong = await act({ act: 'take_back', ...leader, from: 'minh', note });
    expect(wrong).toMatchObject({ done: false, reason: 'not_holder' });
    await act({ act: 'snooze', ...LAN, until: built.clock.now() + 600_000 });
    expect(await act({ act: 'take_back', ...leader, from: 'lan', note })).toMatchObject({ done: true });
    const { state, note: written } = await head();
    expect(state).toMatchObject({ holder: 'queue', waitingSince, isReturned: true, handoffReason: 'taken_back' });
    expect([state.snoozedUntil, written?.text]).toEqual([undefined, note]);
    expect((await built.transcript(id)).at(-1)).toBe('system: passed-to-queue');
  });

  test('a leader gives a conversation to somebody else; the desk takes nothing that waits no more', async () => {
    const leader = { agentId: 'hanh', agentName: 'Chị Hạnh' };
    expect(await act({ act: 'assign', ...leader, to: MINH })).toMatchObject({ done: false, reason: 'not_waiting' });
    await act({ act: 'reassign', ...leader, to: MINH });
    expect((await head()).state).toMatchObject({ holder: 'agent', agentId: 'minh' });
  });
});
