import type { Clock, SlotCounter } from '../bot/ports.ts';

/** Work that one node alone does, of those that could. */
export interface TermLease {
  /** Whether it is this node's from now on for so long, ms. */
  hold(forMs: number): Promise<boolean>;
}

export interface TermLeaseDeps {
  readonly slots: Pick<SlotCounter, 'take'>;
  readonly clock: Clock;
  /** Names the work. */
  readonly work: string;
  /** Unique to this process. */
  readonly holder: string;
}

/** Short enough to be taken over soon, long enough that a long poll is covered by a few. */
const PERIOD_MS = 10_000;

/**
 * Time is cut into periods, each of which belongs to the node that inserts its claim first. Whoever works claims
 * the periods of its work in advance, so it stays the one; when it dies, the first period that nobody has claimed is anyone's.
 */
export function createTermLease(deps: TermLeaseDeps): TermLease {
  const { slots, clock, work, holder } = deps;

  const claim = (period: number) =>
    slots.take({
      key: `${work}/${period}`,
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
