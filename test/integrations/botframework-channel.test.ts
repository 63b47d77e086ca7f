import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import type { SendOutcome } from '../../src/bot/channel-adapter.ts';
import { conversationId } from '../../src/bot/conversation.ts';
import type { Attachment, InboundEvent } from '../../src/bot/message.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import { createBotFrameworkChannel, MESSAGES_PATH } from '../../src/integrations/channels/botframework/adapter.ts';
import { createAuthentication } from '../../src/integrations/channels/botframework/authentication.ts';
import { customerOf } from '../../src/integrations/channels/botframework/parse.ts';
import type { Channel } from '../../src/integrations/channels/channel.ts';
import { createSqliteBotFrameworkReferences } from '../../src/integrations/storage/sqlite/botframework-references.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { type ChannelHarness, channelAdapterContract } from '../contracts/channel-adapter.contract.ts';
import {
  APP_ID,
  type BotFrameworkService,
  type ServiceAnswer,
  startBotFrameworkService,
} from '../support/botframework-service.ts';
import { createOutwardParts } from '../support/outward-parts.ts';

const HELLO: Reply = { kind: 'text', text: 'Dạ, em chào anh chị ạ.' };
const BOT = '28:bot';

/** The channel between a local service and an inbox that only notes. */
async function openBench() {
  const service = await startBotFrameworkService();
  const db = openDatabase({ path: ':memory:' });
  const references = createSqliteBotFrameworkReferences(db);
  const parts = createOutwardParts();
  const received: InboundEvent[] = [];
  const asked: string[] = [];
  const own = createAuthentication({ appId: APP_ID, appPassword: 'secret' }, service.openIdMetadataUrl);
  const state = { isBroken: false, hasToken: true, seq: 0 };
  const channel = createBotFrameworkChannel({
    ...{ references, appId: APP_ID, timeoutMs: 400, groupWords: 'Mình chỉ trả lời riêng ạ.' },
    log: parts.log as never,
    clock: { now: () => 1_000 },
    fetchMedia: async (url) => {
      asked.push(url);
      return { kind: 'media', media: { bytes: Buffer.from('%PDF-'), mime: 'application/pdf', extension: 'pdf' } };
    },
    authentication: {
      check: own.check,
      token: async () => (state.hasToken ? 'our-token' : Promise.reject(new Error('no token'))),
    },
    async receive(event) {
      if (state.isBroken) {
        throw new Error('The inbox can keep nothing.');
      }
      received.push(event);
      return 'stored';
    },
  });
  const app: FastifyInstance = Fastify();
  await channel.register(app);

  return {
    ...{ service, channel, received, asked, state, logged: parts.logged },
    /** An activity as the service posts it. */
    async post(activity: object, authorization = service.authorization()) {
      const payload = {
        ...{ type: 'message', id: 'm1', channelId: 'msteams', serviceUrl: service.url },
        ...{ from: { id: '29:lan', name: 'Trần Thị Lan' }, recipient: { id: BOT }, conversation: { id: 'a:lan' } },
        ...activity,
      };
      const answer = await app.inject({ method: 'POST', url: MESSAGES_PATH, headers: { authorization }, payload });
      return answer.statusCode;
    },
    async send(reply: Reply, customer = 'a:lan', by: Channel = channel): Promise<SendOutcome> {
      const id = conversationId({
        channel: 'botframework',
        account: APP_ID,
        customer: customerOf('msteams', customer),
      });
      state.seq += 1;
      return by.adapter.send({
        message: {
          ...{ seq: state.seq, direction: 'out', author: 'bot', at: 0, reply, epoch: 0, version: 1 },
          conversationId: id,
        },
        idempotencyKey: `${id}/${state.seq}`,
      });
    },
    /** The service knows the customer, and we know the way back. */
    async meet(customer: string, serviceUrl = service.url) {
      const reference = { serviceUrl, channelId: 'msteams', conversationId: customer, botId: BOT, userId: '29:x' };
      await references.put(customerOf('msteams', customer), reference, 0);
    },
    async stop() {
      await app.close();
      await service.stop();
      await db.close();
    },
  };
}

type Bench = Awaited<ReturnType<typeof openBench>>;

async function buildHarness(): Promise<ChannelHarness> {
  const bench = await openBench();
  const { service } = bench;
  await bench.meet('a:lan');
  const closed = await startBotFrameworkService();
  await closed.stop();
  await bench.meet('a:gone', closed.url);
  const provoke = (answer: ServiceAnswer) => {
    service.next(answer);
    return bench.send(HELLO);
  };
  let time = 0;
  return {
    adapter: bench.channel.adapter,
    account: APP_ID,
    async deliver({ customer, id, text, isForged }) {
      time += 1_000;
      const activity = { id, text, conversation: { id: `a:${customer}` }, timestamp: new Date(time).toISOString() };
      const authorization = isForged ? service.forgedAuthorization() : service.authorization();
      return (await bench.post(activity, authorization)) === 200 ? 'acknowledged' : 'refused';
    },
    customerOf: (customer) => customerOf('msteams', `a:${customer}`),
    received: () => bench.received,
    breakInbox: () => {
      bench.state.isBroken = true;
    },
    taken: () => service.posted.length,
    async shown(customer, reply) {
      await bench.send(reply, `a:${customer}`);
      return wordsOn(service);
    },
    failures: [
      {
        name: 'nothing listens',
        covers: 'unreachable',
        provoke: () => bench.send(HELLO, 'a:gone'),
        expected: 'retry',
      },
      { name: 'a 502', covers: 'server_error', provoke: () => provoke({ status: 502 }), expected: 'unknown' },
      { name: 'silence', covers: 'no_answer', provoke: () => provoke('hang'), expected: 'unknown' },
      { name: 'too many', provoke: () => provoke({ status: 429 }), expected: 'wait' },
      { name: 'blocked by the customer', provoke: () => provoke({ status: 403 }), expected: 'refused' },
      { name: 'a conversation that is gone', provoke: () => provoke({ status: 404 }), expected: 'refused' },
      { name: 'a message that is not read', provoke: () => provoke({ status: 400 }), expected: 'refused' },
      { name: 'a refused token', provoke: () => provoke({ status: 401 }), expected: 'wait' },
      { name: 'nobody to send to', provoke: () => bench.send(HELLO, 'a:never-met'), expected: 'refused' },
    ],
    stop: bench.stop,
  };
}

/** What a client shows of the newest activity: its words and its buttons. */
function wordsOn(service: BotFrameworkService): string {
  const { text, attachments = [] } = service.posted.at(-1) as unknown as {
    readonly text: string;
    readonly attachments?: readonly {
      readonly content?: { readonly buttons?: readonly { readonly title: string }[] };
    }[];
  };
  return [text, ...attachments.flatMap(({ content }) => content?.buttons ?? []).map(({ title }) => title)].join('\n');
}

channelAdapterContract('botframework', { hasVendor: true }, buildHarness);

describe('what services post', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  test.each([
    ['no token', () => ''],
    ['a token for another app', () => bench.service.authorization({ aud: 'another-app' })],
    ['a token of another service', () => bench.service.authorization({ serviceurl: 'https://evil.example' })],
    ['a token of another authority', () => bench.service.authorization({ iss: 'https://evil.example' })],
    ['a token signed by a stranger', () => bench.service.forgedAuthorization()],
    ['a token that is over', () => bench.service.authorization({ exp: 1 })],
  ])('is refused with %s', async (_, authorization) => {
    expect(await bench.post({ text: 'Alo' }, authorization())).toBe(401);
    expect(bench.received).toEqual([]);
  });

  test('is read without the mention of the bot; the name of the customer is kept nowhere', async () => {
    const mention = { type: 'mention', text: '<at>Điện lực</at>', mentioned: { id: BOT } };
    expect(await bench.post({ text: '<at>Điện lực</at>\u00a0mất điện rồi', entities: [mention] })).toBe(200);
    expect(bench.received[0]?.content).toEqual({ kind: 'customer_message', text: 'mất điện rồi' });
    expect(JSON.stringify([bench.received, bench.logged])).not.toContain('Lan');
  });

  test('is a choice when a button of ours was tapped', async () => {
    await bench.post({ text: 'Báo mất điện', value: { choice: 'outage_report' } });
    expect(bench.received[0]?.content).toMatchObject({ text: 'Báo mất điện', choice: 'outage_report' });
  });

  test('brings files along, and no cards', async () => {
    const attachments = [
      { contentType: 'image/png', contentUrl: 'https://files.example/1.png', name: 'cong-to.png' },
      { contentType: 'text/html', content: '<p>Alo</p>' },
    ];
    await bench.post({ text: 'Alo', attachments });
    expect(bench.received[0]?.content).toMatchObject({
      attachments: [{ kind: 'image', url: 'https://files.example/1.png', name: 'cong-to.png' }],
    });
  });

  test('brings a file of Teams from where it may be read for some minutes, not from where it lies', async () => {
    const file = {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      contentUrl: 'https://dienluc-my.sharepoint.com/personal/lan/Documents/don.pdf',
      name: 'don.pdf',
      content: {
        downloadUrl: 'https://dienluc-my.sharepoint.com/download?tempauth=1',
        uniqueId: 'u1',
        fileType: 'pdf',
      },
    };
    await bench.post({ text: '', attachments: [file] });
    const content = bench.received[0]?.content as { attachments?: readonly Attachment[] } | undefined;
    const [attachment] = content?.attachments ?? [];
    expect(attachment).toEqual({ kind: 'file', url: file.content.downloadUrl, name: 'don.pdf' });
    expect(await bench.channel.bring?.(attachment as Attachment)).toMatchObject({ kind: 'media' });
    expect(bench.asked).toEqual([file.content.downloadUrl]);
    expect(await bench.channel.bring?.({ kind: 'file' })).toEqual({ kind: 'refused', reason: 'not_there' });
  });

  test('is answered in a group by asking for a private message', async () => {
    await bench.post({ text: 'Alo', conversation: { id: '19:team', isGroup: true } });
    expect(bench.received).toEqual([]);
    expect(bench.service.posted.map(({ text }) => text)).toEqual(['Mình chỉ trả lời riêng ạ.']);
  });

  test.each([
    [{ type: 'conversationUpdate' }, 200],
    [{ type: 'typing' }, 200],
    [{ text: '', value: { other: 1 } }, 200],
    [{ text: 'no id', id: undefined }, 200],
  ])('changes nothing when it is no message: %j', async (activity, status) => {
    expect(await bench.post(activity)).toBe(status);
    expect(bench.received).toEqual([]);
  });
});

describe('what is sent', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
    await bench.meet('a:lan');
  });
  afterEach(() => bench.stop());

  test('goes to the conversation at its own service, with our token, as plain text', async () => {
    expect(await bench.send(HELLO)).toEqual({ result: 'accepted', channelMessageId: 'a-1' });
    expect(bench.service.posted[0]).toMatchObject({
      ...{ path: '/v3/conversations/a%3Alan/activities', textFormat: 'plain' },
      conversation: { id: 'a:lan' },
    });
    expect(bench.service.authorizations).toEqual(['Bearer our-token']);
  });

  test('says how long to wait when there is too much', async () => {
    bench.service.next({ status: 429, headers: { 'retry-after': '7' } });
    expect(await bench.send(HELLO)).toEqual({ result: 'wait', reason: 'rate_limited', afterMs: 7_000 });
  });

  test('waits for a token, and says at the desk what is wrong, until a message goes through', async () => {
    bench.state.hasToken = false;
    expect(await bench.send(HELLO)).toMatchObject({ result: 'wait', reason: 'token_refused' });
    expect(await bench.channel.adapter.trouble?.()).toBe('token_refused');
    bench.state.hasToken = true;
    await bench.send(HELLO);
    expect(await bench.channel.adapter.trouble?.()).toBeUndefined();
  });

  test('writes choices out when there are more than a card shows', async () => {
    const choices = Array.from({ length: 7 }, (_, n) => ({ label: `Kỳ ${n + 1}`, value: `k${n + 1}` }));
    await bench.send({ kind: 'choices', text: 'Anh chị xem kỳ nào ạ?', choices });
    expect(bench.service.posted[0]?.text).toContain('7. Kỳ 7');
    expect(bench.service.posted[0]?.['attachments']).toBeUndefined();
  });

  test('brings safety words through without the database, or says that it could not', async () => {
    const id = conversationId({ channel: 'botframework', account: APP_ID, customer: customerOf('msteams', 'a:lan') });
    await bench.channel.adapter.sendUnstored?.(id, [HELLO]);
    expect(bench.service.posted).toHaveLength(1);
    bench.service.next({ status: 502 });
    await expect(bench.channel.adapter.sendUnstored?.(id, [HELLO])).rejects.toThrow('safety words');
  });
});
