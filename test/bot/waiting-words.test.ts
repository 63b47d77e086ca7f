import { describe, expect, test } from '@jest/globals';
import type { DeskStaffing } from '../../src/bot/ports.ts';
import { buildBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';

async function asksForHuman(look: () => Promise<DeskStaffing>, before?: string) {
  const built = buildBot(() => ({ staffing: { look } }));
  const id = freshConversation();
  const say = async (text: string) => {
    await built.hear(id, text);
    await built.bot.idle();
  };
  if (before !== undefined) {
    await say(before);
  }
  await say('gặp nhân viên');
  const last = async () => (await built.transcript(id)).at(-1);
  return { ...built, id, say, last };
}

describe('what a customer is told who waits for a human', () => {
  test('nothing more than that, while somebody is there and nobody waits before', async () => {
    const { last, close } = await asksForHuman(async () => ({ agents: 2, waiting: 0 }));
    expect(await last()).toBe('bot: đáp: gặp nhân viên');
    await close();
  });

  test('how many are there and how many wait before', async () => {
    const { last, close } = await asksForHuman(async () => ({ agents: 2, waiting: 5 }));
    expect(await last()).toBe('bot: queue-place 2 5');
    await close();
  });

  test('never how many wait before, nor of other things, when he is in danger: he comes first', async () => {
    const built = await asksForHuman(async () => ({ agents: 2, waiting: 5 }), 'có dây đứt ngoài đường');
    expect(await built.last()).toBe('bot: queue-urgent');
    built.clock.advance(180_000);
    await built.bot.sweep();
    await built.bot.idle();
    expect((await built.transcript(built.id)).filter((line) => line === 'bot: queue-urgent')).toHaveLength(2);
    await built.close();
  });

  test('that nobody is there, and not that all are busy', async () => {
    const { last, bot, clock, transcript, id, close } = await asksForHuman(async () => ({ agents: 0, waiting: 0 }));
    expect(await last()).toBe('bot: queue-nobody');
    clock.advance(180_000);
    await bot.sweep();
    await bot.idle();
    expect((await transcript(id)).filter((line) => line === 'bot: queue-nobody')).toHaveLength(2);
    await close();
  });

  test('outside the hours, by when there is an answer, and no words in between', async () => {
    const promisedAt = Date.UTC(2026, 10, 22, 12, 30);
    const staffing = { agents: 0, waiting: 0, promisedAt };
    const { last, say, bot, clock, deps, transcript, id, close } = await asksForHuman(async () => staffing);
    expect(await last()).toMatch(/^bot: after-hours 19:30/);
    expect((await deps.store.head(id))?.state.promisedAt).toBe(promisedAt);
    await say('gặp nhân viên');
    expect(await last()).toMatch(/^bot: after-hours-message 19:30/);
    clock.advance(180_000);
    await bot.sweep();
    await bot.idle();
    expect((await transcript(id)).filter((line) => line.startsWith('bot: after-hours '))).toHaveLength(1);
    await close();
  });

  test('as always when somebody works outside the hours', async () => {
    const promisedAt = Date.UTC(2026, 10, 22, 12, 30);
    const { last, close } = await asksForHuman(async () => ({ agents: 1, waiting: 0, promisedAt }));
    expect(await last()).toBe('bot: đáp: gặp nhân viên');
    await close();
  });

  test('as always when nobody knows who is there', async () => {
    const { last, deps, id, errors, close } = await asksForHuman(() => Promise.reject(new Error('down')));
    expect(await last()).toBe('bot: đáp: gặp nhân viên');
    expect((await deps.store.head(id))?.state.holder).toBe('queue');
    expect(errors.join()).toContain('Who is at the desk');
    await close();
  });
});
