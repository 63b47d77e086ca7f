import { Schema } from 'mongoose';
import { codesInTurn } from '../../../bot/codes-in-turn.ts';
import type { Turn } from '../../../bot/turn.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';
import { numberedKey } from './numbered-key.ts';

/** A document of the collection `turns`. */
export interface TurnDocument extends Turn {
  /** `<conversation>/<zero-padded version>`: its uniqueness is what commits a turn. */
  readonly _id: string;
  /** False until everything that is derived from the turn is written. */
  readonly projected: boolean;
  /** Customer codes that the conversation knows after it. */
  readonly codes?: readonly string[];
}

/**
 * The chain of turns, indexed by handled event, by last message, by time, and by customer code; those that still have
 * their words; and those that wait for their projection.
 */
export const TURNS = defineCollection<TurnDocument>({
  name: 'turns',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    version: needed.number,
    id: needed.text,
    kind: needed.text,
    at: needed.number,
    handles: { type: [String], required: true },
    messages: { type: [Schema.Types.Mixed], required: true },
    effects: { type: [Schema.Types.Mixed], required: true },
    timers: { type: [Schema.Types.Mixed], required: true },
    understanding: optional.any,
    missed: optional.flag,
    rating: optional.any,
    act: optional.text,
    actor: optional.any,
    note: optional.any,
    wrapUp: optional.text,
    contentVersion: needed.text,
    redactedAt: optional.number,
    codes: { type: [String], default: undefined },
    state: needed.any,
    projected: needed.flag,
  },
  indexes: [
    { key: { handles: 1 } },
    { key: { conversationId: 1, 'state.messageSeq': 1 } },
    { key: { at: -1 } },
    { key: { redactedAt: 1, at: 1, _id: 1 } },
    { key: { codes: 1 } },
    { key: { projected: 1, _id: 1 }, where: { projected: false } },
  ],
});

export function toTurnDocument(turn: Turn): TurnDocument {
  const value = toDocumentValue(turn) as Turn;
  const codes = codesInTurn(turn);
  return {
    ...{ _id: numberedKey(turn.conversationId, turn.version), ...value, projected: false },
    ...(codes.length > 0 && { codes }),
  };
}

export function toTurn(document: TurnDocument): Turn {
  const { _id, projected, codes, ...turn } = document;
  return fromDocumentValue(turn);
}
