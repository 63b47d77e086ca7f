import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { type CreateRateLimiter, shareOf } from '../rate-limiters.ts';
import type { Redis } from './connect-redis.ts';

/** Counts of all nodes together. While Redis is away each node allows its share, so that together they allow no more. */
export function createRedisRateLimiter({ commands }: Pick<Redis, 'commands'>, nodes: number): CreateRateLimiter {
  return ({ name, ...limit }) => {
    const share = shareOf(limit, nodes);
    return new RateLimiterRedis({
      storeClient: commands,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      keyPrefix: `lang-nghe:${name}`,
      points: limit.points,
      duration: limit.durationS,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points: share.points, duration: share.durationS }),
    });
  };
}
