import type { ChannelAdapter, OutgoingMessage, SendOutcome } from '../../src/bot/channel-adapter.ts';
import { type Bot, type BotDeps, createBot } from '../../src/bot/create-bot.ts';
import type { InboundEvent } from '../../src/bot/message.ts';
import { plainTextOf } from '../../src/bot/summary.ts';
import { createLocalEvents } from '../../src/integrations/local-events.ts';
import { createSqliteAgentSlots } from '../../src/integrations/storage/sqlite/agent-slots.ts';
import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import { openDatabase, type SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteDeliveryLedger } from '../../src/integrations/storage/sqlite/delivery-ledger.ts';
import { createSqliteEventInbox } from '../../src/integrations/storage/sqlite/event-inbox.ts';
import { createSqliteWorkLedger } from '../../src/integrations/storage/sqlite/work-ledger.ts';
import { createFakeEngine, fakeUnderstand } from './fake-engine.ts';
import { noEffects } from './no-effects.ts';

export interface TestBot {
  readonly bot: Bot;
  readonly db: SqliteDatabase;
  readonly deps: BotDeps;
  readonly clock: { now(): number; advance(ms: number): void };
  /** Texts that the channel was asked to send, in order, with their conversation. */
  readonly sent: { readonly conversationId: string; readonly text: string; readonly author: string }[];
  readonly errors: string[];
  /** What the channel answers next; `accepted` when empty. */
  readonly answers: SendOutcome[];
  /** Receives a customer's message as a channel would. */
  hear(conversationId: string, text: string, change?: Partial<InboundEvent>): Promise<'stored' | 'repeat' | 'spooled'>;
  transcript(conversationId: string): Promise<string[]>;
  close(): Promise<void>;
}

let events = 0;

/** A whole bot over an in-memory database, with a clock that a test moves and a channel that records. */
export function buildBot(
  change: (deps: BotDeps) => Partial<BotDeps> = () => ({}),
  db = openDatabase({ path: ':memory:' }),
): TestBot {
  let now = Date.UTC(2026, 10, 22, 2);
  let ids = 0;
  const nextId = (prefix: string) => {
    ids += 1;
    return `${prefix}-${ids}`;
  };
  const sent: TestBot['sent'] = [];
  const errors: string[] = [];
  const answers: SendOutcome[] = [];
  const clock = {
    now: () => now,
    advance(ms: number) {
      now += ms;
    },
  };
  const adapter: ChannelAdapter = {
    channel: 'web',
    canRepeat: true,
    async send({ message }: OutgoingMessage) {
      const outcome = answers.shift() ?? { result: 'accepted' as const };
      if (outcome.result === 'accepted') {
        sent.push({ conversationId: message.conversationId, text: plainTextOf(message), author: message.author });
      }
      return outcome;
    },
  };
  const base: BotDeps = {
    understand: fakeUnderstand,
    engine: createFakeEngine(),
    runAction: async () => ({ outcome: 'found' }),
    effects: noEffects,
    store: createSqliteConversationStore(db),
    inbox: createSqliteEventInbox(db),
    spool: createMemorySpool(),
    deliveries: createSqliteDeliveryLedger(db),
    work: createSqliteWorkLedger(db),
    events: createLocalEvents(),
    agentSlots: createSqliteAgentSlots(db),
    staffing: { look: async () => ({ agents: 1, waiting: 0 }) },
    adapters: new Map([['web', adapter]]),
    clock,
    ids: { next: () => nextId('id'), ticketNumber: nextId },
    policy: {
      queueWaitMs: 180_000,
      identityIdleMs: { web: 900_000 },
      retry: { firstDelayMs: 1_000, longestDelayMs: 60_000, mostAttempts: 4, longestWaitMs: 86_400_000 },
      unhandledAfterMs: 5_000,
      attemptLostAfterMs: 60_000,
      mostInHand: 1_000,
      agentCap: 3,
    },
    log: { error: (details, message) => void errors.push(`${message} ${JSON.stringify(details, errorText)}`) },
  };
  const deps = { ...base, ...change(base) };
  const bot = createBot(deps);
  const views = createSqliteConversationViews(db);

  return {
    bot,
    db,
    deps,
    clock,
    sent,
    errors,
    answers,
    hear(conversationId, text, more = {}) {
      events += 1;
      return bot.receive({
        key: `web/main/e${events}`,
        conversationId,
        orderKey: now,
        receivedAt: now,
        content: { kind: 'customer_message', text },
        ...more,
      });
    },
    async transcript(conversationId) {
      const messages = await views.messages(conversationId, 0, 1_000);
      return messages.map((message) => `${message.author}: ${plainTextOf(message)}`);
    },
    close: () => db.close(),
  };
}

function createMemorySpool(): BotDeps['spool'] {
  let spooled: InboundEvent[] = [];
  return {
    append: async (event) => void spooled.push(event),
    async drain(store) {
      for (const event of [...spooled]) {
        await store(event);
        spooled = spooled.filter((other) => other !== event);
      }
    },
  };
}

function errorText(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.message : value;
}
