import type { EventContent, InboundEvent } from '../../../bot/message.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';

/** A document of the collection `inbound_events`; its key is `_id`, so a repeat is a duplicate key. */
export interface EventDocument extends Omit<InboundEvent, 'key' | 'content'> {
  readonly _id: string;
  /** Gone once the event is handled, because its turn has it then. */
  readonly content?: EventContent;
  /** True until a committed turn is known to name the event. */
  readonly waiting: boolean;
}

/** Indexed for those that wait, oldest first, and those that may be forgotten. */
export const EVENTS = defineCollection<EventDocument>({
  name: 'inbound_events',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    orderKey: needed.number,
    receivedAt: needed.number,
    content: optional.any,
    waiting: needed.flag,
  },
  indexes: [{ key: { waiting: 1, receivedAt: 1 } }],
});

export function toEventDocument({ key, content, ...event }: InboundEvent): EventDocument {
  return { _id: key, ...event, content: toDocumentValue(content) as EventContent, waiting: true };
}

export function toEvent(document: EventDocument): InboundEvent {
  const { _id, waiting, content, ...event } = document;
  return { key: _id, ...event, content: fromDocumentValue<EventContent>(content) };
}
