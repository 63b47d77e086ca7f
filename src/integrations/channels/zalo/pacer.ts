import type { Clock } from '../../../bot/ports.ts';
import { type CreateRateLimiter, type RateLimiter, takeOne } from '../../rate-limiters.ts';
import type { RateState } from './http.ts';

/** Keeps the calls of an OA inside the limits of a clock minute. */
export interface Pacer {
  /** Takes the right to one call; otherwise how long to wait, ms. */
  take(): Promise<{ readonly ok: true } | { readonly ok: false; readonly afterMs: number }>;
  /** The same for a call that nothing hangs on: refused when less than a quarter of the minute's calls is left. */
  takeSpare(): ReturnType<Pacer['take']>;
  /** What Zalo's answer said: the limit of the OA, where it is below that of the app, and the calls that are left. */
  told(rate: RateState): void;
  /** Calls that are left in this minute. */
  left(): number;
  msToNextMinute(): number;
}

const MINUTE_MS = 60_000;
/** The minutes of Zalo's clock and of ours do not begin together. */
const MARGIN_MS = 500;

export interface PacerDeps {
  readonly clock: Clock;
  readonly callsPerMinute: number;
  readonly appId: string;
  /** Counts the calls of all nodes together; absent: this is the only one. */
  readonly createLimiter?: CreateRateLimiter | undefined;
}

export function createPacer({ clock, callsPerMinute, appId, createLimiter }: PacerDeps): Pacer {
  const shared = createLimiter?.({ name: `zalo-${appId}`, points: callsPerMinute, durationS: MINUTE_MS / 1_000 });
  let minute = 0;
  let limit = callsPerMinute;
  let left = limit;

  function turnPage(): void {
    const current = Math.floor(clock.now() / MINUTE_MS);
    if (current !== minute) {
      minute = current;
      left = limit;
    }
  }

  const msToNextMinute = () => MINUTE_MS - (clock.now() % MINUTE_MS) + MARGIN_MS;

  /** Whether the other nodes have left a call in this minute. */
  async function takeShared(counter: RateLimiter): Promise<boolean> {
    const of = minute;
    // A count for each minute of the clock, as Zalo has it.
    const taken = await takeOne(counter, String(of));
    if (of === minute) {
      left = Math.min(left, taken.left);
    }
    return taken.waitMs === 0;
  }

  async function takeAbove(least: number): ReturnType<Pacer['take']> {
    turnPage();
    if (left > least) {
      left -= 1;
      if (shared === undefined || (await takeShared(shared))) {
        return { ok: true };
      }
    }
    return { ok: false, afterMs: msToNextMinute() };
  }

  return {
    msToNextMinute,
    left() {
      turnPage();
      return left;
    },
    take: () => takeAbove(0),
    takeSpare: () => takeAbove(limit / 4),
    told(rate) {
      turnPage();
      limit = Math.min(callsPerMinute, Math.max(rate.limit ?? limit, 1));
      // Other processes and tools use the same allowance, so the lower figure holds.
      left = Math.min(left, limit, Math.max(rate.remain ?? left, 0));
    },
  };
}
