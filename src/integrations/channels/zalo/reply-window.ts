/** How long a customer may still be written to. `unknown`: nothing has been seen of him yet. */
export type ReplyWindow =
  | { readonly state: 'free' | 'charged'; readonly endsAt: number }
  | { readonly state: 'closed' | 'unknown' };

const HOUR_MS = 60 * 60_000;
const FREE_MS = 48 * HOUR_MS;
const OPEN_MS = 7 * 24 * HOUR_MS;

/** Zalo's window: free for 48 hours after the customer's last act, at a price for 7 days, then closed. */
export function windowOf(lastActAt: number | undefined, now: number): ReplyWindow {
  if (lastActAt === undefined) {
    return { state: 'unknown' };
  }
  const age = now - lastActAt;
  if (age > OPEN_MS) {
    return { state: 'closed' };
  }
  return age <= FREE_MS
    ? { state: 'free', endsAt: lastActAt + FREE_MS }
    : { state: 'charged', endsAt: lastActAt + OPEN_MS };
}
