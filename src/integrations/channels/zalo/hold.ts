import type { ConversationId, InboundEvent } from '../../../bot/message.ts';
import type { Clock } from '../../../bot/ports.ts';

/**
 * Whose messages wait while Zalo's lists are looked through for earlier ones: at the start everybody's, then those of
 * customers of whom the lists have something new. Never longer than `longestMs`: lists that cannot be had keep nobody.
 */
export interface Hold {
  /** The process has just begun: of anybody the lists may have something that no webhook has brought. */
  everybody(): void;
  /** The lists have something new of these, and of nobody else. */
  only(conversations: Iterable<ConversationId>): void;
  /** What the lists have of this customer is taken in. */
  release(conversation: ConversationId): void;
  /** Whether a message that comes now would wait. */
  holds(conversation: ConversationId): boolean;
  /** Whether a message that waits has to wait further. */
  isHeld(event: Pick<InboundEvent, 'conversationId' | 'receivedAt'>): boolean;
}

export function createHold(clock: Clock, longestMs: number): Hold {
  let everybodyUntil = 0;
  let held = new Set<ConversationId>();

  const isEverybody = () => clock.now() < everybodyUntil;
  return {
    everybody() {
      everybodyUntil = clock.now() + longestMs;
    },
    only(conversations) {
      everybodyUntil = 0;
      held = new Set(conversations);
    },
    release: (conversation) => void held.delete(conversation),
    holds: (conversation) => isEverybody() || held.has(conversation),
    isHeld: ({ conversationId, receivedAt }) =>
      isEverybody() || (held.has(conversationId) && clock.now() < receivedAt + longestMs),
  };
}
