import Fastify, { type FastifyInstance } from 'fastify';
import type { SendOutcome } from '../../../src/bot/channel-adapter.ts';
import { conversationId } from '../../../src/bot/conversation.ts';
import type { InboundEvent, TrackedMessage } from '../../../src/bot/message.ts';
import type { Reply } from '../../../src/dialogs/reply.ts';
import {
  createTelegramChannel,
  type TelegramChannel,
  type TelegramChannelDeps,
} from '../../../src/integrations/channels/telegram/adapter.ts';
import { botIdOf } from '../../../src/integrations/channels/telegram/settings.ts';
import type { TelegramStore } from '../../../src/integrations/channels/telegram/store.ts';
import { WEBHOOK_PATH } from '../../../src/integrations/channels/telegram/webhook-routes.ts';
import { openDatabase } from '../../../src/integrations/storage/sqlite/database.ts';
import { createSqliteTelegramStore } from '../../../src/integrations/storage/sqlite/telegram-store.ts';
import { type FakeTelegram, startFakeTelegram } from './fake-telegram.ts';

export const SECRET = 'a-secret-of-the-webhook_01';
export const START = Date.UTC(2026, 10, 22, 2);

export interface TelegramBench {
  readonly telegram: FakeTelegram;
  readonly channel: TelegramChannel;
  readonly store: TelegramStore;
  readonly app: FastifyInstance;
  readonly botId: string;
  readonly received: InboundEvent[];
  readonly log: string[];
  readonly time: { now: number };
  /** How long `send` has waited for its pace, ms. */
  readonly waited: number[];
  /** While true the inbox can keep nothing. */
  broken: boolean;
  /** Posts an update to the webhook; without the secret when told so. */
  post(update: object, secret?: string | null): Promise<number>;
  say(reply: Reply, options?: SayOptions): Promise<SendOutcome>;
  talk(chat: number): string;
  stop(): Promise<void>;
}

export interface SayOptions {
  readonly chat?: number;
  readonly seq?: number;
  readonly isSafety?: boolean;
  readonly authorId?: string;
  readonly isOutdated?: () => Promise<boolean>;
}

/** The channel over an in-memory database, in front of a strict fake Telegram. Time stands still unless the pace asks for it. */
export async function startTelegramBench(change: Partial<TelegramChannelDeps> = {}): Promise<TelegramBench> {
  const telegram = await startFakeTelegram();
  const db = openDatabase({ path: ':memory:' });
  const store = createSqliteTelegramStore(db);
  const botId = botIdOf(telegram.token);
  const time = { now: START };
  const keys = new Set<string>();
  const write = (details: unknown, words?: string) =>
    void bench.log.push(
      `${words ?? ''} ${JSON.stringify(details, (_, value) => (value instanceof Error ? value.stack : value))}`,
    );
  const channel = createTelegramChannel({
    store,
    clock: { now: () => time.now },
    async receive(event) {
      if (bench.broken) {
        throw new Error('The disk is full.');
      }
      bench.received.push(event);
      const isNew = !keys.has(event.key);
      keys.add(event.key);
      return isNew ? 'stored' : 'repeat';
    },
    logger: { info: write, warn: write, error: write } as TelegramChannelDeps['logger'],
    token: telegram.token,
    inbound: { mode: 'webhook', publicUrl: 'https://cskh.dienluc.example/', secret: SECRET },
    async sleep(ms) {
      bench.waited.push(ms);
      time.now += ms;
    },
    openFile: async () => undefined,
    ...change,
    settings: { apiRoot: telegram.apiRoot, httpTimeoutMs: 5_000, pollSeconds: 5, idlePauseMs: 1, ...change.settings },
  });
  const app = Fastify();
  await channel.register(app);
  const bench: TelegramBench = {
    ...{ telegram, channel, store, app, botId, received: [], log: [], time, waited: [], broken: false },
    async post(update, secret = SECRET) {
      const headers = secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret };
      return (await app.inject({ method: 'POST', url: WEBHOOK_PATH, headers, payload: update })).statusCode;
    },
    talk: (chat) => conversationId({ channel: 'telegram', account: botId, customer: String(chat) }),
    say(reply, { chat = 5001, seq = 1, isSafety = false, authorId, isOutdated } = {}) {
      const said = outMessage(reply, bench.talk(chat), seq, isSafety);
      const message = { ...said, ...(authorId !== undefined && { authorId }) };
      const idempotencyKey = `${message.conversationId}/${seq}`;
      return channel.adapter.send({ message, idempotencyKey, ...(isOutdated && { isOutdated }) });
    },
    async stop() {
      await app.close();
      await channel.close();
      await telegram.stop();
      await db.close();
    },
  };
  return bench;
}

function outMessage(reply: Reply, talk: string, seq: number, isSafety: boolean): TrackedMessage {
  const head = { seq, direction: 'out', author: 'bot', at: START, epoch: 0, version: 1 } as const;
  return { ...head, reply, conversationId: talk, ...(isSafety && { isSafety }) };
}

let updates = 0;

/** A message in a private chat; the fields of the message on top. */
export function messageUpdate(fields: object, more: { chat?: number; updateId?: number } = {}): { update_id: number } {
  updates += 1;
  const { chat = 5001, updateId = 900_000_000 + updates } = more;
  const from = { id: chat, is_bot: false, first_name: 'Lan' };
  const at = { message_id: updates, date: START / 1_000, chat: { id: chat, type: 'private', first_name: 'Lan' }, from };
  return { update_id: updateId, ...{ message: { ...at, ...fields } } };
}
