import { describe, expect, test } from '@jest/globals';
import { type Holder, NEW_CONVERSATION } from '../../src/bot/conversation.ts';
import { applyMove, isAllowed, MOVES, type Move, mayStillSend } from '../../src/bot/handoff.ts';
import { buildBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';

const HOLDERS: readonly Holder[] = ['bot', 'queue', 'agent', 'closed'];
const LAN = { agentId: 'lan', agentName: 'Lan' };
const MINH = { agentId: 'minh', agentName: 'Minh' };

describe('the table of moves', () => {
  const pairs = (Object.keys(MOVES) as Move[]).flatMap((move) => HOLDERS.map((from) => [move, from] as const));

  test.each(pairs)('%s from %s either moves with a new epoch or is refused', (move, from) => {
    const state = { ...NEW_CONVERSATION, holder: from, epoch: 4 };
    const context = { now: 7, agent: { id: 'lan', name: 'Lan' }, reason: 'vì thế' };
    if (!isAllowed(move, from)) {
      expect(() => applyMove(state, move, context)).toThrow('not allowed');
      return;
    }
    const next = applyMove(state, move, context);
    expect([next.holder, next.epoch]).toEqual([MOVES[move].to, 5]);
    expect(next.agentId).toBe(next.holder === 'agent' ? 'lan' : undefined);
  });

  test('a customer who goes back to the queue keeps the time since when they wait', () => {
    const queued = applyMove(NEW_CONVERSATION, 'handoff', { now: 100, reason: 'customer_asked' });
    const claimed = applyMove(queued, 'claim', { now: 200, agent: { id: 'lan', name: 'Lan' } });
    expect(applyMove(claimed, 'requeue', { now: 300 }).waitingSince).toBe(100);
  });

  test('only bot messages from before a take-over are stopped, safety words excepted', () => {
    const head = { takeoverEpoch: 3 };
    expect(mayStillSend({ author: 'bot', epoch: 2 }, head)).toBe(false);
    expect(mayStillSend({ author: 'bot', epoch: 2, isSafety: true }, head)).toBe(true);
    expect(mayStillSend({ author: 'bot', epoch: 3 }, head)).toBe(true);
    expect(mayStillSend({ author: 'agent', epoch: 2 }, head)).toBe(true);
  });
});

describe('hand-off', () => {
  test('queues the conversation when the customer asks for a human, and the first claimer wins', async () => {
    const { bot, hear, deps, close } = buildBot();
    const id = freshConversation();
    await hear(id, 'gặp nhân viên');
    await bot.idle();
    expect((await deps.store.head(id))?.state.holder).toBe('queue');
    const results = await Promise.all([
      bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k-lan'),
      bot.performAgentAct(id, { act: 'claim', ...MINH }, 'k-minh'),
    ]);
    const winner = results[0]?.done ? 'Lan' : 'Minh';
    const loser = results.find((result) => !result.done);
    expect(loser).toEqual({ done: false, reason: 'held_by_other', holder: 'agent', agentName: winner });
    expect(results.filter((result) => result.done)).toHaveLength(1);
    await close();
  });

  test('the same act sent twice under one key is done once', async () => {
    const { bot, hear, transcript, close } = buildBot();
    const id = freshConversation();
    await hear(id, 'xin chào');
    await bot.idle();
    await bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k1');
    const said = { act: 'say' as const, ...LAN, text: 'Chào anh, em là Lan' };
    await Promise.all([bot.performAgentAct(id, said, 'k2'), bot.performAgentAct(id, said, 'k2')]);
    await bot.idle();
    expect((await transcript(id)).filter((line) => line.startsWith('agent:'))).toEqual(['agent: Chào anh, em là Lan']);
    await close();
  });

  test('the bot is silent while an agent holds the conversation, and answers again after the release', async () => {
    const { bot, hear, transcript, close } = buildBot();
    const id = freshConversation();
    await hear(id, 'gặp nhân viên');
    await bot.idle();
    await bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k1');
    await hear(id, 'chị ơi');
    await bot.idle();
    expect((await transcript(id)).at(-1)).toBe('customer: chị ơi');
    await bot.performAgentAct(id, { act: 'release', ...LAN }, 'k2');
    await hear(id, 'cảm ơn');
    await bot.idle();
    expect((await transcript(id)).slice(-4)).toEqual([
      'system: agent-left',
      'bot: đáp: chị ơi',
      'customer: cảm ơn',
      'bot: đáp: cảm ơn',
    ]);
    await close();
  });

  test.each([
    ['say', 'bot', 'not_holder'],
    ['release', 'queue', 'not_holder'],
    ['close', 'closed', 'closed'],
  ] as const)('refuses %s while the holder is %s', async (act, holder, reason) => {
    const { bot, hear, close } = buildBot();
    const id = freshConversation();
    await hear(id, holder === 'queue' ? 'gặp nhân viên' : 'xin chào');
    await bot.idle();
    if (holder === 'closed') {
      await bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k1');
      await bot.performAgentAct(id, { act: 'close', ...LAN, wrapUp: 'answered' }, 'k2');
    }
    const result = await bot.performAgentAct(id, { act, ...LAN, text: 'a', wrapUp: 'answered' }, 'k3');
    expect(result).toEqual({ done: false, reason, holder });
    await close();
  });

  test('a customer who writes after the close talks to the bot again', async () => {
    const { bot, hear, deps, close } = buildBot();
    const id = freshConversation();
    await hear(id, 'xin chào');
    await bot.idle();
    await bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k1');
    await bot.performAgentAct(id, { act: 'close', ...LAN, wrapUp: 'answered' }, 'k2');
    await hear(id, 'còn một việc');
    await bot.idle();
    expect((await deps.store.head(id))?.state.holder).toBe('bot');
    await close();
  });

  test('tells a customer who waits that nobody has come yet, and not once an agent is there', async () => {
    const { bot, hear, clock, transcript, close } = buildBot();
    const [waiting, served] = [freshConversation(), freshConversation()];
    await hear(waiting, 'gặp nhân viên');
    await hear(served, 'gặp nhân viên');
    await bot.idle();
    await bot.performAgentAct(served, { act: 'claim', ...LAN }, 'k1');
    clock.advance(180_000);
    await bot.sweep();
    await bot.sweep();
    await bot.idle();
    expect((await transcript(waiting)).at(-1)).toBe('bot: queue-waiting');
    expect(await transcript(served)).not.toContain('bot: queue-waiting');
    clock.advance(179_000);
    await bot.sweep();
    await bot.idle();
    expect((await transcript(waiting)).filter((line) => line === 'bot: queue-waiting')).toHaveLength(1);
    await close();
  });
});
