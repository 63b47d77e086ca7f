import type { AttemptOutcome, SendOutcome } from './ports.ts';

export interface RetryPolicy {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  readonly mostAttempts: number;
}

export interface AttemptContext {
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** UTC ms. */
  readonly now: number;
  readonly retry: RetryPolicy;
}

/** What becomes of a message after the channel has answered: done, to be tried again, given up, or not known. */
export function outcomeOf(sent: SendOutcome, { attempt, now, retry }: AttemptContext): AttemptOutcome {
  switch (sent.result) {
    case 'accepted':
      return {
        state: 'accepted',
        ...(sent.channelMessageId !== undefined && { channelMessageId: sent.channelMessageId }),
      };
    case 'refused':
      return { state: 'failed', reason: sent.reason };
    case 'unknown':
      return { state: 'uncertain', reason: sent.reason };
    case 'retry':
      return attempt >= retry.mostAttempts
        ? { state: 'failed', reason: sent.reason }
        : { state: 'queued', reason: sent.reason, nextAt: now + (sent.afterMs ?? backOff(attempt, retry)) };
  }
}

function backOff(attempt: number, retry: RetryPolicy): number {
  return Math.min(retry.firstDelayMs * 2 ** (attempt - 1), retry.longestDelayMs);
}
