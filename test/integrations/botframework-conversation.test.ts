import { afterEach, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { createBotFrameworkChannel, MESSAGES_PATH } from '../../src/integrations/channels/botframework/adapter.ts';
import { createAuthentication } from '../../src/integrations/channels/botframework/authentication.ts';
import type { ConversationReference } from '../../src/integrations/channels/botframework/references.ts';
import { APP_ID, startBotFrameworkService } from '../support/botframework-service.ts';
import { createOutwardParts } from '../support/outward-parts.ts';
import { openWholeBot } from '../support/whole-bot.ts';

const START = Date.UTC(2026, 10, 23, 2);

interface Button {
  readonly title: string;
  readonly text: string;
  readonly value: unknown;
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) {
    await close();
  }
});

/** A customer in Teams, the service that brings his words with its signature, and the whole bot. */
async function openTeams() {
  const service = await startBotFrameworkService();
  const references = new Map<string, ConversationReference>();
  const channel = createBotFrameworkChannel({
    ...{ appId: APP_ID, timeoutMs: 5_000, groupWords: '', log: createOutwardParts().log as never },
    clock: { now: () => START },
    fetchMedia: async () => ({ kind: 'refused', reason: 'not_there' }),
    references: {
      put: async (customer, reference) => void references.set(customer, reference),
      find: async (customer) => references.get(customer),
    },
    authentication: {
      ...createAuthentication({ appId: APP_ID, appPassword: 'secret' }, service.openIdMetadataUrl),
      token: async () => 'our-token',
    },
    receive: (event) => whole.bot.receive(event),
  });
  const whole = openWholeBot(START, { adapters: [channel.adapter] });
  const app = Fastify();
  await channel.register(app);
  closers.push(
    () => service.stop(),
    () => whole.close(),
    () => app.close(),
  );
  let count = 0;
  return {
    whole,
    /** Says it, and returns what the service is given for the customer. */
    async say(activity: object): Promise<readonly { readonly text: string; readonly buttons: readonly Button[] }[]> {
      count += 1;
      const before = service.posted.length;
      const payload = {
        ...{ type: 'message', id: `m${count}`, channelId: 'msteams', serviceUrl: service.url },
        ...{ from: { id: '29:lan' }, recipient: { id: '28:bot' }, conversation: { id: 'a:lan' }, ...activity },
      };
      const headers = { authorization: service.authorization() };
      expect((await app.inject({ method: 'POST', url: MESSAGES_PATH, headers, payload })).statusCode).toBe(200);
      await whole.bot.idle();
      return service.posted.slice(before).map(({ text, ...more }) => {
        const { attachments = [] } = more as { attachments?: readonly { content: { buttons: readonly Button[] } }[] };
        return { text, buttons: attachments.flatMap(({ content }) => content.buttons) };
      });
    },
  };
}

/** What Teams sends when a button of ours is tapped. */
const tap = ({ text, value }: Button) => ({ text, value });

test('a customer of Teams is greeted, taps a button, and is asked what the bot needs; a repeat is answered once', async () => {
  const { say } = await openTeams();
  const [greeting] = await say({ text: 'chào em' });
  expect(greeting?.text).toContain('trợ lý tự động');
  const button = greeting?.buttons.find(({ title }) => title === 'Xem tiền điện');
  expect(button).toBeDefined();
  const [question] = await say(tap(button as Button));
  expect(question?.text).toContain('mã khách hàng');
  const twice = { id: 'the-same', text: 'số điện thoại tổng đài là gì' };
  expect((await say(twice))[0]?.text).toContain('1900');
  expect(await say(twice)).toEqual([]);
});

test('words of danger are answered in Teams with lines that stand apart, before anything else', async () => {
  const { say } = await openTeams();
  const [safety, ...more] = await say({ text: 'dây điện đứt rơi xuống đường rồi' });
  expect(safety?.text).toMatch(/TRÁNH XA[^\n]*\n\n1\. /);
  expect(more.at(-1)?.text).toContain('Sự việc ở đâu');
});
