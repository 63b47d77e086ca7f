import type { Clock } from '../../../bot/ports.ts';
import type { Pacer } from './pacer.ts';

/** Messages that found no room in a minute, so that the next one goes to those that were written first. */
export interface WaitingLine {
  /**
   * Whether a message may go: not while as many older ones wait, or are on their way, as there are calls left. One that
   * may go is on its way until `leave` or `goBack`. `key`: the same at each try.
   */
  enter(key: string, writtenAt: number): { readonly ok: true } | { readonly ok: false; readonly afterMs: number };
  /** Its way has ended, and it need not wait. */
  leave(key: string): void;
  /** It was stopped on its way after all, and waits. */
  goBack(key: string, writtenAt: number): void;
}

interface InLine {
  readonly writtenAt: number;
  readonly since: number;
  /** It may go, and has perhaps not taken its call yet. */
  readonly isOnItsWay: boolean;
}

/** What has not been tried again for so long was withdrawn, or another process has sent it. */
const FORGOTTEN_AFTER_MS = 3 * 60_000;
/** By then those on their way have taken their calls, and what is left in this minute is known. */
const ASK_AGAIN_MS = 1_000;

export function createWaitingLine({
  pacer,
  clock,
}: {
  readonly pacer: Pick<Pacer, 'left' | 'msToNextMinute'>;
  readonly clock: Clock;
}): WaitingLine {
  const line = new Map<string, InLine>();

  function countOlderThan(writtenAt: number): { readonly waiting: number; readonly all: number } {
    let waiting = 0;
    let all = 0;
    for (const [key, other] of line) {
      if (clock.now() - other.since > FORGOTTEN_AFTER_MS) {
        line.delete(key);
      } else if (other.writtenAt < writtenAt) {
        all += 1;
        waiting += other.isOnItsWay ? 0 : 1;
      }
    }
    return { waiting, all };
  }

  function put(key: string, writtenAt: number, isOnItsWay: boolean): void {
    line.set(key, { writtenAt, since: clock.now(), isOnItsWay });
  }

  return {
    leave: (key) => void line.delete(key),
    goBack: (key, writtenAt) => put(key, writtenAt, false),
    enter(key, writtenAt) {
      line.delete(key);
      const left = pacer.left();
      // Nobody is counted while there is room for all.
      const older = left > line.size ? { waiting: 0, all: 0 } : countOlderThan(writtenAt);
      const isOk = left > older.all;
      put(key, writtenAt, isOk);
      if (isOk) {
        return { ok: true };
      }
      const toNextMinute = pacer.msToNextMinute();
      // Some of those on their way may have taken their calls already, and are counted twice.
      return { ok: false, afterMs: left > older.waiting ? Math.min(ASK_AGAIN_MS, toNextMinute) : toNextMinute };
    },
  };
}
