import type { ReplyWindow } from '../../../bot/reply-window.ts';

const HOUR_MS = 60 * 60_000;
const FREE_MS = 48 * HOUR_MS;
const OPEN_MS = 7 * 24 * HOUR_MS;

/** Zalo's window: free for 48 hours after the customer's last act, at a price for 7 days, then closed. */
export function windowAfter(lastActAt: number): ReplyWindow {
  return { freeUntil: lastActAt + FREE_MS, openUntil: lastActAt + OPEN_MS };
}
