import type { EffectRequest } from '../dialogs/run-action.ts';
import type { Effect } from './turn.ts';

/**
 * Carries out effects after their turn is committed, at least once: each handler is idempotent by `effect.key`.
 * A handler that throws is tried again later.
 */
export type EffectHandlers = {
  readonly [Kind in EffectRequest['kind']]: (
    effect: Effect,
    request: Extract<EffectRequest, { kind: Kind }>,
  ) => Promise<void>;
};
