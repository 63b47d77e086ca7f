import type { Clock, SlotCounter } from '../../../bot/ports.ts';

/** Of the nodes that serve one bot, one asks for its updates: two at a time would cut each other off (409). */
export interface PollLease {
  /** Whether this node may poll from now on for so long, ms. */
  hold(forMs: number): Promise<boolean>;
}

/** Short enough to be taken over soon, long enough that a poll is covered by a few. */
const PERIOD_MS = 10_000;

/**
 * Time is cut into periods, each of which belongs to the node that inserts its claim first. Whoever polls claims the
 * periods of its poll in advance, so it stays the one; when it dies, the first period that nobody has claimed is anyone's.
 */
export function createPollLease(deps: {
  readonly slots: Pick<SlotCounter, 'take'>;
  readonly clock: Clock;
  readonly botId: string;
  /** Unique to this process. */
  readonly holder: string;
}): PollLease {
  const { slots, clock, botId, holder } = deps;

  const claim = (period: number) =>
    slots.take({
      key: `telegram_poll/${botId}/${period}`,
      claim: holder,
      limit: 1,
      expiresAt: (period + 2) * PERIOD_MS,
    });

  return {
    async hold(forMs) {
      const now = clock.now();
      const last = Math.floor((now + forMs) / PERIOD_MS);
      for (let period = Math.floor(now / PERIOD_MS); period <= last; period += 1) {
        if (!(await claim(period))) {
          return false;
        }
      }
      return true;
    },
  };
}
