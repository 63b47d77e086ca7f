import { describe, expect, test } from '@jest/globals';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';

const NOTE = 'Khách nhắn lúc 08:00.';
let keys = 0;

async function comesLate(bench: TestBot, conversationId: string, text: string): Promise<void> {
  keys += 1;
  const now = bench.clock.now();
  const content = { kind: 'late_message', message: { text }, note: NOTE } as const;
  await bench.bot.receive({ key: `web/main/l${keys}`, conversationId, orderKey: now, receivedAt: now, content });
  await bench.bot.idle();
}

const stateOf = async (bench: TestBot, id: string) => (await bench.deps.store.head(id))?.state;
const saidBy = (bench: TestBot) => bench.sent.map(({ text }) => text);

describe('a message that is found long after it was written', () => {
  test('is kept and put into the queue with a note; the bot does not answer it', async () => {
    const bench = buildBot();
    const id = freshConversation();
    await comesLate(bench, id, 'tiền điện tháng này bao nhiêu');
    expect(await stateOf(bench, id)).toMatchObject({ holder: 'queue', handoffReason: 'late_message' });
    expect(saidBy(bench).join()).not.toContain('đáp:');
    const [message] = await createSqliteConversationViews(bench.db).messages(id, 0, 1);
    expect(message?.content).toEqual({ text: 'tiền điện tháng này bao nhiêu' });
    expect((await bench.deps.store.head(id))?.note).toMatchObject({ text: NOTE });
    await bench.close();
  });

  test('goes to the agent who has the conversation, and opens a closed one', async () => {
    const bench = buildBot();
    const id = freshConversation();
    const lan = { agentId: 'lan', agentName: 'Lan' };
    await bench.hear(id, 'xin chào');
    await bench.bot.idle();
    await bench.bot.performAgentAct(id, { act: 'claim', ...lan }, 'k1');
    await comesLate(bench, id, 'alo');
    expect(await stateOf(bench, id)).toMatchObject({ holder: 'agent', agentId: 'lan' });
    await bench.bot.performAgentAct(id, { act: 'close', ...lan, wrapUp: 'answered' }, 'k2');
    await comesLate(bench, id, 'alo nữa');
    expect((await stateOf(bench, id))?.holder).toBe('queue');
    await bench.close();
  });

  test('gets the safety words all the same when it speaks of danger, and stands first in the queue', async () => {
    const bench = buildBot();
    const id = freshConversation();
    await comesLate(bench, id, 'dây đứt trước nhà');
    expect(await stateOf(bench, id)).toMatchObject({ holder: 'queue', priority: 'emergency' });
    expect(saidBy(bench)).toContain('TRÁNH XA dây điện');
    await bench.close();
  });
});
