import { RateLimiterRes } from 'rate-limiter-flexible';
import { type CreateRateLimiter, createLocalRateLimiter } from '../rate-limiters.ts';

/** Counts failed log-ins by account and by address. */
export interface LoginThrottle {
  /** Takes one try of both. A refusal says after how many ms to come back. */
  take(login: string, address: string): Promise<{ readonly waitMs: number } | undefined>;
  /** The try was right: it does not count. */
  succeeded(login: string, address: string): Promise<void>;
}

export interface LoginLimits {
  readonly perAccount: number;
  /** Higher: a whole partner office may sit behind one address. */
  readonly perAddress: number;
  readonly windowSeconds: number;
}

export const LOGIN_LIMITS: LoginLimits = { perAccount: 8, perAddress: 40, windowSeconds: 15 * 60 };

/** Tries are taken before the password is looked at, so that guesses made at the same time count too. */
export function createLoginThrottle(
  limits: LoginLimits = LOGIN_LIMITS,
  createLimiter: CreateRateLimiter = createLocalRateLimiter,
): LoginThrottle {
  const durationS = limits.windowSeconds;
  const accounts = createLimiter({ name: 'login-account', points: limits.perAccount, durationS });
  const addresses = createLimiter({ name: 'login-address', points: limits.perAddress, durationS });

  return {
    async take(login, address) {
      for (const [limiter, key] of [
        [addresses, address],
        [accounts, login],
      ] as const) {
        try {
          await limiter.consume(key);
        } catch (refusal) {
          if (refusal instanceof RateLimiterRes) {
            return { waitMs: refusal.msBeforeNext };
          }
          throw refusal;
        }
      }
      return undefined;
    },
    async succeeded(login, address) {
      await accounts.delete(login);
      await addresses.reward(address);
    },
  };
}
