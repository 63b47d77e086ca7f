import { Agent } from 'node:http';
import { Telegraf } from 'telegraf';
import { BENCH_BOT } from './bench-bot.ts';
import { runContestant } from './contestant.ts';
import { listen } from './json-http.ts';
import { ANSWERS } from './messages.ts';

// A telegraf bot on a webhook: two intents by their words, nothing kept.
runContestant(async (sinkUrl) => {
  const bot = new Telegraf('1:bench', {
    telegram: { apiRoot: sinkUrl, agent: new Agent({ keepAlive: true }), webhookReply: false },
  });
  bot.botInfo = BENCH_BOT;
  for (const { intent, text } of ANSWERS) {
    bot.hears(intent, (context) => context.reply(text));
  }
  const port = await listen(bot.webhookCallback('/webhook'));
  return { port };
});
