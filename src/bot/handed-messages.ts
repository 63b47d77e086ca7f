import type { ConversationId, TrackedMessage } from './message.ts';
import type { Resume } from './trace.ts';
import type { Turn } from './turn.ts';

/** Messages to send that this process knows from their turns, so that the ledger need not be asked for them. */
export interface HandedMessages {
  /** Takes the messages of a turn just committed, if nothing of the conversation can lie between it and what is known. */
  take(turn: Turn, resume: Resume): void;
  next(conversationId: ConversationId): HandedMessage | undefined;
  /** The message that `next` gave is done with. */
  done(conversationId: ConversationId): void;
  /** True while everything that may have to be sent in this conversation came or comes through here. */
  isComplete(conversationId: ConversationId): boolean;
  /** From now on the ledger has to be asked. */
  forget(conversationId: ConversationId): void;
}

export interface HandedMessage {
  readonly message: TrackedMessage;
  /** Goes on with the customer's message that brought it. */
  readonly resume: Resume;
}

const CONVERSATIONS_KEPT = 20_000;

interface Handed {
  /** Every turn up to this version came through here. */
  readonly version: number;
  readonly messages: HandedMessage[];
}

/** A conversation is complete from its first turn on, as long as this process commits every turn of it. */
export function createHandedMessages(): HandedMessages {
  const handed = new Map<ConversationId, Handed>();

  return {
    take(turn, resume) {
      const { conversationId, version } = turn;
      const known = handed.get(conversationId) ?? { version: 0, messages: [] };
      handed.delete(conversationId);
      if (known.version !== version - 1) {
        return;
      }
      for (const message of turn.messages) {
        if (message.direction === 'out' && message.isDelivered !== true) {
          known.messages.push({ message: { ...message, conversationId, version, delivery: 'queued' }, resume });
        }
      }
      handed.set(conversationId, { version, messages: known.messages });
      if (handed.size > CONVERSATIONS_KEPT) {
        const oldest = handed.keys().next().value;
        if (oldest !== undefined) {
          handed.delete(oldest);
        }
      }
    },
    next: (conversationId) => handed.get(conversationId)?.messages[0],
    done(conversationId) {
      handed.get(conversationId)?.messages.shift();
    },
    isComplete: (conversationId) => handed.has(conversationId),
    forget(conversationId) {
      handed.delete(conversationId);
    },
  };
}
