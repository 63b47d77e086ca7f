import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { SendOutcome } from '../../src/bot/channel-adapter.ts';
import type { InboundEvent, TrackedMessage } from '../../src/bot/message.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import {
  createZaloChannel,
  type ZaloChannel,
  type ZaloChannelDeps,
} from '../../src/integrations/channels/zalo/adapter.ts';
import type { ZaloStore } from '../../src/integrations/channels/zalo/store.ts';
import { eventMac } from '../../src/integrations/channels/zalo/verify.ts';
import { loadNoticeTemplates } from '../../src/integrations/notices/load-notice-templates.ts';
import { createAddressSeal } from '../../src/integrations/sealed-address.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteZaloStore } from '../../src/integrations/storage/sqlite/zalo-store.ts';

export const CREDENTIALS = {
  appId: '4100000000000000001',
  appSecret: 'SIM_APP_SECRET',
  oaSecretKey: 'SIM_OA_SECRET_KEY_0123456789',
  oaId: '3880000000000000004',
};
export const USER = '2460000000000000003';
export const TALK = `zalo:${CREDENTIALS.oaId}:${USER}`;
export const START = Date.UTC(2026, 10, 22, 2);

/** One call that the fake Zalo has seen. */
export interface SeenCall {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** The body, when it is JSON. */
  readonly json: Record<string, unknown>;
}

/** How the fake answers a call: JSON with HTTP 200, a status with a page, a lost connection, or never. */
export type FakeAnswer = object | { readonly page: number } | 'drop' | 'hang';

export interface FakeZalo {
  readonly url: string;
  readonly calls: SeenCall[];
  /** Bodies of the messages that were accepted, in order. */
  readonly sent: () => SeenCall[];
  /** Answers to the next calls of a path; when used up, all is well. */
  next(path: string, ...answers: FakeAnswer[]): void;
  /** Called when a path is asked, before the answer. */
  whenAsked(path: string, see: () => void): void;
  /** Called with each message before it is answered, with the id that it gets. */
  onSend: (call: SeenCall, messageId: string) => Promise<void> | void;
  /** The id of the message accepted last. */
  lastId(): string;
  stop(): Promise<void>;
}

/** A few paths of Zalo's servers that answer as they are told. */
export async function startFakeZalo(): Promise<FakeZalo> {
  const queued = new Map<string, FakeAnswer[]>();
  const watchers = new Map<string, () => void>();
  let ids = 0;
  let tokens = 0;
  const idOf = (n: number) => n.toString(16).padStart(20, 'a');
  const accepted: SeenCall[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    const path = (request.url ?? '').split('?')[0] ?? '';
    const isJson = request.headers['content-type'] === 'application/json';
    const call: SeenCall = { path, headers: request.headers, text, json: isJson ? JSON.parse(text) : {} };
    fake.calls.push(call);
    watchers.get(path)?.();
    const answer = queued.get(path)?.shift() ?? (await defaultAnswer(call));
    if (answer === 'hang') {
      return;
    }
    if (answer === 'drop') {
      request.socket.destroy();
      return;
    }
    const isPage = 'page' in answer;
    response.writeHead(isPage ? (answer.page as number) : 200, {
      'content-type': isPage ? 'text/html' : 'application/json',
    });
    response.end(isPage ? '<h1>Bad Gateway</h1>' : JSON.stringify(answer));
  });

  async function defaultAnswer(call: SeenCall): Promise<object> {
    if (call.path === '/v4/oa/access_token') {
      tokens += 1;
      return { access_token: `access-${tokens}`, refresh_token: `refresh-${tokens}`, expires_in: '90000' };
    }
    if (call.path === '/v2.0/oa/upload/file') {
      return { error: 0, message: 'Success', data: { token: `file-${fake.calls.length}` } };
    }
    if (call.path.startsWith('/v2.0/oa/upload')) {
      return { error: 0, message: 'Success', data: { attachment_id: `picture-${fake.calls.length}` } };
    }
    ids += 1;
    const messageId = idOf(ids);
    accepted.push(call);
    await fake.onSend(call, messageId);
    return { error: 0, message: 'Success', data: { message_id: messageId, user_id: USER, sent_time: String(START) } };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeZalo = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    sent: () => accepted,
    next: (path, ...answers) => void queued.set(path, [...(queued.get(path) ?? []), ...answers]),
    whenAsked: (path, see) => void watchers.set(path, see),
    onSend: () => {},
    lastId: () => idOf(ids),
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return fake;
}

export interface ZaloBench {
  readonly zalo: FakeZalo;
  readonly channel: ZaloChannel;
  readonly store: ZaloStore;
  readonly received: InboundEvent[];
  readonly receipts: string[];
  readonly log: string[];
  /** Conversations that want no notices. */
  readonly out: Set<string>;
  readonly time: { now: number };
  /** Posts an event as Zalo does, well signed, and returns the status. */
  post(event: object, options?: { signature?: string | null; raw?: string }): Promise<number>;
  get(path: string): Promise<{ status: number; location: string | undefined; text: string }>;
  say(reply: Reply, seq?: number): Promise<SendOutcome>;
  stop(): Promise<void>;
}

/** The channel over an in-memory database, in front of a fake Zalo, with a token that is good for a day. */
export async function startZaloBench(change: Partial<ZaloChannelDeps> = {}): Promise<ZaloBench> {
  const zalo = await startFakeZalo();
  const db = openDatabase({ path: ':memory:' });
  const store = createSqliteZaloStore(db);
  const time = { now: START };
  const received: InboundEvent[] = [];
  const receipts: string[] = [];
  const log: string[] = [];
  const out = new Set<string>();
  const write = (details: unknown, words?: string) =>
    void log.push(
      `${words ?? ''} ${JSON.stringify(details, (_, value) => (value instanceof Error ? value.stack : value))}`,
    );
  await store.tokens.add(CREDENTIALS.oaId, tokensOf(1, START));
  const channel = createZaloChannel({
    store,
    clock: { now: () => time.now },
    async receive(event) {
      received.push(event);
      return 'stored';
    },
    conversations: { isHandled: async (_, key) => received.some((event) => event.key === key) },
    deliveries: { receipt: async (id, seq, state) => void receipts.push(`${id}/${seq} ${state}`) },
    logger: { info: write, warn: write, error: write } as ZaloChannelDeps['logger'],
    credentials: CREDENTIALS,
    addresses: createAddressSeal('a key of the test that is long enough'),
    noticeTemplates: loadNoticeTemplates(),
    optOuts: {
      add: async (id) => void out.add(id),
      remove: async (id) => void out.delete(id),
      has: async (id) => out.has(id),
    },
    publicUrl: 'https://cskh.dienluc.example',
    fetchMedia: async () => ({ kind: 'refused', reason: 'not_there' }),
    ...change,
    settings: {
      oauthBase: zalo.url,
      openapiBase: zalo.url,
      businessBase: zalo.url,
      settleMs: 0,
      // Tests that want it look through the lists themselves.
      catchUpEveryMs: 0,
      echoSettleMs: 20,
      httpTimeoutMs: 2_000,
      ...change.settings,
    },
  });
  const app = Fastify();
  await channel.register(app);
  await app.ready();

  return {
    ...{ zalo, channel, store, received, receipts, log, out, time },
    async post(event, { signature, raw = JSON.stringify(event) } = {}) {
      const timestamp = String((event as { timestamp?: unknown }).timestamp ?? '');
      const good = `mac=${eventMac(Buffer.from(raw), { ...CREDENTIALS, timestamp })}`;
      const answer = await app.inject({
        method: 'POST',
        url: '/channels/zalo/webhook',
        headers: {
          'content-type': 'application/json',
          ...(signature !== null && { 'x-zevent-signature': signature ?? good }),
        },
        payload: raw,
      });
      return answer.statusCode;
    },
    async get(url) {
      const answer = await app.inject({ method: 'GET', url });
      return { status: answer.statusCode, location: answer.headers.location, text: answer.body };
    },
    say: (reply, seq = 1) =>
      channel.adapter.send({ message: outMessage(reply, seq), idempotencyKey: `${TALK}/${seq}` }),
    async stop() {
      channel.close();
      await app.close();
      await zalo.stop();
      await db.close();
    },
  };
}

export function tokensOf(generation: number, issuedAt: number) {
  return {
    generation,
    accessToken: `first-access-${generation}`,
    refreshToken: `first-refresh-${generation}`,
    issuedAt,
    expiresAt: issuedAt + 25 * 60 * 60_000,
  };
}

/** A message as the outbox hands it to the adapter. */
export function outMessage(reply: Reply, seq = 1, conversationId = TALK): TrackedMessage {
  return { seq, direction: 'out', author: 'bot', at: START, reply, epoch: 0, conversationId, version: 1 };
}

let messages = 0;

/** An event of the webhook about one message of the user; the fields of `message` on top. */
export function userEvent(name: string, message: object, more: object = {}): object {
  messages += 1;
  return {
    app_id: CREDENTIALS.appId,
    user_id_by_app: '5500000000000000002',
    event_name: name,
    timestamp: String(START + messages),
    sender: { id: USER },
    recipient: { id: CREDENTIALS.oaId },
    message: { msg_id: `m${messages}`, ...message },
    ...more,
  };
}

/** The echo of a message that the OA has sent. */
export function echoEvent(message: object, adminId?: string): object {
  const sender = { id: CREDENTIALS.oaId, ...(adminId !== undefined && { admin_id: adminId }) };
  return userEvent('oa_send_text', message, { sender, recipient: { id: USER } });
}

/** Waits until something holds; the test's own time limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
