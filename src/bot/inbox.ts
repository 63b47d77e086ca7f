import type { HandleTurn, TurnOutcome } from './handle-turn.ts';
import { createKeyedRunner } from './keyed-runner.ts';
import type { ConversationId, InboundEvent } from './message.ts';
import { createOverflow } from './overflow.ts';
import type { Clock, EventInbox, EventSpool } from './ports.ts';
import { channelFacts, type Resume, type Trace } from './trace.ts';

export interface InboxDeps {
  readonly events: EventInbox;
  /** Where events go while the database is down. */
  readonly spool: EventSpool;
  readonly handle: HandleTurn;
  /** Whether the store can keep an event and its turn in one write: `commitArrival`. */
  readonly keepsArrivals: boolean;
  /** Called after each committed turn. */
  readonly onTurn: (outcome: TurnOutcome) => void;
  /** Called with an event that went to the spool: the customer in danger must not wait for the database. */
  readonly onSpooled: (event: InboundEvent) => void;
  /** Events that this process may have in hand before further ones wait in their rows. */
  readonly mostInHand: number;
  /** Whether an event speaks of danger: it never waits for others. */
  readonly isUrgent: (event: InboundEvent) => boolean;
  /** Called once for each customer whose message has to wait in its row. */
  readonly onPutAside: (conversationId: ConversationId) => void;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly log: { error(details: object, message: string): void };
}

export interface Inbox {
  /** Durable when it resolves; handled soon after. Throws when neither the database nor the spool can keep it. */
  receive(event: InboundEvent): Promise<'stored' | 'repeat' | 'spooled'>;
  /** Takes up events that a crash or a fault left: from the spool, and rows that no turn names. */
  sweep(olderThanMs: number): Promise<void>;
  /** How full this process is. */
  load(): InboxLoad;
  /** Resolves when every event taken up so far is handled. */
  idle(): Promise<void>;
}

export interface InboxLoad {
  /** Events that wait or run here. */
  readonly inHand: number;
  /** Whether further messages wait in the database. */
  readonly isCrowded: boolean;
}

/** An event that waits for its turn. */
interface Waiting {
  readonly event: InboundEvent;
  readonly resume: Resume;
  /** Set while it is in no row: whoever received it waits until its turn has kept it. */
  readonly arrival?: Arrival;
}

interface Arrival {
  readonly settle: (result: 'stored' | 'repeat') => void;
  readonly fail: (error: unknown) => void;
}

/** Keeps every event before it is acknowledged, drops repeats, and handles one event of a conversation at a time. */
export function createInbox(deps: InboxDeps): Inbox {
  const waiting = new Map<ConversationId, Waiting[]>();
  /** Keys that wait or run in this process: the sweep leaves them alone. */
  const inHand = new Set<string>();
  /** Events in no row yet, by key. */
  const arriving = new Map<string, Promise<'stored' | 'repeat'>>();
  const runner = createKeyedRunner(drain);
  const overflow = createOverflow(deps);

  async function drain(conversationId: ConversationId): Promise<void> {
    const queue = waiting.get(conversationId) ?? [];
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      try {
        await handleNext(next);
      } catch (error) {
        next.arrival?.fail(error);
        // The store failed. Everything that waits stays in its rows: the sweep brings it back, in order.
        deps.log.error({ error, waiting: queue.length }, 'A turn failed; its events wait for the next sweep.');
        for (const left of queue) {
          inHand.delete(left.event.key);
        }
        break;
      }
      queue.shift();
      inHand.delete(next.event.key);
    }
    waiting.delete(conversationId);
  }

  function handleNext({ event, resume, arrival }: Waiting): Promise<void> {
    return resume(async () => {
      const outcome = await deps.handle(event, arrival === undefined ? 'stored' : 'arriving');
      arrival?.settle(outcome.result === 'repeat' ? 'repeat' : 'stored');
      deps.onTurn(outcome);
    });
  }

  function takeUp(event: InboundEvent, arrival?: Arrival): void {
    inHand.add(event.key);
    const queue = waiting.get(event.conversationId);
    const next = { event, resume: deps.trace.remember(), ...(arrival !== undefined && { arrival }) };
    if (queue === undefined) {
      waiting.set(event.conversationId, [next]);
    } else {
      insertInOrder(queue, next);
    }
    runner.run(event.conversationId);
  }

  /** Keeps an event that has to wait, or that the store cannot keep together with its turn. */
  async function store(event: InboundEvent): Promise<'stored' | 'repeat'> {
    const result = await deps.events.receive(event);
    if (result === 'stored' && !inHand.has(event.key)) {
      takeUp(event);
    }
    return result;
  }

  /** Nothing of the conversation waits: the event is kept by the write that commits its turn. */
  function arrive(event: InboundEvent): Promise<'stored' | 'repeat'> {
    const kept = new Promise<'stored' | 'repeat'>((settle, fail) => takeUp(event, { settle, fail }));
    arriving.set(event.key, kept);
    return kept.finally(() => arriving.delete(event.key));
  }

  async function keep(event: InboundEvent): Promise<'stored' | 'repeat'> {
    const first = arriving.get(event.key);
    if (first !== undefined) {
      await first;
      return 'repeat';
    }
    if (mustWaitInRow(event)) {
      return overflow.putAside(event, () => deps.events.receive(event));
    }
    return deps.keepsArrivals && !waiting.has(event.conversationId) ? arrive(event) : store(event);
  }

  function mustWaitInRow(event: InboundEvent): boolean {
    if (inHand.size >= deps.mostInHand) {
      overflow.begin(inHand.size);
    }
    return overflow.isOn() && event.content.kind === 'customer_message' && !deps.isUrgent(event);
  }

  /** Takes up what was left in its row, the oldest of each conversation first. */
  async function takeUpRows(before: number): Promise<void> {
    const rows = await deps.events.unhandled({ before, limit: deps.mostInHand });
    for (const event of rows) {
      if (!inHand.has(event.key)) {
        takeUp(event);
      }
    }
    if (rows.length === deps.mostInHand) {
      overflow.begin(inHand.size);
    } else {
      overflow.emptiedBefore(before);
    }
  }

  async function receive(event: InboundEvent): Promise<'stored' | 'repeat' | 'spooled'> {
    try {
      return await keep(event);
    } catch (error) {
      deps.log.error({ error }, 'The database refused an event; it goes to the spool.');
      await deps.spool.append(event);
      deps.onSpooled(event);
      return 'spooled';
    }
  }

  return {
    receive: (event) =>
      deps.trace.during(
        'inbox',
        () => receive(event),
        (result) => ({ ...channelFacts(event.conversationId), event: event.content.kind, result }),
      ),
    async sweep(olderThanMs) {
      await deps.spool.drain(async (event) => {
        await (mustWaitInRow(event) ? deps.events.receive(event) : store(event));
      });
      await takeUpRows(deps.clock.now() - olderThanMs);
    },
    load: () => ({ inHand: inHand.size, isCrowded: overflow.isOn() }),
    idle: () => runner.idle(),
  };
}

/** Puts an event behind all that are not later than it; the first one may be running already and keeps its place. */
function insertInOrder(queue: Waiting[], next: Waiting): void {
  let place = queue.length;
  while (place > 1 && (queue[place - 1]?.event.orderKey ?? 0) > next.event.orderKey) {
    place -= 1;
  }
  queue.splice(place, 0, next);
}
