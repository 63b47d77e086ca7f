import { type CreateRateLimiter, type Limit, takeOne } from '../../rate-limiters.ts';
import { DirectLineError } from './direct-line-error.ts';

/** Counts the messages of each visitor, never of an address: many customers share one. */
export interface VisitorLimit {
  /** Throws `DirectLineError` 429 when the visitor has sent too many. */
  take(visitor: string): Promise<void>;
}

export function createVisitorLimit(limit: Limit | undefined, createLimiter: CreateRateLimiter): VisitorLimit {
  if (limit === undefined) {
    return { take: async () => {} };
  }
  const limiter = createLimiter({ name: 'visitor', ...limit });
  return {
    async take(visitor) {
      const { waitMs } = await takeOne(limiter, visitor);
      if (waitMs > 0) {
        throw new DirectLineError(
          429,
          'Throttled',
          'Quý khách gửi hơi nhanh, tin nhắn này sẽ được gửi lại sau ít giây.',
          Math.ceil(waitMs / 1000),
        );
      }
    },
  };
}
