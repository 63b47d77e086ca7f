import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';

/** Makes a limiter: at most `points` within `durationS` for each key. `name` keeps the counts of limiters apart. */
export type CreateRateLimiter = (limit: {
  readonly name: string;
  readonly points: number;
  readonly durationS: number;
}) => Pick<RateLimiterAbstract, 'consume' | 'delete' | 'reward'>;

/** Counts of this process alone. */
export const createLocalRateLimiter: CreateRateLimiter = ({ name, points, durationS }) =>
  new RateLimiterMemory({ keyPrefix: name, points, duration: durationS });
