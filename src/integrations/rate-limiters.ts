import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';

export interface Limit {
  readonly points: number;
  readonly durationS: number;
}

export type RateLimiter = Pick<RateLimiterAbstract, 'consume' | 'delete' | 'reward'>;

/** Makes a limiter: at most `points` within `durationS` for each key. `name` keeps the counts of limiters apart. */
export type CreateRateLimiter = (limit: Limit & { readonly name: string }) => RateLimiter;

/** Counts of this process alone. */
export const createLocalRateLimiter: CreateRateLimiter = ({ name, points, durationS }) =>
  new RateLimiterMemory({ keyPrefix: name, points, duration: durationS });

/** Counts of a process that does not hear of the others: each allows its share, so that together they allow no more. */
export function createShareLimiter(nodes: number): CreateRateLimiter {
  return (limit) => createLocalRateLimiter({ ...limit, ...shareOf(limit, nodes) });
}

/** The part of a limit that one of so many nodes may use. One that is less than one each lasts longer instead. */
export function shareOf({ points, durationS }: Limit, nodes: number): Limit {
  return points >= nodes
    ? { points: Math.floor(points / nodes), durationS }
    : { points: 1, durationS: durationS * Math.ceil(nodes / points) };
}

/** What came of taking one: how long to wait for it, ms (0: it is taken), and how many are left after it. */
export interface Taken {
  readonly waitMs: number;
  readonly left: number;
}

const LEAST_WAIT_MS = 50;

/** Takes one. A counter that is broken holds nobody up. */
export async function takeOne(limiter: RateLimiter, key: string): Promise<Taken> {
  try {
    const { remainingPoints } = await limiter.consume(key);
    return { waitMs: 0, left: remainingPoints };
  } catch (refusal) {
    if (refusal instanceof Error) {
      return { waitMs: 0, left: Number.POSITIVE_INFINITY };
    }
    const { msBeforeNext = 0 } = refusal as { readonly msBeforeNext?: number };
    return { waitMs: Math.max(msBeforeNext, LEAST_WAIT_MS), left: 0 };
  }
}
