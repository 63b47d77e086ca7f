import type { SendOutcome } from './channel-adapter.ts';
import type { AttemptOutcome } from './ports.ts';

export interface RetryPolicy {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  readonly mostAttempts: number;
  /** A message older than this waits no longer for a channel that takes nothing, ms. */
  readonly longestWaitMs: number;
}

export interface AttemptContext {
  /** Number of the try, from 1: attempts that were only waiting are not counted. */
  readonly tries: number;
  /** When the message was written, UTC ms. */
  readonly writtenAt: number;
  /** UTC ms. */
  readonly now: number;
  readonly retry: RetryPolicy;
}

/** What becomes of a message after the channel has answered: done, to be tried again, given up, or not known. */
export function outcomeOf(sent: SendOutcome, { tries, writtenAt, now, retry }: AttemptContext): AttemptOutcome {
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
    case 'wait':
      return now - writtenAt >= retry.longestWaitMs
        ? { state: 'failed', reason: sent.reason }
        : { state: 'queued', reason: sent.reason, nextAt: now + sent.afterMs, isWait: true };
    case 'retry':
      return tries >= retry.mostAttempts
        ? { state: 'failed', reason: sent.reason }
        : { state: 'queued', reason: sent.reason, nextAt: now + (sent.afterMs ?? backOff(tries, retry)) };
  }
}

function backOff(tries: number, retry: RetryPolicy): number {
  return Math.min(retry.firstDelayMs * 2 ** (tries - 1), retry.longestDelayMs);
}
