import { Agent } from 'node:http';
import { Bot, webhookCallback } from 'grammy';
import { BENCH_BOT } from './bench-bot.ts';
import { runContestant } from './contestant.ts';
import { listen } from './json-http.ts';
import { createKeptTurns } from './keep-turns.ts';
import { ANSWERS, type Update } from './messages.ts';

// The same bot with the least that keeps a promise: update and answer are in our SQLite, each once, before the answer is
// sent, and it is marked afterwards. No retries, no order, no dialogs.
runContestant(async (sinkUrl) => {
  const kept = createKeptTurns();
  const bot = new Bot('1:bench', {
    botInfo: BENCH_BOT,
    client: { apiRoot: sinkUrl, baseFetchConfig: { agent: new Agent({ keepAlive: true }), compress: false } },
  });
  for (const { intent, text } of ANSWERS) {
    bot.hears(intent, async (context) => {
      const update = context.update as Update;
      if (await kept.keep(update, text)) {
        const { message_id } = await context.reply(text);
        await kept.markSent(update, message_id);
      }
    });
  }
  const port = await listen(webhookCallback(bot, 'http'));
  return { port, stop: kept.close };
});
