import type { ConversationId, Message, TrackedMessage } from './message.ts';
import type { Attempt } from './ports.ts';
import type { Resume } from './trace.ts';
import type { Turn } from './turn.ts';

/** Messages to send that this process knows from their turns, so that the ledger need not be asked for them. */
export interface HandedMessages {
  /**
   * Takes the messages of a turn just committed, if nothing of the conversation can lie between it and what is known;
   * in any case the one whose attempt has begun with the turn.
   */
  take(turn: Turn, resume: Resume, attempt?: Attempt): void;
  /** Whether nothing of the conversation waits before the messages of this turn, which is about to be committed. */
  isClearFor(turn: Turn): boolean;
  /** The message whose attempt has begun with its turn and has not ended: it comes before all others. */
  begun(conversationId: ConversationId): BegunMessage | undefined;
  /** The attempt of the message that `begun` gave has ended. */
  ended(conversationId: ConversationId): void;
  /** Safety words before all others. */
  next(conversationId: ConversationId): HandedMessage | undefined;
  /** Whether this message is among those that come after what is being sent: nobody else need take it up. */
  isInLine(conversationId: ConversationId, seq: number): boolean;
  /** A message that `next` gave is done with. */
  done(message: TrackedMessage): void;
  /** True while everything that may have to be sent in this conversation came or comes through here. */
  isComplete(conversationId: ConversationId): boolean;
  /** From now on the ledger has to be asked. */
  forget(conversationId: ConversationId): void;
  /** The version of the last turn that was taken. */
  lastTaken(conversationId: ConversationId): number | undefined;
  /** The ledger had nothing to send when that turn was the last one taken: complete again, unless another came since. */
  settle(conversationId: ConversationId, version: number): void;
}

export interface HandedMessage {
  readonly message: TrackedMessage;
  /** Goes on with the customer's message that brought it. */
  readonly resume: Resume;
}

/** Whether a message is for the customer and not with him yet. */
export function isToSend({ direction, isDelivered }: Message): boolean {
  return direction === 'out' && isDelivered !== true;
}

export interface BegunMessage extends HandedMessage {
  readonly attempt: Attempt;
}

const CONVERSATIONS_KEPT = 20_000;

interface Handed {
  /** The last turn taken. */
  readonly version: number;
  /** Whether every message up to that turn came through here or is done with. */
  readonly isComplete: boolean;
  readonly messages: HandedMessage[];
}

const NEW: Handed = { version: 0, isComplete: true, messages: [] };

/**
 * A conversation is complete from its first turn on, or from a moment at which nothing of it waited, as long as this
 * process commits every turn of it.
 */
export function createHandedMessages(): HandedMessages {
  const handed = new Map<ConversationId, Handed>();

  const begun = new Map<ConversationId, BegunMessage>();

  return {
    take(turn, resume, attempt) {
      const { conversationId, version } = turn;
      const toSend = turn.messages.filter(isToSend).map((message) => ({ ...message, conversationId, version }));
      const first = toSend.find(({ seq }) => seq === attempt?.seq);
      if (first !== undefined && attempt !== undefined) {
        begun.set(conversationId, { message: { ...first, delivery: 'sending' }, resume, attempt });
      }
      const known = handed.get(conversationId) ?? NEW;
      const isComplete = known.isComplete && known.version === version - 1;
      const later = toSend.filter((message) => message !== first);
      const messages = isComplete
        ? [
            ...known.messages,
            ...later.map((message) => ({ message: { ...message, delivery: 'queued' as const }, resume })),
          ]
        : [];
      handed.delete(conversationId);
      handed.set(conversationId, { version, isComplete, messages });
      if (handed.size > CONVERSATIONS_KEPT) {
        const oldest = handed.keys().next().value;
        if (oldest !== undefined) {
          handed.delete(oldest);
        }
      }
    },
    isClearFor({ conversationId, version }) {
      const known = handed.get(conversationId) ?? NEW;
      const isKnown = known.isComplete && known.version === version - 1 && known.messages.length === 0;
      return isKnown && !begun.has(conversationId);
    },
    begun: (conversationId) => begun.get(conversationId),
    ended(conversationId) {
      begun.delete(conversationId);
    },
    isInLine: (conversationId, seq) =>
      handed.get(conversationId)?.messages.some(({ message }) => message.seq === seq) === true,
    next(conversationId) {
      const { messages = [] } = handed.get(conversationId) ?? {};
      return messages.find(({ message }) => message.isSafety === true) ?? messages[0];
    },
    done({ conversationId, seq }) {
      const { messages = [] } = handed.get(conversationId) ?? {};
      const at = messages.findIndex(({ message }) => message.seq === seq);
      if (at >= 0) {
        messages.splice(at, 1);
      }
    },
    isComplete: (conversationId) => handed.get(conversationId)?.isComplete === true,
    forget(conversationId) {
      const known = handed.get(conversationId);
      if (known !== undefined) {
        handed.set(conversationId, { version: known.version, isComplete: false, messages: [] });
      }
    },
    lastTaken: (conversationId) => handed.get(conversationId)?.version,
    settle(conversationId, version) {
      if (handed.get(conversationId)?.version === version) {
        handed.set(conversationId, { version, isComplete: true, messages: [] });
      }
    },
  };
}
