import type { SeededRandom } from '../../scripts/explore/seeded-random.ts';
import type { ChannelAdapter } from '../../src/bot/channel-adapter.ts';
import { type Bot, createBot } from '../../src/bot/create-bot.ts';
import type { mayStillSend } from '../../src/bot/handoff.ts';
import { BOT_POLICY } from '../../src/bot/policy.ts';
import type { ConversationStore, ConversationViews } from '../../src/bot/ports.ts';
import { createLapseSweep } from '../../src/integrations/agent-desk/lapse-sweep.ts';
import { createLocalEvents } from '../../src/integrations/local-events.ts';
import { createSqliteAgentSlots } from '../../src/integrations/storage/sqlite/agent-slots.ts';
import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import type { SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteDeliveryLedger } from '../../src/integrations/storage/sqlite/delivery-ledger.ts';
import { createSqliteEventInbox } from '../../src/integrations/storage/sqlite/event-inbox.ts';
import { createSqliteShiftRecords } from '../../src/integrations/storage/sqlite/shift-records.ts';
import { createSqliteWorkLedger } from '../../src/integrations/storage/sqlite/work-ledger.ts';
import { createFakeEngine, fakeUnderstand } from '../support/fake-engine.ts';
import { noEffects } from '../support/no-effects.ts';
import type { ModelSend, ModelWorld } from './model-world.ts';

/** One life of the service, from its start to its kill. */
export interface ModelNode {
  readonly bot: Bot;
  readonly store: ConversationStore;
  readonly views: ConversationViews;
  /** Sends conversations of agents who are gone back to the queue. */
  lapse(): Promise<void>;
  /** Dies at the n-th write from now, before it or after it: nobody hears its answer. */
  killAt(write: number, when: 'before' | 'after'): void;
  readonly isAlive: () => boolean;
  /** Resolves when it is dead. */
  readonly gone: Promise<void>;
}

export const AGENT_CAP = 3;
/** Messages of this channel may be sent twice without harm; those of any other must not be. */
export const REPEATABLE = 'web';
export const CHANNELS = [REPEATABLE, 'zalo'] as const;
const OUTCOMES = ['accepted', 'accepted', 'accepted', 'accepted', 'retry', 'unknown'] as const;
const MOST_ATTEMPTS = 4;

interface NodeParts {
  readonly db: SqliteDatabase;
  readonly world: ModelWorld;
  readonly random: SeededRandom;
  readonly fence: typeof mayStillSend | undefined;
}

export function startNode({ db, world, random, fence }: NodeParts): ModelNode {
  const never = new Promise<never>(() => {});
  const life = deferred();
  let isAlive = true;
  let writesLeft = Number.POSITIVE_INFINITY;
  let killed: 'before' | 'after' = 'before';

  function die(): void {
    isAlive = false;
    life.resolve();
  }

  /** The same file: what waits to be written when the process dies is not written, and the dead hear nothing of it. */
  const file: SqliteDatabase = {
    ...db,
    write(name, work) {
      writesLeft -= 1;
      const isLast = writesLeft < 0;
      if (!isAlive || (isLast && killed === 'before')) {
        die();
        return never;
      }
      const written = db.write(name, () => {
        if (!isAlive) {
          throw new Error('The process is dead.');
        }
        return work();
      });
      return written.then(
        (value) => {
          if (isLast) {
            die();
          }
          return isAlive ? value : never;
        },
        (error: unknown) => (isAlive ? Promise.reject(error) : never),
      );
    },
  };

  const store = createSqliteConversationStore(file);
  const views = createSqliteConversationViews(file);
  const events = createLocalEvents();
  const adapters = new Map(CHANNELS.map((channel) => [channel, createAdapter(channel)]));
  const bot = createBot({
    understand: fakeUnderstand,
    engine: createFakeEngine(),
    runAction: async () => ({ outcome: 'found' }),
    effects: noEffects,
    ...{ store, events, adapters, clock: world.clock, ids: world.ids, spool: world.spool },
    inbox: createSqliteEventInbox(file),
    deliveries: createSqliteDeliveryLedger(file),
    work: createSqliteWorkLedger(file),
    agentSlots: createSqliteAgentSlots(file),
    staffing: { look: async () => ({ agents: world.present.size, waiting: 0 }) },
    policy: { ...BOT_POLICY, agentCap: AGENT_CAP, retry: { ...BOT_POLICY.retry, mostAttempts: MOST_ATTEMPTS } },
    ...(fence !== undefined && { fence }),
    log: {
      error(details, words) {
        if (isAlive) {
          world.violations.push(`The service complained: ${words} ${String(Object.values(details)[0])}`);
        }
      },
    },
  });
  const lapse = createLapseSweep({
    ...{ store, clock: world.clock, leaseMs: 0, receive: bot.receive },
    ...{ views, shift: createSqliteShiftRecords(file) },
    leases: { present: async () => world.present },
  });

  function createAdapter(channel: string): ChannelAdapter {
    return {
      channel,
      canRepeat: channel === REPEATABLE,
      async send({ message }) {
        if (!isAlive) {
          return never;
        }
        const outcome = world.isCalm ? 'accepted' : random.pick(OUTCOMES);
        noteSend({ conversationId: message.conversationId, message, outcome });
        if (outcome === 'accepted') {
          return { result: 'accepted' };
        }
        return { result: outcome, reason: 'model' };
      },
    };
  }

  function noteSend(send: ModelSend): void {
    const { conversationId, message } = send;
    world.sends.push(send);
    const row = db.sqlite
      .prepare<[string], { state: string }>(
        'SELECT state FROM turns WHERE conversation_id = ? ORDER BY version DESC LIMIT 1',
      )
      .get(conversationId);
    const { takeoverEpoch } = JSON.parse(row?.state ?? '{"takeoverEpoch":0}') as { takeoverEpoch: number };
    if (message.author === 'bot' && message.isSafety !== true && message.epoch < takeoverEpoch) {
      world.violations.push(`${conversationId}: message ${message.seq} of the bot began to be sent after a take-over.`);
    }
  }

  return {
    ...{ bot, store, views, lapse },
    killAt(write, when) {
      writesLeft = write;
      killed = when;
    },
    isAlive: () => isAlive,
    gone: life.promise,
  };
}

function deferred(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: () => resolve() };
}
