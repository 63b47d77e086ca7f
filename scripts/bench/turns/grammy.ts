import { Agent } from 'node:http';
import { Bot, webhookCallback } from 'grammy';
import { BENCH_BOT } from './bench-bot.ts';
import { runContestant } from './contestant.ts';
import { listen } from './json-http.ts';
import { ANSWERS } from './messages.ts';

// A grammY bot on a webhook: two intents by their words, nothing kept.
runContestant(async (sinkUrl) => {
  const bot = new Bot('1:bench', {
    botInfo: BENCH_BOT,
    client: { apiRoot: sinkUrl, baseFetchConfig: { agent: new Agent({ keepAlive: true }), compress: false } },
  });
  for (const { intent, text } of ANSWERS) {
    bot.hears(intent, (context) => context.reply(text));
  }
  const port = await listen(webhookCallback(bot, 'http'));
  return { port };
});
