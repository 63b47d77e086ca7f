import type { Clock } from '../../../bot/ports.ts';
import { type CreateRateLimiter, type RateLimiter, takeOne } from '../../rate-limiters.ts';
import type { RateState } from './http.ts';

/**
 * What a call is for. `safety`: tells somebody what to do in danger. `notice`: he has not just written anything. `spare`:
 * nothing hangs on it.
 */
export type CallPurpose = 'safety' | 'message' | 'notice' | 'spare';

/** Keeps the calls of an OA inside the limits of a clock minute. */
export interface Pacer {
  /** Takes the right to one call, of those that are not kept for what is more important; otherwise how long to wait, ms. */
  take(purpose: CallPurpose): Promise<{ readonly ok: true } | { readonly ok: false; readonly afterMs: number }>;
  /** What Zalo's answer said: the limit of the OA, where it is below that of the app, and the calls that are left. */
  told(rate: RateState): void;
  /** Calls that are left for messages in this minute. */
  left(): number;
  msToNextMinute(): number;
}

const MINUTE_MS = 60_000;
/** The minutes of Zalo's clock and of ours do not begin together. */
const MARGIN_MS = 500;
/**
 * The share of a minute's calls that is kept from calls of each purpose. A twentieth is 200 of 4,000: in a storm about one
 * report of a hundred speaks of danger, and none of them should wait until the ordinary ones of its minute have gone. Half is
 * for those who write now, also when a whole district is told that the power is back.
 */
const SHARE_KEPT: Readonly<Record<CallPurpose, number>> = { safety: 0, message: 1 / 20, notice: 1 / 2, spare: 1 / 4 };

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

  const keptFrom = (purpose: CallPurpose) => Math.floor(limit * SHARE_KEPT[purpose]);

  async function take(purpose: CallPurpose): ReturnType<Pacer['take']> {
    turnPage();
    if (left > keptFrom(purpose)) {
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
      return Math.max(left - keptFrom('message'), 0);
    },
    take,
    told(rate) {
      turnPage();
      limit = Math.min(callsPerMinute, Math.max(rate.limit ?? limit, 1));
      // Other processes and tools use the same allowance, so the lower figure holds.
      left = Math.min(left, limit, Math.max(rate.remain ?? left, 0));
    },
  };
}
