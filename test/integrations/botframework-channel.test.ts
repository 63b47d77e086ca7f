import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import sharp from 'sharp';
import type { SendOutcome } from '../../src/bot/channel-adapter.ts';
import { conversationId } from '../../src/bot/conversation.ts';
import type { Attachment, InboundEvent } from '../../src/bot/message.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import { createBotFrameworkChannel, MESSAGES_PATH } from '../../src/integrations/channels/botframework/adapter.ts';
import { createAuthentication } from '../../src/integrations/channels/botframework/authentication.ts';
import { createBringFile, headersFor } from '../../src/integrations/channels/botframework/bring-file.ts';
import { customerOf } from '../../src/integrations/channels/botframework/parse.ts';
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
import { SAMPLE_CHART } from '../support/sample-chart.ts';

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
    async send(reply: Reply, customer = 'a:lan', channelId = 'msteams'): Promise<SendOutcome> {
      const id = conversationId({
        channel: 'botframework',
        account: APP_ID,
        customer: customerOf(channelId, customer),
      });
      state.seq += 1;
      return channel.adapter.send({
        message: {
          ...{ seq: state.seq, direction: 'out', author: 'bot', at: 0, reply, epoch: 0, version: 1 },
          conversationId: id,
        },
        idempotencyKey: `${id}/${state.seq}`,
      });
    },
    /** The service knows the customer, and we know the way back. */
    async meet(customer: string, serviceUrl = service.url, channelId = 'msteams') {
      const reference = { serviceUrl, channelId, conversationId: customer, botId: BOT, userId: '29:x' };
      await references.put(customerOf(channelId, customer), reference, 0);
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

interface ShownActivity {
  readonly text: string;
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly contentUrl?: string;
    readonly content?: { readonly buttons?: readonly { readonly title: string; readonly value: unknown }[] };
  }[];
}

const shownBy = (service: BotFrameworkService) => service.posted as unknown as readonly ShownActivity[];

/** What a client shows: words and buttons. */
function wordsOn(service: BotFrameworkService): string {
  return shownBy(service)
    .flatMap(({ text, attachments = [] }) => [
      text,
      ...attachments.flatMap(({ content }) => content?.buttons ?? []).map(({ title }) => title),
    ])
    .join('\n');
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

  test('brings a picture that was pasted with our token, which goes to nobody that the service leads on to', async () => {
    const { service } = bench;
    const elsewhere = await startBotFrameworkService();
    const { host } = new URL(service.url);
    const bring = createBringFile({
      token: async () => 'our-token',
      serviceHosts: [host],
      source: { hosts: [], trusted: [host, new URL(elsewhere.url).host] },
    });
    const path = '/v3/attachments/0-pasted/views/original';
    expect(await bring(`${service.url}${path}`)).toMatchObject({ kind: 'media', media: { mime: 'application/pdf' } });
    service.leadOnTo(`${elsewhere.url}${path}`);
    expect(await bring(`${service.url}${path}`)).toEqual({ kind: 'refused', reason: 'not_there' });
    expect([service.authorizations, elsewhere.authorizations]).toEqual([
      ['Bearer our-token', 'Bearer our-token'],
      [undefined],
    ]);
    await elsewhere.stop();
    const withoutToken = createBringFile({
      token: () => Promise.reject(new Error('no token')),
      serviceHosts: [host],
      source: { hosts: [], trusted: [host] },
    });
    expect(await withoutToken(`${service.url}${path}`)).toMatchObject({ kind: 'failed' });
  });

  test.each([
    ['https://smba.trafficmanager.net/apac/v3/attachments/0-x/views/original', 'Bearer our-token'],
    ['https://evil.trafficmanager.net/v3/attachments/0-x/views/original', undefined],
    ['https://botframework.com.evil.example/v3/attachments/0-x', undefined],
  ])('%s is asked with our token: %s', async (url, authorization) => {
    const headers = await headersFor(new URL(url), async () => 'our-token');
    expect(headers).toEqual(authorization === undefined ? {} : { authorization });
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

  test('keeps lines apart where a single line end is shown as a blank', async () => {
    await bench.send({ kind: 'text', text: 'Kỳ này: 250 kWh\nTổng tiền: 612.345 đ\n\nCảm ơn anh chị.' });
    expect(bench.service.posted[0]?.text).toBe('Kỳ này: 250 kWh\n\nTổng tiền: 612.345 đ\n\nCảm ơn anh chị.');
    await bench.meet('other', bench.service.url, 'webchat');
    await bench.send({ kind: 'text', text: 'một\nhai' }, 'other', 'webchat');
    expect(bench.service.posted[1]?.text).toBe('một\nhai');
  });

  test('takes as many messages as a long text needs, the buttons under the last one', async () => {
    const text = 'Điện lực đã kiểm tra đường dây tại khu vực của anh chị.\n'.repeat(400);
    await bench.send({ kind: 'choices', text, choices: [{ label: 'Dạ được', value: 'yes' }] });
    const posted = shownBy(bench.service);
    expect(posted.map(({ attachments = [] }) => attachments.length)).toEqual([0, 0, 1]);
    expect(posted.map((one) => one.text.match(/Điện lực/g)?.length).reduce((all = 0, one = 0) => all + one)).toBe(400);
  });

  test('comes smaller when the service finds it too large, and is given up when that is too large as well', async () => {
    const text = 'Điện lực đã kiểm tra đường dây.\n'.repeat(200);
    bench.service.next({ status: 413 });
    expect(await bench.send({ kind: 'text', text })).toMatchObject({ result: 'accepted' });
    expect(bench.service.posted).toHaveLength(3);
    bench.service.next({ status: 413 });
    bench.service.next({ status: 413 });
    expect(await bench.send(HELLO)).toEqual({ result: 'refused', reason: 'message_too_large' });
  });

  test('is never begun again when a later part of it did not go through', async () => {
    bench.service.next({ status: 201 });
    bench.service.next({ status: 429 });
    const text = 'Điện lực đã kiểm tra đường dây.\n'.repeat(400);
    expect(await bench.send({ kind: 'text', text })).toEqual({ result: 'unknown', reason: 'partly_sent' });
  });

  test('shows a file as an address on a button, and a picture with its own type', async () => {
    const url = 'https://dienluc.example/documents/x.pdf';
    await bench.send({ kind: 'file', url, name: 'Bảng kê.pdf', text: 'Đây là bảng kê ạ.' });
    await bench.send({ kind: 'image', url: 'https://dienluc.example/files/a.jpg', alt: 'Công tơ' });
    const [file, picture] = shownBy(bench.service);
    expect(file?.attachments?.[0]?.content?.buttons).toEqual([{ type: 'openUrl', title: 'Bảng kê.pdf', value: url }]);
    expect(picture?.attachments).toEqual([
      { contentType: 'image/jpeg', contentUrl: 'https://dienluc.example/files/a.jpg', name: 'Công tơ' },
    ]);
  });

  test('shows a chart no larger than Teams shows pictures', async () => {
    await bench.send(SAMPLE_CHART);
    const [, png = ''] = shownBy(bench.service)[0]?.attachments?.[0]?.contentUrl?.split('base64,') ?? [];
    const { width, height } = await sharp(Buffer.from(png, 'base64')).metadata();
    expect([width, height].filter((side) => side > 1_024)).toEqual([]);
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
