import type { Effect, TurnRequest } from './turn.ts';

/**
 * Carries out effects after their turn is committed, at least once: each handler is idempotent by `effect.key`.
 * A handler that throws is tried again later.
 */
export type EffectHandlers = {
  readonly [Kind in TurnRequest['kind']]: (
    effect: Effect,
    request: Extract<TurnRequest, { kind: Kind }>,
  ) => Promise<void>;
};
