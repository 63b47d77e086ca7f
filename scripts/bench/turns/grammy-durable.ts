import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bot, webhookCallback } from 'grammy';
import { openDatabase } from '../../../src/integrations/storage/sqlite/database.ts';
import { BENCH_BOT } from './bench-bot.ts';
import { runContestant } from './contestant.ts';
import { listen } from './json-http.ts';
import { ANSWERS } from './messages.ts';

// The same bot with the least that keeps a promise: update and answer are in our SQLite, each once, before the answer is
// sent, and it is marked afterwards. No retries, no order, no dialogs.
runContestant(async (sinkUrl) => {
  const folder = mkdtempSync(join(tmpdir(), 'grammy-durable-bench-'));
  const db = openDatabase({ path: join(folder, 'bench.sqlite') });
  db.sqlite.exec(`
    CREATE TABLE bench_turns (update_id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, said TEXT NOT NULL, answer TEXT NOT NULL,
      sent_as INTEGER) STRICT`);
  const insert = db.sqlite.prepare(
    'INSERT INTO bench_turns (update_id, chat, said, answer) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const mark = db.sqlite.prepare('UPDATE bench_turns SET sent_as = ? WHERE update_id = ?');
  const bot = new Bot('1:bench', {
    botInfo: BENCH_BOT,
    client: { apiRoot: sinkUrl, baseFetchConfig: { agent: new Agent({ keepAlive: true }), compress: false } },
  });
  for (const { intent, text } of ANSWERS) {
    bot.hears(intent, async (context) => {
      const { update_id } = context.update;
      const kept = await db.write('bench_turn', () => insert.run(update_id, context.chat.id, context.msg.text, text));
      if (kept.changes === 1) {
        const { message_id } = await context.reply(text);
        await db.write('bench_sent', () => mark.run(message_id, update_id));
      }
    });
  }
  const port = await listen(webhookCallback(bot, 'http'));
  return {
    port,
    async stop() {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
