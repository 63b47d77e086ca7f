/** How many notices each channel may be given by now. */
export interface NoticeBudget {
  /** Time goes by: the budgets grow by the paces. */
  pass(now: number): void;
  /** How many a channel may be given now. */
  of(channel: string): number;
  /** So many were there to be given. */
  spend(channel: string, given: number): void;
  /** Whether some channel had more to be given than it may. */
  isShort(): boolean;
}

/** After a longer pause no more is given at once than in this time: a channel is not flooded. */
const LONGEST_PAUSE_MS = 500;
/** A process that starts gives what is allowed in so long: nobody knows what the last one has given. */
const FIRST_MS = 100;

/** Fractions are carried over, so that many short rounds give as much as a long one. `pace`: a second. */
export function createNoticeBudget(pace: (channel: string) => number, start: number): NoticeBudget {
  const left = new Map<string, number>();
  const short = new Set<string>();
  let last = start;

  const first = (channel: string) => Math.max(1, (pace(channel) * FIRST_MS) / 1_000);

  return {
    pass(now) {
      const pauseMs = now - last;
      last = now;
      for (const [channel, before] of left) {
        const most = Math.max(1, (pace(channel) * LONGEST_PAUSE_MS) / 1_000);
        left.set(channel, Math.min(before + (pace(channel) * pauseMs) / 1_000, most));
      }
    },
    of: (channel) => Math.floor(left.get(channel) ?? first(channel)),
    spend(channel, given) {
      const before = left.get(channel) ?? first(channel);
      const allowed = Math.floor(before);
      // What nobody needed is not saved up; where nothing was allowed it is not known whether there is more.
      left.set(channel, given < allowed ? Math.min(before - given, 1) : before - given);
      if (allowed > 0) {
        short[given === allowed ? 'add' : 'delete'](channel);
      }
    },
    isShort: () => short.size > 0,
  };
}
