import type { ConversationId, InboundEvent } from './message.ts';

export interface OverflowDeps {
  /** Called once for each customer whose message is put aside. */
  readonly onPutAside: (conversationId: ConversationId) => void;
  readonly log: { error(details: object, message: string): void };
}

/**
 * When a process has as many events in hand as it may, further ones stay in their rows, and sweeps bring them when there
 * is room: memory stays bounded, and nobody is overtaken, because newer ones go to the rows as well until these are empty.
 */
export interface Overflow {
  isOn(): boolean;
  begin(inHand: number): void;
  /** Keeps an event by `write` alone. */
  putAside<Result>(event: InboundEvent, write: () => Promise<Result>): Promise<Result>;
  /** The rows received before that time, UTC ms, are all in hand. Ends it if nothing newer was put aside. */
  emptiedBefore(before: number): void;
}

/** Customers told in one crowd; more are not told, so that this list stays short too. */
const MOST_TOLD = 20_000;

export function createOverflow({ onPutAside, log }: OverflowDeps): Overflow {
  let on = false;
  let writing = 0;
  let lastReceivedAt = 0;
  const told = new Set<ConversationId>();

  function tellOnce({ conversationId, content }: InboundEvent): void {
    if (content.kind === 'customer_message' && !told.has(conversationId) && told.size < MOST_TOLD) {
      told.add(conversationId);
      onPutAside(conversationId);
    }
  }

  return {
    isOn: () => on,
    begin(inHand) {
      if (!on) {
        on = true;
        log.error({ inHand }, 'More messages than this process may hold: further ones wait in the database.');
      }
    },
    async putAside(event, write) {
      writing += 1;
      lastReceivedAt = Math.max(lastReceivedAt, event.receivedAt);
      try {
        const result = await write();
        tellOnce(event);
        return result;
      } finally {
        writing -= 1;
      }
    },
    emptiedBefore(before) {
      if (on && writing === 0 && lastReceivedAt < before) {
        on = false;
        told.clear();
      }
    },
  };
}
