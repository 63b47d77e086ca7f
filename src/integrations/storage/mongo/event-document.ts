import { Schema, type SchemaDefinitionProperty } from 'mongoose';
import type { EventContent, InboundEvent } from '../../../bot/message.ts';
import type { CollectionIndex } from './collection-index.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';

/** A document of the collection `inbound_events`; its key is `_id`, so a repeat is a duplicate key. */
export interface EventDocument extends Omit<InboundEvent, 'key' | 'content'> {
  readonly _id: string;
  /** Gone once the event is handled, because its turn has it then. */
  readonly content?: EventContent;
  /** True until a committed turn is known to name the event. */
  readonly waiting: boolean;
}

const fields: Record<keyof EventDocument, SchemaDefinitionProperty> = {
  _id: { type: String, required: true },
  conversationId: { type: String, required: true },
  orderKey: { type: Number, required: true },
  receivedAt: { type: Number, required: true },
  content: { type: Schema.Types.Mixed },
  waiting: { type: Boolean, required: true },
};

/** Inbound events as mongoose keeps them. */
export const eventSchema = new Schema<EventDocument>(fields, {
  collection: 'inbound_events',
  strict: 'throw',
  strictQuery: 'throw',
  minimize: false,
  versionKey: false,
  writeConcern: { w: 'majority', j: true },
});

/** Those that wait, oldest first, and those that may be forgotten. */
export const eventIndexes: readonly CollectionIndex[] = [{ key: { waiting: 1, receivedAt: 1 } }];

export function toEventDocument({ key, content, ...event }: InboundEvent): EventDocument {
  return { _id: key, ...event, content: toDocumentValue(content) as EventContent, waiting: true };
}

export function toEvent(document: EventDocument): InboundEvent {
  const { _id, waiting, content, ...event } = document;
  return { key: _id, ...event, content: fromDocumentValue<EventContent>(content) };
}
