import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { assembleBot } from '../../src/assemble-bot.ts';
import type { ChannelAdapter } from '../../src/bot/channel-adapter.ts';
import { conversationId } from '../../src/bot/conversation.ts';
import type { Citation } from '../../src/bot/message.ts';
import type { Clock } from '../../src/bot/ports.ts';
import { type Reply, toPlainText } from '../../src/dialogs/reply.ts';
import { loadDeskRules } from '../../src/integrations/agent-desk/load-desk-rules.ts';
import { createSmsChannel } from '../../src/integrations/channels/sms/adapter.ts';
import { DEMO_HINTS, seedDemoData } from '../../src/integrations/demo/seed-demo-data.ts';
import { loadStormRules } from '../../src/integrations/incidents/load-storm-rules.ts';
import { createLocalEvents } from '../../src/integrations/local-events.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { importRecords } from '../../src/integrations/records-import/import-records.ts';
import { createAddressSeal } from '../../src/integrations/sealed-address.ts';
import { readSmsFit } from '../../src/integrations/sms/fit-settings.ts';
import { openSqliteStorage, type SqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import { type Content, loadContent } from '../../src/load-content.ts';
import type { Entity } from '../../src/nlu/understanding.ts';
import { type ChatChannel, renderForChannel } from './render-for-channel.ts';

export type ChatReply = Reply & {
  readonly text: string;
  /** The reply where a channel shows no buttons. */
  readonly plainText: string;
  /** The calls that the channel would make. */
  readonly rendered: readonly object[];
};

/** One round of a conversation in the terminal. */
export interface ChatTurn {
  readonly said: string;
  readonly replies: readonly ChatReply[];
  readonly intent: string;
  readonly confidence: number;
  readonly entities: readonly Entity[];
  /** Where the conversation stands after the turn; null outside any dialog. */
  readonly dialog: string | null;
  readonly holder: string;
  readonly sms: readonly { readonly to: string; readonly text: string }[];
  /** The records and content that the figures come from. */
  readonly provenance: readonly Citation[];
}

export interface Chat {
  readonly hints: readonly { readonly code: string; readonly note: string }[];
  say(line: string): Promise<ChatTurn>;
  close(): Promise<void>;
}

export interface ChatOptions {
  /** UTC ms at which the conversation begins; time goes on from there. */
  readonly startAt: number;
  readonly channel: ChatChannel;
  /** Import files to use instead of the demo data. */
  readonly dataFolder?: string;
}

const STANDARD_ERROR = 2;
const SECRET_KEY = 'terminal only: nothing outlives this process';

/** The whole bot over an in-memory database, with one customer who sits at a terminal. */
export async function createChat({ startAt, channel, dataFolder }: ChatOptions): Promise<Chat> {
  const startedAt = performance.now();
  const clock: Clock = { now: () => Math.floor(startAt + performance.now() - startedAt) };
  const content = loadContent({ cacheFolder: join(tmpdir(), 'lang-nghe-model') });
  const storage = openSqliteStorage({ path: ':memory:', mediaFolder: tmpdir(), clock, ...content.utility });
  await fill(storage, { dataFolder, now: startAt, content });
  const id = conversationId({ channel, account: 'chat', customer: 'terminal' });
  const outgoing: ChatReply[] = [];
  const provenance: Citation[] = [];
  const sms: { to: string; text: string }[] = [];
  const adapter: ChannelAdapter = {
    channel,
    canRepeat: true,
    handsOverFiles: channel === 'zalo' || channel === 'telegram',
    async send({ message }) {
      if (message.reply !== undefined) {
        outgoing.push({
          ...message.reply,
          text: wordsOf(message.reply),
          plainText: toPlainText(message.reply),
          rendered: await renderForChannel(channel, message),
        });
      }
      // Each reply with a figure says where it comes from; together they are told once.
      const isNew = ({ id, version }: Citation) => !provenance.some((one) => one.id === id && one.version === version);
      provenance.push(...(message.provenance ?? []).filter(isNew));
      return { result: 'accepted' };
    },
  };
  const phone = {
    async send({ to, text }: { readonly to: string; readonly text: string }) {
      sms.push({ to, text });
      return {};
    },
  };
  // Standard output is the conversation's.
  const log = pino({ level: 'error' }, pino.destination({ dest: STANDARD_ERROR, sync: true }));
  const notices = createSmsChannel({
    ...{ sms: phone, addresses: createAddressSeal(SECRET_KEY), clock, log, fit: readSmsFit({}), dropsRepeats: true },
    ...{ optOuts: storage.optOuts, deliveries: storage.deliveries, optOutText: '', optOutWord: 'TC' },
    ...{ callbackKey: undefined, receipts: { keyPath: '', statePath: '', delivered: [] } },
    inbound: { fromPath: '', textPath: '' },
  });
  const bot = assembleBot({
    deskRules: loadDeskRules(),
    stormRules: loadStormRules(),
    ...{ storage, content, clock },
    adapters: new Map<string, ChannelAdapter>([
      [channel, adapter],
      ['sms', notices.adapter],
    ]),
    bringers: new Map(),
    sms: phone,
    secretKey: SECRET_KEY,
    events: createLocalEvents(),
    spool: { append: async () => Promise.reject(new Error('The terminal has no spool.')), drain: async () => {} },
    ids: createRandomIds(clock.now),
    log,
  });
  let count = 0;

  return {
    hints: dataFolder === undefined ? DEMO_HINTS : [],
    async say(said) {
      count += 1;
      outgoing.length = 0;
      provenance.length = 0;
      sms.length = 0;
      const now = clock.now();
      const before = (await storage.conversations.head(id))?.state.dialogs;
      const expects = before === undefined ? [] : content.engine.expects(before, now);
      const understanding = content.understand(said, { now, expects });
      await bot.receive({
        key: `${channel}/chat/${count}`,
        conversationId: id,
        orderKey: count,
        receivedAt: now,
        content: { kind: 'customer_message', text: said },
      });
      await bot.idle();
      const state = (await storage.conversations.head(id))?.state;
      return {
        said,
        replies: [...outgoing],
        intent: understanding.intent,
        confidence: understanding.confidence,
        entities: understanding.entities,
        dialog: state?.dialogs.stack.at(-1)?.dialog ?? null,
        holder: state?.holder ?? 'bot',
        sms: [...sms],
        provenance: [...provenance],
      };
    },
    close: () => storage.close(),
  };
}

/** What a reply says, without its buttons: those stand beside it. */
function wordsOf(reply: Reply): string {
  return toPlainText(reply.kind === 'choices' || reply.kind === 'card' ? { ...reply, choices: [], links: [] } : reply);
}

async function fill(
  storage: SqliteStorage,
  { dataFolder, now, content }: { dataFolder: string | undefined; now: number; content: Content },
): Promise<void> {
  if (dataFolder === undefined) {
    await seedDemoData({ ...storage, now, tariffs: content.tariffs });
    return;
  }
  const files = readdirSync(dataFolder)
    .filter((name) => /\.(jsonl|csv)$/.test(name) && !name.endsWith('.rejected.jsonl'))
    .map((name) => join(dataFolder, name));
  if (files.length === 0) {
    throw new Error(`There is no .jsonl or .csv file in ${dataFolder}: see docs/data-format.md.`);
  }
  await importRecords({ ...storage, files });
}
