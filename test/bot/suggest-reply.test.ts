import { describe, expect, test } from '@jest/globals';
import { buildBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';
import { understandingOf } from '../support/understanding-of.ts';

const LAN = { agentId: 'lan', agentName: 'Chị Lan' };

async function heldTalk(last: string) {
  const built = buildBot(() => ({
    understand: (text) => understandingOf(text, text === 'lạ' ? {} : { intent: 'tariff_info' }),
  }));
  const id = freshConversation();
  await built.hear(id, 'xin chào');
  await built.bot.idle();
  await built.bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k1');
  await built.hear(id, last);
  await built.bot.idle();
  return { ...built, id };
}

describe('the suggestion of the bot', () => {
  test('is what it would say to the last message, and leaves no trace', async () => {
    const { bot, deps, id, sent, close } = await heldTalk('giá điện bao nhiêu');
    const [version, count] = [(await deps.store.head(id))?.version, sent.length];
    expect(await bot.suggestReply(id)).toBe('đáp: giá điện bao nhiêu');
    await bot.idle();
    expect([(await deps.store.head(id))?.version, sent.length]).toEqual([version, count]);
    await close();
  });

  test.each([
    ['the bot is not sure', 'lạ'],
    ['the customer asks for a human', 'gặp nhân viên'],
    ['the customer has typed a code', '123456'],
    ['the bot does not know what to make of it', '???'],
  ])('is not there when %s', async (_when, text) => {
    const { bot, id, close } = await heldTalk(text);
    expect(await bot.suggestReply(id)).toBeUndefined();
    await close();
  });

  test('is not there when the agent has answered already', async () => {
    const { bot, id, close } = await heldTalk('giá điện bao nhiêu');
    await bot.performAgentAct(id, { act: 'say', ...LAN, text: 'Dạ' }, 'k2');
    expect(await bot.suggestReply(id)).toBeUndefined();
    await close();
  });
});

describe('a message that did not go out', () => {
  test('is tried again as a new attempt when told to', async () => {
    const { bot, id, sent, answers, close } = await heldTalk('em ơi');
    answers.push({ result: 'refused', reason: 'blocked_by_customer' });
    await bot.performAgentAct(id, { act: 'say', ...LAN, text: 'Dạ em đây' }, 'k2');
    await bot.idle();
    expect(sent.map(({ text }) => text)).not.toContain('Dạ em đây');
    const seq = 5;
    expect(await bot.retryMessage(id, seq)).toBe(true);
    await bot.idle();
    expect(sent.at(-1)?.text).toBe('Dạ em đây');
    expect(await bot.retryMessage(id, seq)).toBe(false);
    await close();
  });
});
