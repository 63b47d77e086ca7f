import { Schema, type SchemaDefinitionProperty } from 'mongoose';
import type { ConversationId } from '../../../bot/message.ts';
import type { Turn } from '../../../bot/turn.ts';
import type { CollectionIndex } from './collection-index.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';

/** A document of the collection `turns`. */
export interface TurnDocument extends Turn {
  /** `<conversation>/<zero-padded version>`: its uniqueness is what commits a turn. */
  readonly _id: string;
  /** False until everything that is derived from the turn is written. */
  readonly projected: boolean;
}

const VERSION_DIGITS = 10;
const HIGHEST_VERSION = 10 ** VERSION_DIGITS - 1;

// One line for each field of a turn: the compiler asks for the line of a new one, and `strict` refuses what has none.
const fields: Record<keyof TurnDocument, SchemaDefinitionProperty> = {
  _id: { type: String, required: true },
  conversationId: { type: String, required: true },
  version: { type: Number, required: true },
  id: { type: String, required: true },
  kind: { type: String, required: true },
  at: { type: Number, required: true },
  handles: { type: [String], required: true },
  messages: { type: [Schema.Types.Mixed], required: true },
  effects: { type: [Schema.Types.Mixed], required: true },
  timers: { type: [Schema.Types.Mixed], required: true },
  understanding: { type: Schema.Types.Mixed },
  missed: { type: Boolean },
  act: { type: String },
  rating: { type: Schema.Types.Mixed },
  actor: { type: Schema.Types.Mixed },
  note: { type: Schema.Types.Mixed },
  wrapUp: { type: String },
  contentVersion: { type: String, required: true },
  state: { type: Schema.Types.Mixed, required: true },
  projected: { type: Boolean, required: true },
};

/** The chain of turns as mongoose keeps it. */
export const turnSchema = new Schema<TurnDocument>(fields, {
  collection: 'turns',
  strict: 'throw',
  strictQuery: 'throw',
  minimize: false,
  versionKey: false,
  id: false,
  writeConcern: { w: 'majority', j: true },
});

/** By handled event, and those that wait for their projection. */
export const turnIndexes: readonly CollectionIndex[] = [
  { key: { handles: 1 } },
  { key: { projected: 1, _id: 1 }, where: { projected: false } },
];

export function turnKey(conversationId: ConversationId, version: number): string {
  return `${conversationId}/${String(version).padStart(VERSION_DIGITS, '0')}`;
}

/** Selects the turns of one conversation above a version, along the key. */
export function turnsOf(conversationId: ConversationId, after = 0) {
  return {
    _id: { $gt: turnKey(conversationId, after), $lte: turnKey(conversationId, HIGHEST_VERSION) },
    // A longer conversation id may begin with `<this one>/…`, and then its keys lie in the same range.
    conversationId,
  };
}

export function toTurnDocument(turn: Turn): TurnDocument {
  const value = toDocumentValue(turn) as Turn;
  return { _id: turnKey(turn.conversationId, turn.version), ...value, projected: false };
}

export function toTurn(document: TurnDocument): Turn {
  const { _id, projected, ...turn } = document;
  return fromDocumentValue(turn);
}
