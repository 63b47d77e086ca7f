import { describe, expect, test } from '@jest/globals';
import type { ConversationId, EventContent } from '../../src/bot/message.ts';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';

const LAN = { agentId: 'lan', agentName: 'Lan' };
const HOUR_MS = 60 * 60_000;
let keys = 0;

async function happen(bench: TestBot, conversationId: ConversationId, content: EventContent): Promise<void> {
  keys += 1;
  const now = bench.clock.now();
  await bench.bot.receive({ key: `web/main/o${keys}`, conversationId, orderKey: now, receivedAt: now, content });
  await bench.bot.idle();
}

const answer = (text: string): EventContent => ({
  kind: 'outside_agent',
  adminId: '77',
  agentName: 'Nhân viên (Zalo OA)',
  text,
});

const headOf = async (bench: TestBot, id: ConversationId) => (await bench.deps.store.head(id))?.state;

describe('a human who answers in a tool of the channel', () => {
  test('takes over: the epoch moves, his words are kept as delivered, and nothing is sent', async () => {
    const bench = buildBot();
    const id = freshConversation();
    await bench.hear(id, 'xin chào');
    await bench.bot.idle();
    const before = await headOf(bench, id);
    await happen(bench, id, answer('Chào anh, em kiểm tra ngay'));
    await bench.hear(id, 'dạ vâng');
    await bench.bot.idle();
    expect(await headOf(bench, id)).toMatchObject({
      holder: 'agent',
      agentId: 'outside:77',
      agentName: 'Nhân viên (Zalo OA)',
      epoch: (before?.epoch ?? 0) + 1,
      takeoverEpoch: (before?.epoch ?? 0) + 1,
    });
    expect(bench.sent.map(({ text }) => text)).toEqual(['đáp: xin chào']);
    const [words] = (await createSqliteConversationViews(bench.db).messages(id, 2, 1)).values();
    expect(words).toMatchObject({ author: 'agent', authorName: 'Nhân viên (Zalo OA)', delivery: 'delivered' });
    await bench.close();
  });

  test('stops an answer of the bot that still waits to be sent', async () => {
    const bench = buildBot();
    const id = freshConversation();
    bench.answers.push({ result: 'retry', reason: 'busy', afterMs: 1_000 });
    await bench.hear(id, 'xin chào');
    await bench.bot.idle();
    await happen(bench, id, answer('Chào anh'));
    bench.clock.advance(1_000);
    await bench.bot.sweep();
    await bench.bot.idle();
    expect(bench.sent).toEqual([]);
    await bench.close();
  });

  test('leaves the conversation with the agent of the desk who holds it', async () => {
    const bench = buildBot();
    const id = freshConversation();
    await bench.hear(id, 'gặp nhân viên');
    await bench.bot.idle();
    await bench.bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k1');
    const before = await headOf(bench, id);
    await happen(bench, id, answer('Em hỗ trợ thêm ạ'));
    expect(await headOf(bench, id)).toMatchObject({ holder: 'agent', agentId: 'lan', epoch: before?.epoch });
    expect((await bench.transcript(id)).at(-1)).toBe('agent: Em hỗ trợ thêm ạ');
    await bench.close();
  });

  test('gives way to an agent of the desk, and not the other way round', async () => {
    const bench = buildBot();
    const id = freshConversation();
    await happen(bench, id, answer('Chào anh'));
    const claimed = await bench.bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k1');
    expect(claimed.done).toBe(true);
    expect(await headOf(bench, id)).toMatchObject({ holder: 'agent', agentId: 'lan', epoch: 2 });
    const other = await bench.bot.performAgentAct(id, { act: 'claim', agentId: 'minh', agentName: 'Minh' }, 'k2');
    expect(other).toMatchObject({ done: false, reason: 'held_by_other' });
    await bench.close();
  });

  test('lets the bot speak again an hour after his last words', async () => {
    const bench = buildBot();
    const id = freshConversation();
    const sweep = async () => {
      await bench.bot.sweep();
      await bench.bot.idle();
    };
    await happen(bench, id, answer('Chào anh'));
    bench.clock.advance(HOUR_MS / 2);
    await happen(bench, id, answer('Anh chờ em chút'));
    bench.clock.advance(HOUR_MS / 2);
    await sweep();
    expect(await headOf(bench, id)).toMatchObject({ holder: 'agent' });
    bench.clock.advance(HOUR_MS / 2);
    await sweep();
    expect(await headOf(bench, id)).toMatchObject({ holder: 'bot' });
    await bench.hear(id, 'còn đó không');
    await bench.bot.idle();
    expect(bench.sent.at(-1)?.text).toBe('đáp: còn đó không');
    await bench.close();
  });
});

test('words of another tool are kept, and the bot goes on', async () => {
  const bench = buildBot();
  const id = freshConversation();
  await happen(bench, id, { kind: 'outside_notice', text: 'Cảm ơn bạn đã quan tâm' });
  await bench.hear(id, 'xin chào');
  await bench.bot.idle();
  expect(await bench.transcript(id)).toEqual([
    'system: Cảm ơn bạn đã quan tâm',
    'customer: xin chào',
    'bot: đáp: xin chào',
  ]);
  expect(bench.sent.map(({ text }) => text)).toEqual(['đáp: xin chào']);
  await bench.close();
});
