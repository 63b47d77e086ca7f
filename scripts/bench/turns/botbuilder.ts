import type { ServerResponse } from 'node:http';
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  type Request,
  type Response,
} from 'botbuilder';
import { runContestant } from './contestant.ts';
import { listen, readJson } from './json-http.ts';
import { ANSWERS } from './messages.ts';

// A botbuilder bot as its samples show it: two intents by their words, conversation state in memory.
runContestant(async () => {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const state = new ConversationState(new MemoryStorage());
  const turns = state.createProperty<number>('turns');
  const bot = new ActivityHandler();
  bot.onMessage(async (context, next) => {
    await turns.set(context, (await turns.get(context, 0)) + 1);
    const answer = ANSWERS.find(({ intent }) => intent.test(context.activity.text));
    await context.sendActivity(answer?.text ?? '?');
    await state.saveChanges(context);
    await next();
  });
  const port = await listen((request, response) => {
    readJson(request)
      .then((body) =>
        adapter.process(Object.assign(request, { body }) as unknown as Request, asExpress(response), (context) =>
          bot.run(context),
        ),
      )
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  return { port };
});

/** The adapter expects a response of Express or restify. */
function asExpress(response: ServerResponse): Response {
  const shaped = {
    status(code: number) {
      response.statusCode = code;
      return shaped;
    },
    header(name: string, value: unknown) {
      response.setHeader(name, String(value));
      return shaped;
    },
    send(body?: unknown) {
      response.end(body === undefined ? undefined : JSON.stringify(body));
      return shaped;
    },
    end(...args: unknown[]) {
      response.end(...(args as []));
      return shaped;
    },
  };
  return shaped as unknown as Response;
}
