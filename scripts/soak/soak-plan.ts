import type { FaultsInput } from '../../simulators/zalo/faults.ts';
import { createRandom } from '../explore/seeded-random.ts';
import { QUESTIONS } from './questions.ts';

/** One customer: the bursts that he writes, each after the one before it has been answered. */
export interface PlannedCustomer {
  readonly bursts: readonly (readonly string[])[];
}

/** Something that happens once so many messages have been written. */
export interface PlannedTrouble {
  readonly afterMessages: number;
  readonly what:
    | { readonly kind: 'kill'; readonly boundary: number }
    | { readonly kind: 'token_expiry' }
    | { readonly kind: 'rate_burst'; readonly calls: number };
}

export interface SoakPlan {
  readonly seed: number;
  readonly customers: readonly PlannedCustomer[];
  readonly troubles: readonly PlannedTrouble[];
  readonly faults: FaultsInput;
}

const KILLS = 3;
const EXPIRIES = 2;
const MOST_AT_ONCE = 3;
/** The next write boundaries at which the server may kill itself. */
const FURTHEST_BOUNDARY = 60;

/** Everything that a run does, drawn from its seed. `messages`: about how many customers' messages. */
export function planSoak(seed: number, messages: number): SoakPlan {
  const random = createRandom(seed);
  const count = Math.max(1, Math.round(messages / QUESTIONS.length));
  const customers = Array.from({ length: count }, () => ({ bursts: inBursts(shuffled(QUESTIONS, random), random) }));
  const total = count * QUESTIONS.length;
  // Spread over the run, so that each start meets work under way.
  const kills = Array.from({ length: KILLS }, (_, index) => ({
    afterMessages: Math.floor((total * (index + random.integer(2, 8) / 10)) / KILLS),
    what: { kind: 'kill' as const, boundary: random.integer(1, FURTHEST_BOUNDARY) },
  }));
  const expiries = Array.from({ length: EXPIRIES }, () => ({
    afterMessages: random.integer(1, total - 1),
    what: { kind: 'token_expiry' as const },
  }));
  const burst = {
    afterMessages: random.integer(1, total - 1),
    what: { kind: 'rate_burst' as const, calls: random.integer(3, 10) },
  };
  return {
    seed,
    customers,
    troubles: [...kills, ...expiries, burst].sort((a, b) => a.afterMessages - b.afterMessages),
    faults: {
      seed,
      duplicate: 0.1,
      duplicateParallel: 0.1,
      reorder: { windowMs: 250, p: 0.2 },
      loseWebhookAnswer: 0.03,
      badSignature: 0.02,
      unknownEvent: 0.02,
      numericTimestamp: 0.05,
      dropFirstAnswer: 0.03,
      reset: 0.01,
      hang: 0.002,
      http5xx: 0.03,
      htmlBody: 0.01,
      slowApiMs: [0, 40],
    },
  };
}

type Random = ReturnType<typeof createRandom>;

function shuffled(texts: readonly string[], random: Random): readonly string[] {
  const left = [...texts];
  return texts.map(() => left.splice(random.integer(0, left.length - 1), 1)[0] ?? '');
}

function inBursts(texts: readonly string[], random: Random): readonly (readonly string[])[] {
  const bursts: (readonly string[])[] = [];
  for (let start = 0; start < texts.length; start += bursts.at(-1)?.length ?? 1) {
    bursts.push(texts.slice(start, start + random.integer(1, MOST_AT_ONCE)));
  }
  return bursts;
}
