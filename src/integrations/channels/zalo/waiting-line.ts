import type { Clock } from '../../../bot/ports.ts';
import type { Pacer } from './pacer.ts';

/** Messages that found no room in a minute, so that the next one goes to those that were written first. */
export interface WaitingLine {
  /** Whether a message may go: not while as many older ones wait as there are calls left. `key`: the same at each try. */
  enter(key: string, writtenAt: number): { readonly ok: true } | { readonly ok: false; readonly afterMs: number };
  /** It was stopped on its way after all, and waits. */
  goBack(key: string, writtenAt: number): void;
}

/** What has not been tried again for so long was withdrawn, or another process has sent it. */
const FORGOTTEN_AFTER_MS = 3 * 60_000;

export function createWaitingLine({
  pacer,
  clock,
}: {
  readonly pacer: Pick<Pacer, 'left' | 'msToNextMinute'>;
  readonly clock: Clock;
}): WaitingLine {
  const line = new Map<string, { readonly writtenAt: number; readonly since: number }>();

  function olderThan(writtenAt: number): number {
    let count = 0;
    for (const [key, waiting] of line) {
      if (clock.now() - waiting.since > FORGOTTEN_AFTER_MS) {
        line.delete(key);
      } else if (waiting.writtenAt < writtenAt) {
        count += 1;
      }
    }
    return count;
  }

  function goBack(key: string, writtenAt: number): void {
    line.set(key, { writtenAt, since: clock.now() });
  }

  return {
    goBack,
    enter(key, writtenAt) {
      line.delete(key);
      const left = pacer.left();
      // Nobody is counted while there is room for all.
      if (left > line.size || left > olderThan(writtenAt)) {
        return { ok: true };
      }
      goBack(key, writtenAt);
      return { ok: false, afterMs: pacer.msToNextMinute() };
    },
  };
}
