import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AssembledBot, assembleBot } from '../../src/assemble-bot.ts';
import type { ChannelAdapter, OutgoingMessage, SendOutcome } from '../../src/bot/channel-adapter.ts';
import type { ConversationId, TrackedMessage } from '../../src/bot/message.ts';
import type { SmsGateway } from '../../src/bot/ports.ts';
import { loadDeskRules } from '../../src/integrations/agent-desk/load-desk-rules.ts';
import { loadStormRules } from '../../src/integrations/incidents/load-storm-rules.ts';
import { createLocalEvents } from '../../src/integrations/local-events.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { openSqliteStorage, type SqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import { createTrace } from '../../src/integrations/tracing/trace.ts';
import { type Content, loadContent } from '../../src/load-content.ts';
import { failingLog } from './failing-log.ts';

/** The whole bot with its real words and understanding, over a file in memory, on channels that only write down. */
export interface WholeBot {
  readonly bot: AssembledBot;
  readonly storage: SqliteStorage;
  readonly content: Content;
  readonly clock: { now(): number; advance(ms: number): void };
  /** A customer writes, or taps a button; resolves with what was sent to him since. */
  say(conversationId: ConversationId, said: string | { readonly choice: string }): Promise<readonly TrackedMessage[]>;
  /** Everything that any channel has shown, in order. */
  readonly sent: readonly TrackedMessage[];
  /** Everything sent to him, in order. */
  sentTo(conversationId: ConversationId): readonly TrackedMessage[];
  /** Every SMS that went out, in order. */
  readonly sms: readonly { readonly to: string; readonly text: string }[];
  /** Sweeps until nothing more happens. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const CHANNELS = ['web', 'zalo', 'telegram'];
/** Read once: it takes seconds, and nothing changes it. */
let loaded: Content | undefined;

export interface WholeBotOptions {
  /** What a channel does with a message before it shows it; an outcome instead of `undefined`: it is not shown. */
  readonly beforeShowing?: (outgoing: OutgoingMessage) => Promise<SendOutcome | undefined>;
  /** Channels that really send, beside those that only write down. */
  readonly adapters?: readonly ChannelAdapter[];
}

export function openWholeBot(startAt: number, { beforeShowing, adapters: real = [] }: WholeBotOptions = {}): WholeBot {
  let now = startAt;
  let count = 0;
  const clock = { now: () => now };
  loaded ??= loadContent({ cacheFolder: join(tmpdir(), 'lang-nghe-model') });
  const content = loaded;
  const storage = openSqliteStorage({ path: ':memory:', mediaFolder: tmpdir(), clock, ...content.utility });
  const sent: TrackedMessage[] = [];
  const sms: { readonly to: string; readonly text: string }[] = [];
  const gateway: SmsGateway = {
    async send({ to, text }) {
      sms.push({ to, text });
      return {};
    },
  };
  const adapters = CHANNELS.map((channel): [string, ChannelAdapter] => [
    channel,
    {
      channel,
      canRepeat: true,
      async send(outgoing) {
        const outcome = await beforeShowing?.(outgoing);
        if (outcome === undefined) {
          sent.push(outgoing.message);
        }
        return outcome ?? { result: 'accepted' };
      },
    },
  ]);
  const bot = assembleBot({
    ...{ storage, content, clock, log: failingLog, deskRules: loadDeskRules(), stormRules: loadStormRules() },
    ...{
      adapters: new Map([...adapters, ...real.map((one) => [one.channel, one] as const)]),
      bringers: new Map(),
      sms: gateway,
    },
    ...{ secretKey: 'a key of the test that is long enough', events: createLocalEvents(), trace: createTrace() },
    spool: { append: async () => Promise.reject(new Error('no spool')), drain: async () => {} },
    ids: createRandomIds(clock.now),
  });
  const sentTo = (id: ConversationId) => sent.filter(({ conversationId }) => conversationId === id);

  return {
    ...{ bot, storage, content, sent, sentTo, sms },
    clock: {
      now: clock.now,
      advance(ms) {
        now += ms;
      },
    },
    async say(conversationId, said) {
      count += 1;
      now += 1;
      const before = sentTo(conversationId).length;
      await bot.receive({
        ...{ key: `test/${count}`, conversationId, orderKey: now, receivedAt: now },
        content: { kind: 'customer_message', ...(typeof said === 'string' ? { text: said } : said) },
      });
      await bot.idle();
      return sentTo(conversationId).slice(before);
    },
    async settle() {
      for (let round = 0; round < 3; round += 1) {
        await bot.sweep();
        await bot.idle();
      }
    },
    close: () => storage.close(),
  };
}
