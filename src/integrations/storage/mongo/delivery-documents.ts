import type { ConversationId, DeliveryState } from '../../../bot/message.ts';
import type { Attempt } from '../../../bot/ports.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { numberedKey } from './numbered-key.ts';

/** One message to send; `_id` is `<conversation>/<zero-padded seq>`. */
export interface DeliveryDocument {
  readonly _id: string;
  readonly conversationId: ConversationId;
  readonly seq: number;
  /** Version of the turn that holds the message. */
  readonly version: number;
  /** As the last attempt left it. That an attempt is under way is not written here: the attempt itself says it. */
  readonly state: DeliveryState;
  /** True while the message has to be sent, now or later. */
  readonly waiting: boolean;
  readonly nextAt: number;
  /** Words for somebody in danger: they wait for none of his other answers. */
  readonly isSafety?: boolean;
  readonly failure?: string;
  readonly channelMessageId?: string;
}

/** Indexed for what is due, and for the first waiting message of a conversation. */
export const DELIVERIES = defineCollection<DeliveryDocument>({
  name: 'deliveries',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    seq: needed.number,
    version: needed.number,
    state: needed.text,
    waiting: needed.flag,
    nextAt: needed.number,
    isSafety: optional.flag,
    failure: optional.text,
    channelMessageId: optional.text,
  },
  indexes: [
    { key: { waiting: 1, nextAt: 1 }, where: { waiting: true } },
    { key: { conversationId: 1, waiting: 1, seq: 1 }, where: { waiting: true } },
  ],
});

/** One attempt at a delivery; `_id` is `<delivery>/<number>`: its uniqueness decides who sends. */
export interface AttemptDocument extends Attempt {
  readonly _id: string;
  /** `_id` of the delivery. */
  readonly delivery: string;
  readonly isOpen: boolean;
  readonly state?: DeliveryState;
  readonly reason?: string;
  readonly nextAt?: number;
  readonly isWait?: boolean;
  readonly channelMessageId?: string;
}

/** Indexed for the attempts of a delivery, and for those that have not ended. */
export const ATTEMPTS = defineCollection<AttemptDocument>({
  name: 'attempts',
  fields: {
    _id: needed.text,
    delivery: needed.text,
    conversationId: needed.text,
    seq: needed.number,
    number: needed.number,
    at: needed.number,
    isOpen: needed.flag,
    state: optional.text,
    reason: optional.text,
    nextAt: optional.number,
    isWait: optional.flag,
    channelMessageId: optional.text,
  },
  indexes: [{ key: { delivery: 1, number: 1 } }, { key: { isOpen: 1, at: 1 }, where: { isOpen: true } }],
});

export function attemptKey({ conversationId, seq, number }: Attempt): string {
  return `${numberedKey(conversationId, seq)}/${number}`;
}
