import type { ConversationId, InboundEvent, TrackedMessage } from '../../src/bot/message.ts';
import type { Clock, EventSpool, Ids } from '../../src/bot/ports.ts';

/** What lies outside the service and outlives it: time, customers' channels, agents at their screens. */
export interface ModelWorld {
  readonly clock: Clock & { advance(ms: number): void };
  readonly ids: Ids;
  readonly spool: EventSpool;
  /** Agents with an open desk. */
  readonly present: Set<string>;
  /** The channels take everything: set while all comes to rest. */
  isCalm: boolean;
  /** Sends that began, in order. */
  readonly sends: ModelSend[];
  /** What was seen that must never be. */
  readonly violations: string[];
}

export interface ModelSend {
  readonly conversationId: ConversationId;
  readonly message: TrackedMessage;
  readonly outcome: 'accepted' | 'retry' | 'unknown';
}

export function createWorld(): ModelWorld {
  let now = Date.UTC(2026, 10, 28, 2);
  let ids = 0;
  let spooled: InboundEvent[] = [];
  const next = () => {
    ids += 1;
    return `id-${ids}`;
  };
  return {
    clock: {
      now: () => now,
      advance(ms) {
        now += ms;
      },
    },
    ids: { next, ticketNumber: next },
    spool: {
      append: async (event) => void spooled.push(event),
      async drain(store) {
        const waiting = spooled;
        spooled = [];
        for (const event of waiting) {
          await store(event);
        }
      },
    },
    present: new Set(),
    isCalm: false,
    sends: [],
    violations: [],
  };
}
