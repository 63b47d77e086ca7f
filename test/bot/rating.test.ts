import { describe, expect, test } from '@jest/globals';
import type { AgentAct } from '../../src/bot/agent-act.ts';
import type { ConversationId, CustomerContent } from '../../src/bot/message.ts';
import type { Turn } from '../../src/bot/turn.ts';
import { loadDeskRules } from '../../src/integrations/agent-desk/load-desk-rules.ts';
import { createSqliteRatingRecords } from '../../src/integrations/storage/sqlite/rating-records.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';
import { loadTrees } from '../support/load-trees.ts';
import { freshConversation } from '../support/sample-turn.ts';

const { engine } = loadTrees();
const LAN = { agentId: 'lan', agentName: 'Lan' };
const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 100 };
let keys = 0;

/** A bot that echoes, with the words of the real notices. */
const openBot = () =>
  buildBot((base) => ({
    engine: { ...base.engine, notice: engine.notice },
    policy: { ...base.policy, unratedWrapUps: loadDeskRules().unratedWrapUps },
  }));

async function act(bench: TestBot, id: ConversationId, name: Exclude<AgentAct['act'], 'say'>, wrapUp = 'answered') {
  keys += 1;
  await bench.bot.performAgentAct(id, { act: name, ...LAN, wrapUp } as AgentAct, `k${keys}`);
  await bench.bot.idle();
}

async function write(bench: TestBot, id: ConversationId, content: CustomerContent): Promise<Turn | undefined> {
  await bench.hear(id, '', { content: { kind: 'customer_message', ...content } });
  await bench.bot.idle();
  return bench.deps.store.head(id);
}

/** A conversation that Lan has taken and closed; returns the values of its rating buttons, worst first. */
async function closeOne(bench: TestBot, id: ConversationId, wrapUp?: string): Promise<readonly string[]> {
  await write(bench, id, { text: 'xin chào' });
  await act(bench, id, 'claim');
  await act(bench, id, 'close', wrapUp);
  return ratingButtons(await bench.deps.store.head(id));
}

function ratingButtons(turn: Turn | undefined): readonly string[] {
  const replies = turn?.messages.flatMap(({ reply }) => (reply?.kind === 'choices' ? [reply] : [])) ?? [];
  return replies.flatMap(({ choices }) => choices.map(({ value }) => value));
}

const ratingsOf = (bench: TestBot) => createSqliteRatingRecords(bench.db).ratings(ALL);

describe('a conversation that an agent closes', () => {
  test('asks once for a rating, with five buttons', async () => {
    const bench = openBot();
    const id = freshConversation();
    const buttons = await closeOne(bench, id);
    expect(buttons).toEqual([1, 2, 3, 4, 5].map((score) => `rating/2/${score}`));
    expect(bench.sent.filter(({ text }) => text.includes('5. Rất hài lòng'))).toHaveLength(1);
    await bench.close();
  });

  test('stays closed after a tap: the rating is a record of its own, with who closed and which closing', async () => {
    const bench = openBot();
    const id = freshConversation();
    const [, , , , best = ''] = await closeOne(bench, id);
    const before = await bench.deps.store.head(id);
    const head = await write(bench, id, { choice: best, text: 'Rất hài lòng' });
    expect(head?.state).toMatchObject({ holder: 'closed', epoch: before?.state.epoch });
    expect(head?.state.dialogs).toEqual(before?.state.dialogs);
    expect(await ratingsOf(bench)).toEqual([
      { conversationId: id, closing: 2, score: 5, agentId: 'lan', at: bench.clock.now() },
    ]);
    expect(bench.sent.at(-1)?.text).toBe('Cảm ơn anh/chị đã đánh giá.');
    await bench.close();
  });

  test.each([
    ['4', 4],
    ['số 2', 2],
    ['rat hai long', 5],
    ['Chưa hài lòng', 2],
  ])('takes "%s" typed right after the question for the button', async (text, score) => {
    const bench = openBot();
    const id = freshConversation();
    await closeOne(bench, id);
    const head = await write(bench, id, { text });
    expect(head?.state.holder).toBe('closed');
    expect((await ratingsOf(bench)).map((rating) => rating.score)).toEqual([score]);
    await bench.close();
  });

  test.each(['6', 'cho mình hỏi thêm', 'có dây đứt ngoài đường'])(
    'goes back to the bot with "%s", which is no rating',
    async (text) => {
      const bench = openBot();
      const id = freshConversation();
      await closeOne(bench, id);
      const head = await write(bench, id, { text });
      expect(head?.state.holder).toBe('bot');
      expect(await ratingsOf(bench)).toEqual([]);
      await bench.close();
    },
  );

  test('counts the last of two taps', async () => {
    const bench = openBot();
    const id = freshConversation();
    const [worst = '', , , good = ''] = await closeOne(bench, id);
    await write(bench, id, { choice: worst });
    expect(bench.sent.at(-1)?.text).toContain('rất tiếc');
    await write(bench, id, { choice: good });
    expect((await ratingsOf(bench)).map((rating) => rating.score)).toEqual([4]);
    await bench.close();
  });

  test('takes the rating of the last closing also when the customer has written on, and leaves the dialog as it is', async () => {
    const bench = openBot();
    const id = freshConversation();
    const [, , , , best = ''] = await closeOne(bench, id);
    const before = await write(bench, id, { text: 'à quên' });
    const head = await write(bench, id, { choice: best });
    expect(head?.state.holder).toBe('bot');
    expect(head?.state.dialogs).toEqual(before?.state.dialogs);
    expect(await ratingsOf(bench)).toHaveLength(1);
    // A number that is typed now answers the bot.
    await write(bench, id, { text: '1' });
    expect((await ratingsOf(bench)).map((rating) => rating.score)).toEqual([5]);
    await bench.close();
  });

  test('says nothing from the bot while an agent holds it again, and keeps the rating', async () => {
    const bench = openBot();
    const id = freshConversation();
    const [, , , , best = ''] = await closeOne(bench, id);
    await act(bench, id, 'claim');
    const sent = bench.sent.length;
    const head = await write(bench, id, { choice: best });
    expect(head?.state.holder).toBe('agent');
    expect(bench.sent).toHaveLength(sent);
    expect(await ratingsOf(bench)).toHaveLength(1);
    await bench.close();
  });

  test('asks again at the next closing; a button of the earlier one, or a made-up one, counts for nothing', async () => {
    const bench = openBot();
    const id = freshConversation();
    const [, , , , first = ''] = await closeOne(bench, id);
    await act(bench, id, 'claim');
    await act(bench, id, 'close');
    expect(ratingButtons(await bench.deps.store.head(id))[4]).not.toBe(first);
    for (const choice of [first, 'rating/99/5']) {
      await write(bench, id, { choice });
      expect(bench.sent.at(-1)?.text).toContain('không còn dùng được');
    }
    expect(await ratingsOf(bench)).toEqual([]);
    await bench.close();
  });

  test.each(['no_answer', 'spam'])('asks nobody after "%s": there was no talk to rate', async (wrapUp) => {
    const bench = openBot();
    const id = freshConversation();
    await closeOne(bench, id, wrapUp);
    const head = await bench.deps.store.head(id);
    expect(head?.messages.map(({ author }) => author)).toEqual(['system']);
    // The closing is counted all the same.
    expect(head?.state).toMatchObject({ holder: 'closed', closing: { agentId: 'lan' } });
    await bench.close();
  });
});
