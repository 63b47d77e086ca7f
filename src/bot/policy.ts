import type { BotPolicy } from './create-bot.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The figures by which the bot works. */
export const BOT_POLICY: Omit<BotPolicy, 'agentCap'> = {
  queueWaitMs: 3 * MINUTE_MS,
  // A browser may be shared: whoever sits down at it next must not see the last one's bills.
  identityIdleMs: { web: 15 * MINUTE_MS },
  retry: { firstDelayMs: SECOND_MS, longestDelayMs: 5 * MINUTE_MS, mostAttempts: 12, longestWaitMs: 7 * DAY_MS },
  unhandledAfterMs: 5 * SECOND_MS,
  attemptLostAfterMs: MINUTE_MS,
  // Seven seconds of work at 300 turns a second, and less than 20 MB.
  mostInHand: 2_000,
};
