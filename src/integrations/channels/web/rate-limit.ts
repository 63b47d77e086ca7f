import type { CreateRateLimiter } from '../../rate-limiters.ts';
import { DirectLineError } from './direct-line-error.ts';

/** Counts the messages of each visitor, never of an address: many customers share one. */
export interface VisitorLimit {
  /** Throws `DirectLineError` 429 when the visitor has sent too many. */
  take(visitor: string): Promise<void>;
}

export interface MessageLimit {
  readonly points: number;
  readonly durationS: number;
}

export function createVisitorLimit(limit: MessageLimit | undefined, createLimiter: CreateRateLimiter): VisitorLimit {
  if (limit === undefined) {
    return { take: async () => {} };
  }
  const limiter = createLimiter({ name: 'visitor', ...limit });
  return {
    async take(visitor) {
      const waitMs = await limiter.consume(visitor).then(
        () => 0,
        (refusal: { msBeforeNext?: number }) => refusal.msBeforeNext ?? 1000,
      );
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
