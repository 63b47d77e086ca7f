import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TrackedMessage } from '../../src/bot/message.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import { openWholeBot, type WholeBot } from '../support/whole-bot.ts';

const NOW = Date.parse('2026-11-28T09:00:00+07:00');
const ID = 'zalo:main:khach';
const CODE = 'PB06010001234';
const STOPPED = 'từ nay hệ thống không tự nhắn tin báo';

let whole: WholeBot;
beforeEach(async () => {
  whole = openWholeBot(NOW);
  await whole.storage.subscriptions.start({
    ...{ topic: 'planned_outage', customerCode: CODE, conversationId: ID, isVerified: false },
    consent: { version: 0, at: NOW, words: 'đồng ý' },
  });
});
afterEach(() => whole.close());

const words = (messages: readonly TrackedMessage[]) =>
  messages.map(({ reply }) => (reply === undefined ? '' : toPlainText(reply))).join('\n');

async function tellNotice(event = 'outage/O1/v1'): Promise<void> {
  const replies = [{ kind: 'text', text: 'Có lịch cúp điện mới.' }] as const;
  await whole.bot.tell({ conversationId: ID }, { event, topic: 'planned_outage', replies });
  await whole.settle();
}

/** Whether nothing is told here any more, with the proof of the end kept. */
async function hasStopped(): Promise<boolean> {
  await whole.settle();
  const [isOut, open] = [await whole.storage.optOuts.has(ID), await whole.storage.subscriptions.of(ID)];
  expect(open).toHaveLength(isOut ? 0 : 1);
  return isOut;
}

describe('a stop word while the bot has the conversation', () => {
  test.each(['STOP', 'stop', 'Stop!'])('"%s" stops with nothing open, and after a notice', async (word) => {
    expect(words(await whole.say(ID, word))).toContain('mình đã ngừng gửi');
    expect(await hasStopped()).toBe(true);
  });

  test.each(['HUY', 'hủy', 'Tu choi', 'STOP'])('"%s" to a notice stops', async (word) => {
    await tellNotice();
    expect(words(await whole.say(ID, word))).toContain('mình đã ngừng gửi');
    expect(await hasStopped()).toBe(true);
  });

  test.each(['HUY', 'hủy', 'stop'])('"%s" to an open question breaks off, and stops no notice', async (word) => {
    await tellNotice();
    expect(words(await whole.say(ID, 'tôi muốn xem tiền điện'))).toContain('mã khách hàng');
    await whole.say(ID, word);
    expect(await hasStopped()).toBe(false);
  });

  test('"hủy" after word of a ticket is about the ticket', async () => {
    await tellNotice('ticket/SC261128-1/2');
    await whole.say(ID, 'hủy');
    expect(await hasStopped()).toBe(false);
  });
});

describe('a stop word while an agent has the conversation', () => {
  beforeEach(async () => {
    await whole.say(ID, 'cho gặp nhân viên');
    await act({ act: 'claim' });
  });

  async function act(wish: { readonly act: 'claim' } | { readonly act: 'say'; readonly text: string }): Promise<void> {
    const agent = { agentId: 'lan', agentName: 'Chị Lan', ...wish };
    expect(await whole.bot.performAgentAct(ID, agent, `lan/${whole.clock.now()}`)).toMatchObject({ done: true });
    await whole.bot.idle();
  }

  test.each(['STOP', 'ngừng nhận tin', 'em ơi hủy đăng ký nhận tin cho chị'])(
    '"%s" takes effect and is confirmed; the agent goes on and sees both',
    async (word) => {
      const before = (await whole.storage.conversations.head(ID))?.state;
      const told = await whole.say(ID, word);
      expect(words(told)).toContain(STOPPED);
      expect(told).toMatchObject([{ author: 'system' }]);
      expect(await hasStopped()).toBe(true);
      const after = (await whole.storage.conversations.head(ID))?.state;
      expect([after?.holder, after?.agentId, after?.epoch]).toEqual(['agent', 'lan', before?.epoch]);
      const seen = await whole.storage.views.messages(ID, 0, 100);
      expect(seen.slice(-2).map(({ author }) => author)).toEqual(['customer', 'system']);
    },
  );

  test('"HUY" to a notice stops; to the question of the agent it is an answer', async () => {
    await act({ act: 'say', text: 'Anh muốn giữ hay hủy phiếu này ạ?' });
    expect(words(await whole.say(ID, 'HUY'))).toBe('');
    expect(await hasStopped()).toBe(false);
    await tellNotice();
    expect(words(await whole.say(ID, 'HUY'))).toContain(STOPPED);
    expect(await hasStopped()).toBe(true);
  });

  test.each(['hủy hợp đồng giúp em', 'tôi không nhận được tin nhắn'])('"%s" is for the agent alone', async (text) => {
    expect(await whole.say(ID, text)).toEqual([]);
    expect(await hasStopped()).toBe(false);
  });
});
