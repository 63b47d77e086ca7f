import { afterEach, describe, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { createZaloSimulator, type ZaloSimulatorOptions } from '../../simulators/zalo/create-zalo-simulator.ts';
import type { ChannelAdapter } from '../../src/bot/channel-adapter.ts';
import type { DeliveryState } from '../../src/bot/message.ts';
import { windowState } from '../../src/bot/reply-window.ts';
import { createZaloChannel, type ZaloChannelDeps } from '../../src/integrations/channels/zalo/adapter.ts';
import { createFetchMedia } from '../../src/integrations/media/fetch-media.ts';
import { loadNoticeTemplates } from '../../src/integrations/notices/load-notice-templates.ts';
import { createAddressSeal } from '../../src/integrations/sealed-address.ts';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import { createSqliteOptOuts } from '../../src/integrations/storage/sqlite/opt-outs.ts';
import { createSqliteZaloStore } from '../../src/integrations/storage/sqlite/zalo-store.ts';
import { buildBot } from '../support/build-bot.ts';
import { noisyPicture } from '../support/pictures.ts';
import { CREDENTIALS, outMessage, START, until } from '../support/zalo-bench.ts';

const HOUR = 3_600_000;
const MEGABYTE = 1024 * 1024;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) {
    await close();
  }
});

/** A whole bot behind the channel, over real HTTP in front of the simulator, whose clock all of them share. */
async function startStage(change: ZaloSimulatorOptions = {}, more: Partial<ZaloChannelDeps> = {}) {
  const simulator = createZaloSimulator({
    events: 'chatbot',
    startTime: START,
    ...change,
    settings: { receipts: { received: { delayMs: [0, 0] }, seen: { probability: 0 } }, ...change.settings },
  });
  const { control, clock } = simulator;
  const url = await simulator.listen();
  const adapters = new Map<string, ChannelAdapter>();
  const bench = buildBot(() => ({ adapters, clock: { now: () => clock.now() } }));
  const store = createSqliteZaloStore(bench.db);
  const log: string[] = [];
  const write = (_: unknown, words?: string) => void log.push(words ?? '');
  const channel = createZaloChannel({
    store,
    receive: bench.bot.receive,
    conversations: bench.deps.store,
    deliveries: bench.deps.deliveries,
    clock: bench.deps.clock,
    logger: { info: write, warn: write, error: write } as ZaloChannelDeps['logger'],
    credentials: CREDENTIALS,
    addresses: createAddressSeal('a key of the test that is long enough'),
    noticeTemplates: loadNoticeTemplates(),
    optOuts: createSqliteOptOuts(bench.db, bench.deps.clock),
    publicUrl: 'http://127.0.0.1',
    fetchMedia: createFetchMedia({ source: { hosts: [], trusted: [new URL(url).host] } }),
    ...more,
    settings: {
      oauthBase: `${url}/oauth`,
      openapiBase: `${url}/openapi`,
      businessBase: `${url}/business`,
      templateIds: { ticket_state: '7895418' },
      settleMs: 0,
      echoSettleMs: 200,
      catchUpEveryMs: 0,
      httpTimeoutMs: 1_000,
      ...more.settings,
    },
  });
  adapters.set('zalo', channel.adapter);
  const app = Fastify();
  await channel.register(app);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  closers.push(async () => {
    channel.close();
    await simulator.close();
    await app.close();
    await bench.bot.idle();
    await bench.close();
  });
  const saved = await control.saveWebhook(`${address}/channels/zalo/webhook`);
  const { accessToken, refreshToken } = control.issueTokens();
  const expiresAt = clock.now() + 25 * HOUR;
  await store.tokens.add(CREDENTIALS.oaId, {
    ...{ generation: 1, accessToken, refreshToken, issuedAt: clock.now(), expiresAt },
  });
  const user = control.createUser({ name: 'Hoa' });
  const talk = `zalo:${CREDENTIALS.oaId}:${user.id}`;
  /** The chat as the phone shows it. */
  const phone = () => control.transcript(user.id).map(({ author, text }) => `${author}: ${text ?? ''}`);
  const shows = (words: string) => until(() => phone().some((line) => line.includes(words)));
  /** Waits for a state of the first answer. */
  async function becomes(state: DeliveryState): Promise<void> {
    const views = createSqliteConversationViews(bench.db);
    while ((await views.messages(talk, 0, 2))[1]?.delivery !== state) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  /** Until so many echoes have come in, and what follows from them is done. */
  async function echoes(count: number): Promise<void> {
    await until(() => channel.counts().get('echo') === count);
    await quiet();
  }
  async function quiet(): Promise<void> {
    await clock.settle();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await bench.bot.idle();
  }
  const callsOf = (path: string) => control.world().calls.filter((call) => call.path === path);
  return {
    simulator,
    control,
    clock,
    bench,
    store,
    channel,
    app,
    saved,
    user,
    talk,
    phone,
    shows,
    becomes,
    echoes,
    quiet,
    callsOf,
    log,
  };
}

const hasNotice = ({ kind, text }: { readonly kind: string; readonly text?: string | undefined }) =>
  kind === 'template' && text === 'Yêu cầu SC1 của quý khách đã chuyển sang trạng thái: Đã xong.';

const CS = '/v3.0/oa/message/cs';
const TOKEN = '/v4/oa/access_token';

describe('the channel against the simulator', () => {
  test('a customer writes and is answered; the receipt reaches the ledger', async () => {
    const stage = await startStage();
    expect(stage.saved).toEqual({ isSaved: true, probes: [200, 200] });
    stage.control.say(stage.user.id, 'Tiền điện tháng này');
    await stage.becomes('delivered');
    expect(stage.phone()).toEqual(['user: Tiền điện tháng này', 'api: đáp: Tiền điện tháng này']);
  });

  test('a photo, a voice note and a paper are brought from where Zalo keeps them', async () => {
    const stage = await startStage();
    const { control, user, bench, channel } = stage;
    const sent = async (send: (id: string) => unknown) => {
      const before = (await bench.deps.store.head(stage.talk))?.version ?? 0;
      send(user.id);
      let head = await bench.deps.store.head(stage.talk);
      while ((head?.version ?? 0) === before) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        head = await bench.deps.store.head(stage.talk);
      }
      const [attachment] = head?.messages[0]?.content?.attachments ?? [];
      return attachment === undefined ? undefined : channel.bring(attachment);
    };
    expect(await sent(control.image)).toMatchObject({ kind: 'media', media: { mime: 'image/jpeg' } });
    expect(await sent(control.audio)).toMatchObject({ kind: 'media', media: { extension: 'amr' } });
    expect(await sent(control.file)).toMatchObject({ kind: 'media', media: { mime: 'application/pdf' } });
  });

  test('ten sends at once with a token near its end make one refresh, and none is lost', async () => {
    const stage = await startStage();
    stage.control.say(stage.user.id, 'Alo');
    await stage.shows('đáp: Alo');
    await stage.clock.advance(20.5 * HOUR);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        stage.channel.adapter.send({
          message: outMessage({ kind: 'text', text: `tin ${index}` }, 100 + index, stage.talk),
          idempotencyKey: `k${index}`,
        }),
      ),
    );
    expect(outcomes.map(({ result }) => result)).toEqual(Array(10).fill('accepted'));
    expect(stage.callsOf(TOKEN)).toHaveLength(1);
  });

  test('a refresh answer lost after the rotation ends in "needs consent"; the message stays in the queue', async () => {
    const stage = await startStage({ faults: { dropRefreshAnswer: 1 } });
    stage.control.expireTokens();
    stage.control.say(stage.user.id, 'Alo');
    await until(() => stage.channel.counts().has('alarm_needs_consent'));
    await stage.quiet();
    const [, answer] = await createSqliteConversationViews(stage.bench.db).messages(stage.talk, 0, 10);
    expect([answer?.delivery, stage.callsOf(TOKEN).length]).toEqual(['queued', 2]);
    // Longer than twelve tries would last.
    for (let hour = 0; hour < 20; hour += 1) {
      await stage.clock.advance(HOUR);
      await stage.bench.bot.sweep();
      await stage.bench.bot.idle();
    }
    expect(await stage.channel.adapter.trouble?.()).toBe('needs_consent');
    // Somebody consents, and what waited goes out.
    stage.control.saveCallback('http://127.0.0.1/channels/zalo/callback');
    const toZalo = await fetch(await stage.channel.connectUrl(), { redirect: 'manual' });
    const back = new URL(toZalo.headers.get('location') ?? '');
    expect((await stage.app.inject({ method: 'GET', url: back.pathname + back.search })).statusCode).toBe(200);
    expect(await stage.channel.adapter.trouble?.()).toBeUndefined();
    await stage.clock.advance(5 * 60_000);
    await stage.bench.bot.sweep();
    await stage.shows('đáp: Alo');
  });

  test('an event that comes many times, also side by side, is answered once', async () => {
    const stage = await startStage({
      faults: { duplicate: 1, duplicateParallel: 1, unknownEvent: 1, badSignature: 1 },
    });
    stage.control.say(stage.user.id, 'Alo');
    await stage.shows('đáp: Alo');
    await stage.clock.advance(60_000);
    await stage.quiet();
    expect(stage.phone()).toEqual(['user: Alo', 'api: đáp: Alo']);
    expect(stage.channel.counts().get('bad_signature')).toBeGreaterThan(1);
  });

  test('messages that overtake each other are handled in the order in which they were written', async () => {
    const faults = { reorder: { windowMs: 250, p: 0.7 }, seed: 4 };
    const stage = await startStage({ faults }, { settings: { settleMs: 400 } });
    for (const text of ['một', 'hai', 'ba', 'bốn']) {
      stage.control.say(stage.user.id, text);
    }
    await until(() => stage.phone().filter((line) => line.startsWith('api')).length === 4);
    const answers = stage.phone().filter((line) => line.startsWith('api'));
    expect(answers).toEqual(['một', 'hai', 'ba', 'bốn'].map((text) => `api: đáp: ${text}`));
  });

  test('an echo before the answer to the send is no human; a human in Zalo’s tool silences the bot', async () => {
    const stage = await startStage({ settings: { echo: { order: 'before' } } });
    stage.control.say(stage.user.id, 'Alo');
    await stage.shows('đáp: Alo');
    await stage.echoes(1);
    expect((await stage.bench.deps.store.head(stage.talk))?.state.holder).toBe('bot');
    stage.control.adminReply(stage.user.id, 'Em là Lan ạ');
    await stage.echoes(2);
    stage.control.say(stage.user.id, 'Chào Lan');
    await until(() => stage.channel.counts().get('customer') === 2);
    stage.control.autoReply(stage.user.id, 'OA sẽ trả lời sớm');
    await stage.echoes(3);
    while ((await stage.bench.transcript(stage.talk)).length < 5) {
      await stage.quiet();
    }
    expect(stage.phone().filter((line) => line.startsWith('api'))).toEqual(['api: đáp: Alo']);
    expect((await stage.bench.transcript(stage.talk)).slice(2)).toEqual([
      'agent: Em là Lan ạ',
      'customer: Chào Lan',
      'system: OA sẽ trả lời sớm',
    ]);
  });

  test('a send after the window has closed fails once and says why', async () => {
    const stage = await startStage();
    stage.control.say(stage.user.id, 'Alo');
    await stage.shows('đáp: Alo');
    const send = (seq: number) =>
      stage.channel.adapter.send({
        message: outMessage({ kind: 'text', text: `tin ${seq}` }, seq, stage.talk),
        idempotencyKey: `k${seq}`,
      });
    const stateOfWindow = async () => {
      const window = await stage.channel.adapter.window?.(stage.talk);
      return window && windowState(window, stage.clock.now());
    };
    await stage.clock.advance(167 * HOUR);
    expect((await send(101)).result).toBe('accepted');
    expect(await stateOfWindow()).toBe('charged');
    await stage.clock.advance(2 * HOUR);
    const before = stage.callsOf(CS).length;
    expect(await send(102)).toEqual({ result: 'refused', reason: 'window_closed' });
    expect([stage.callsOf(CS).length - before, await stateOfWindow()]).toEqual([1, 'closed']);
  });

  test('a notice reaches a closed conversation and a phone as a template, and the ledger learns of its arrival', async () => {
    const stage = await startStage();
    const { control, bench, talk } = stage;
    control.say(stage.user.id, 'Alo');
    await stage.becomes('delivered');
    await stage.clock.advance(8 * 24 * HOUR);
    const other = control.createUser({ name: 'Tâm', phone: '84900000002' });
    const byPhone = stage.channel.adapter.conversationWith?.('0900000002') ?? '';
    const reply = loadNoticeTemplates().reply({ name: 'ticket_state', values: { ticket: 'SC1', state: 'Đã xong' } });
    const views = createSqliteConversationViews(bench.db);
    for (const conversationId of [talk, byPhone]) {
      const now = stage.clock.now();
      const content = { kind: 'notice', replies: [reply] } as const;
      await bench.bot.receive({
        key: `notice/${conversationId}`,
        conversationId,
        orderKey: now,
        receivedAt: now,
        content,
      });
      await until(() => control.transcript(conversationId === talk ? stage.user.id : other.id).some(hasNotice));
      await stage.clock.advance(HOUR / 60);
      while ((await views.messages(conversationId, 0, 9)).at(-1)?.delivery !== 'delivered') {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  });

  test('a tap on a button comes back as its choice', async () => {
    const stage = await startStage();
    stage.control.say(stage.user.id, 'Alo');
    await stage.shows('đáp: Alo');
    const choices = [
      { label: 'Có', value: 'yes' },
      { label: 'Không', value: 'no' },
    ];
    const message = outMessage({ kind: 'choices', text: 'Đúng không ạ?', choices }, 50, stage.talk);
    const sent = await stage.channel.adapter.send({ message, idempotencyKey: 'k' });
    stage.control.tap(stage.user.id, sent.result === 'accepted' ? (sent.channelMessageId ?? '') : '', 1);
    await stage.shows('đáp: no');
    expect((await stage.bench.transcript(stage.talk)).at(-2)).toBe('customer: Không');
  });

  test('a send whose answer is lost is settled by its echo and receipt, and nothing is sent twice', async () => {
    const stage = await startStage({ faults: { dropFirstAnswer: 1 } });
    stage.control.say(stage.user.id, 'Alo');
    await stage.becomes('delivered');
    expect(stage.phone()).toEqual(['user: Alo', 'api: đáp: Alo']);
  });

  test('pictures, stickers, places, files, cards and shared details arrive', async () => {
    const stage = await startStage();
    const { control, user } = stage;
    control.image(user.id);
    control.gif(user.id);
    control.sticker(user.id);
    control.location(user.id, 10.535, 106.413);
    control.card(user.id, { name: 'An', phone: '84912345678' });
    for (const shape of ['current', 'older'] as const) {
      control.set({ webhook: { submitInfoShape: shape } });
      control.submitInfo(user.id, { name: 'Hoa', phone: '84987654321', address: '12 Nguyễn Huệ', city: 'Tây Ninh' });
    }
    await until(() => stage.channel.counts().get('customer') === 7);
    await stage.quiet();
    const messages = await createSqliteConversationViews(stage.bench.db).messages(stage.talk, 0, 100);
    const heard = messages.flatMap(({ content }) => (content === undefined ? [] : [content]));
    expect(heard.map(({ text, attachments }) => text ?? attachments?.[0]?.kind)).toEqual(
      expect.arrayContaining(['image', 'sticker', 'location', 'contact', 'Hoa, 0987654321, 12 Nguyễn Huệ, Tây Ninh']),
    );
    expect(heard).toHaveLength(7);
    expect(heard.flatMap(({ attachments = [] }) => attachments)).toContainEqual({
      kind: 'location',
      latitude: 10.535,
      longitude: 106.413,
    });
    expect([stage.channel.counts().get('malformed'), stage.channel.counts().get('unknown')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('scenario 10, pictures: one of 1.4 MB goes up smaller; 8 days later it goes up again, as its id is dead', async () => {
    const bytes = await noisyPicture(800);
    expect(bytes.length).toBeGreaterThan(1.4 * MEGABYTE);
    const media = { bytes, mime: 'image/png', extension: 'png' };
    const stage = await startStage({}, { fetchMedia: async () => ({ kind: 'media', media }) });
    stage.control.say(stage.user.id, 'Alo');
    await stage.shows('đáp: Alo');
    const send = (seq: number) =>
      stage.channel.adapter.send({
        message: outMessage({ kind: 'image', url: 'https://cskh.example/so-do.png', alt: 'Sơ đồ' }, seq, stage.talk),
        idempotencyKey: `k${seq}`,
      });
    expect([(await send(101)).result, (await send(102)).result]).toEqual(['accepted', 'accepted']);
    const uploads = () => [...stage.control.world().uploads.values()];
    expect(uploads()).toHaveLength(1);
    expect(uploads()[0]?.size).toBeLessThanOrEqual(MEGABYTE);
    await stage.clock.advance(8 * 24 * HOUR);
    stage.control.say(stage.user.id, 'Còn ai không');
    await stage.shows('đáp: Còn ai không');
    expect((await send(103)).result).toBe('accepted');
    expect([uploads().length, stage.callsOf(CS).filter(({ error }) => error !== 0)]).toEqual([2, []]);
    expect(stage.control.transcript(stage.user.id).filter(({ kind }) => kind === 'image')).toHaveLength(3);
  });

  test('a long answer in NFD arrives in NFC, in parts and in order', async () => {
    const stage = await startStage();
    stage.control.say(stage.user.id, 'Alo');
    await stage.shows('đáp: Alo');
    const text = 'Thông báo tiền điện kỳ 11/2026. '.repeat(90).trim();
    const message = outMessage({ kind: 'text', text: text.normalize('NFD') }, 60, stage.talk);
    expect((await stage.channel.adapter.send({ message, idempotencyKey: 'k' })).result).toBe('accepted');
    const parts = stage.control
      .transcript(stage.user.id)
      .slice(2)
      .map((one) => one.text);
    expect([parts.length, parts.join(' ')]).toEqual([2, text]);
  });
});
