import { runContestant } from './contestant.ts';
import { listen, postJson, readJson } from './json-http.ts';
import { ANSWERS, type Update } from './messages.ts';

// Receives and sends, and nothing else: what everybody pays.
runContestant(async (sinkUrl) => {
  const port = await listen((request, response) => {
    readJson(request)
      .then(async (body) => {
        response.end();
        await postJson(`${sinkUrl}/bot1:bench/sendMessage`, {
          chat_id: (body as Update).message.chat.id,
          text: ANSWERS[0].text,
        });
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  return { port };
});
