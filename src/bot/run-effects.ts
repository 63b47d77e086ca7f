import type { EffectHandlers } from './effect-handlers.ts';
import { createKeyedRunner, type KeyedRunner } from './keyed-runner.ts';
import type { Clock, WorkLedger } from './ports.ts';
import type { Effect, TurnRequest } from './turn.ts';

export interface EffectRunnerDeps {
  readonly ledger: Pick<WorkLedger, 'effectsDue' | 'claimEffect' | 'effectDone' | 'effectFailed'>;
  readonly handlers: EffectHandlers;
  readonly clock: Clock;
  /** How long one try may take, ms: a node that has not ended it by then is taken for gone. */
  readonly claimedForMs: number;
  readonly log: { error(details: object, message: string): void };
}

export interface EffectRunner {
  /** Effects of the conversation are due; when these are all of them, only those. */
  wake(conversationId: string, asked?: readonly Effect[]): void;
  sweep(): Promise<void>;
  idle(): Promise<void>;
}

interface Lane extends KeyedRunner {
  isMine(effect: Effect): boolean;
}

const SWEEP_LIMIT = 200;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 10 * 60_000;
const MOST_TRIES = 20;

/** Carries out the writing acts of committed turns, at least once, each under its own key. */
export function createEffectRunner(deps: EffectRunnerDeps): EffectRunner {
  // A file can take long to come; nobody's one-time code shall wait for it.
  const lanes = [laneOf((effect) => !isKeepMedia(effect)), laneOf(isKeepMedia)];

  function laneOf(isMine: (effect: Effect) => boolean): Lane {
    const runner = createKeyedRunner(async (conversationId) => {
      try {
        const due = await deps.ledger.effectsDue({ now: deps.clock.now(), limit: SWEEP_LIMIT, conversationId });
        for (const effect of due.filter(isMine)) {
          await carryOut(effect);
        }
      } catch (error) {
        deps.log.error({ error }, 'Effects stopped; the next sweep takes them up.');
      }
    });
    return { isMine, ...runner };
  }

  function wake(conversationId: string, asked?: readonly Effect[]): void {
    for (const lane of lanes) {
      if (asked === undefined || asked.some(lane.isMine)) {
        lane.run(conversationId);
      }
    }
  }

  async function carryOut(effect: Effect & { readonly tries: number }): Promise<void> {
    const now = deps.clock.now();
    const until = now + deps.claimedForMs;
    if ((await deps.ledger.claimEffect?.(effect.key, now, until)) === false) {
      return;
    }
    // Stopped since then for longer than one try may take: another node has it in hand, or will.
    if (deps.ledger.claimEffect !== undefined && deps.clock.now() >= until) {
      return;
    }
    try {
      await handle(deps.handlers, effect);
    } catch (error) {
      const isLast = effect.tries + 1 >= MOST_TRIES;
      deps.log.error({ error, kind: effect.request.kind, isLast }, 'An effect failed.');
      const delayMs = Math.min(FIRST_DELAY_MS * 2 ** effect.tries, LONGEST_DELAY_MS);
      const reason = error instanceof Error ? error.name : 'unknown';
      await deps.ledger.effectFailed(effect.key, reason, isLast ? undefined : deps.clock.now() + delayMs);
      return;
    }
    await deps.ledger.effectDone(effect.key);
  }

  return {
    wake,
    async sweep() {
      for (const effect of await deps.ledger.effectsDue({ now: deps.clock.now(), limit: SWEEP_LIMIT })) {
        wake(effect.conversationId);
      }
    },
    async idle() {
      await Promise.all(lanes.map((lane) => lane.idle()));
    },
  };
}

function isKeepMedia({ request }: Effect): boolean {
  return request.kind === 'keep_media';
}

function handle(handlers: EffectHandlers, effect: Effect): Promise<void> {
  const handler = handlers[effect.request.kind] as (effect: Effect, request: TurnRequest) => Promise<void>;
  return handler(effect, effect.request);
}
