import type { DueTimer } from '../../../bot/ports.ts';
import type { Effect } from '../../../bot/turn.ts';
import type { EffectRequest } from '../../../dialogs/run-action.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';
import { numberedKey } from './numbered-key.ts';

/** A writing act that a turn asked for; its key is `_id`. */
export interface EffectDocument extends Omit<Effect, 'key' | 'request'> {
  readonly _id: string;
  /** Gone when the effect is done: its turn has it. */
  readonly request?: EffectRequest;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly tries: number;
  readonly nextAt: number;
  readonly failure?: string;
}

/** Indexed for what is due, anywhere and in one conversation. */
export const EFFECTS = defineCollection<EffectDocument>({
  name: 'effects',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    at: needed.number,
    request: optional.any,
    state: needed.text,
    tries: needed.number,
    nextAt: needed.number,
    failure: optional.text,
  },
  indexes: [
    { key: { state: 1, nextAt: 1 }, where: { state: 'waiting' } },
    { key: { conversationId: 1, state: 1 }, where: { state: 'waiting' } },
  ],
});

export function toEffectDocument({ key, request, ...effect }: Effect): EffectDocument {
  return {
    _id: key,
    ...effect,
    request: toDocumentValue(request) as EffectRequest,
    state: 'waiting',
    tries: 0,
    nextAt: effect.at,
  };
}

export function toEffect({
  _id,
  conversationId,
  at,
  request,
  tries,
}: EffectDocument): Effect & { readonly tries: number } {
  return { key: _id, conversationId, at, request: fromDocumentValue<EffectRequest>(request), tries };
}

/** One node's claim on an effect; `_id` is `<effect>/<number>`: its uniqueness decides who carries it out. */
export interface ClaimDocument {
  readonly _id: string;
  readonly effect: string;
  readonly number: number;
  /** UTC ms after which the node is taken for gone; 0 when the try has ended. */
  readonly until: number;
}

export const CLAIMS = defineCollection<ClaimDocument>({
  name: 'effect_claims',
  fields: { _id: needed.text, effect: needed.text, number: needed.number, until: needed.number },
  indexes: [{ key: { effect: 1, number: 1 } }],
});

export interface TimerDocument extends DueTimer {
  /** `<conversation>/<zero-padded version>/<kind>`. */
  readonly _id: string;
}

export const TIMERS = defineCollection<TimerDocument>({
  name: 'timers',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    version: needed.number,
    kind: needed.text,
    due: needed.number,
    epoch: needed.number,
  },
  indexes: [{ key: { due: 1 } }],
});

export function toTimerDocument(timer: DueTimer): TimerDocument {
  return { _id: `${numberedKey(timer.conversationId, timer.version)}/${timer.kind}`, ...timer };
}
