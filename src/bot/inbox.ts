import type { TurnOutcome } from './handle-turn.ts';
import { createKeyedRunner } from './keyed-runner.ts';
import type { ConversationId, InboundEvent } from './message.ts';
import type { Clock, EventInbox, EventSpool } from './ports.ts';

export interface InboxDeps {
  readonly events: EventInbox;
  /** Where events go while the database is down. */
  readonly spool: EventSpool;
  readonly handle: (event: InboundEvent) => Promise<TurnOutcome>;
  /** Called after each committed turn. */
  readonly onTurn: (outcome: TurnOutcome) => void;
  /** Called with an event that went to the spool: the customer in danger must not wait for the database. */
  readonly onSpooled: (event: InboundEvent) => void;
  readonly clock: Clock;
  readonly log: { error(details: object, message: string): void };
}

export interface Inbox {
  /** Durable when it resolves; handled soon after. Throws when neither the database nor the spool can keep it. */
  receive(event: InboundEvent): Promise<'stored' | 'repeat' | 'spooled'>;
  /** Takes up events that a crash or a fault left: from the spool, and rows that no turn names. */
  sweep(olderThanMs: number): Promise<void>;
  /** Resolves when every event taken up so far is handled. */
  idle(): Promise<void>;
}

const SWEEP_LIMIT = 500;

/** Keeps every event before it is acknowledged, drops repeats, and handles one event of a conversation at a time. */
export function createInbox(deps: InboxDeps): Inbox {
  const waiting = new Map<ConversationId, InboundEvent[]>();
  /** Keys that wait or run in this process: the sweep leaves them alone. */
  const inHand = new Set<string>();
  const runner = createKeyedRunner(drain);

  async function drain(conversationId: ConversationId): Promise<void> {
    const queue = waiting.get(conversationId) ?? [];
    for (let event = queue[0]; event !== undefined; event = queue[0]) {
      try {
        deps.onTurn(await deps.handle(event));
      } catch (error) {
        // The store failed. Everything that waits stays in its rows: the sweep brings it back, in order.
        deps.log.error({ error, waiting: queue.length }, 'A turn failed; its events wait for the next sweep.');
        for (const left of queue) {
          inHand.delete(left.key);
        }
        break;
      }
      queue.shift();
      inHand.delete(event.key);
    }
    waiting.delete(conversationId);
  }

  function takeUp(event: InboundEvent): void {
    if (inHand.has(event.key)) {
      return;
    }
    inHand.add(event.key);
    const queue = waiting.get(event.conversationId);
    if (queue === undefined) {
      waiting.set(event.conversationId, [event]);
    } else {
      insertInOrder(queue, event);
    }
    runner.run(event.conversationId);
  }

  async function store(event: InboundEvent): Promise<'stored' | 'repeat'> {
    const result = await deps.events.receive(event);
    if (result === 'stored') {
      takeUp(event);
    }
    return result;
  }

  return {
    async receive(event) {
      try {
        return await store(event);
      } catch (error) {
        deps.log.error({ error }, 'The database refused an event; it goes to the spool.');
        await deps.spool.append(event);
        deps.onSpooled(event);
        return 'spooled';
      }
    },
    async sweep(olderThanMs) {
      await deps.spool.drain(async (event) => {
        await store(event);
      });
      const before = deps.clock.now() - olderThanMs;
      for (const event of await deps.events.unhandled({ before, limit: SWEEP_LIMIT })) {
        takeUp(event);
      }
    },
    idle: () => runner.idle(),
  };
}

/** Puts an event behind all that are not later than it; the first one may be running already and keeps its place. */
function insertInOrder(queue: InboundEvent[], event: InboundEvent): void {
  let place = queue.length;
  while (place > 1 && (queue[place - 1]?.orderKey ?? 0) > event.orderKey) {
    place -= 1;
  }
  queue.splice(place, 0, event);
}
