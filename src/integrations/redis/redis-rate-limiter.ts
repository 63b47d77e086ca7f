import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { CreateRateLimiter } from '../rate-limiters.ts';
import type { Redis } from './connect-redis.ts';

/** Counts of all nodes together. While Redis is away each node allows its share, so that together they allow no more. */
export function createRedisRateLimiter({ commands }: Pick<Redis, 'commands'>, nodes: number): CreateRateLimiter {
  return ({ name, points, durationS: duration }) =>
    new RateLimiterRedis({
      storeClient: commands,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      keyPrefix: `lang-nghe:${name}`,
      points,
      duration,
      insuranceLimiter: new RateLimiterMemory({
        keyPrefix: name,
        points: Math.max(1, Math.floor(points / nodes)),
        duration,
      }),
    });
}
