import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../bot/ports.ts';

/** What a channel counts and logs of its traffic and its troubles. */
export interface TroubleLog<Alarm extends string = string> {
  /** How often each kind of event and each alarm has been seen. */
  counts(): ReadonlyMap<string, number>;
  count(what: string): void;
  /** False when the same has been logged a moment ago: it must not fill the log. */
  mayLog(what: string): boolean;
  /** Counts a trouble that somebody has to mend, and says so once a minute at most. */
  alarm(kind: Alarm, words: string): void;
}

const LOG_AGAIN_AFTER_MS = 60_000;

export function createTroubleLog<Alarm extends string = string>(deps: {
  readonly channel: string;
  readonly clock: Clock;
  readonly logger: Pick<FastifyBaseLogger, 'error'>;
}): TroubleLog<Alarm> {
  const { channel, clock, logger } = deps;
  const counts = new Map<string, number>();
  const logged = new Map<string, number>();

  function count(what: string): void {
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }

  function mayLog(what: string): boolean {
    const isTime = clock.now() - (logged.get(what) ?? Number.NEGATIVE_INFINITY) >= LOG_AGAIN_AFTER_MS;
    if (isTime) {
      logged.set(what, clock.now());
    }
    return isTime;
  }

  return {
    counts: () => counts,
    count,
    mayLog,
    alarm(kind, words) {
      count(`alarm_${kind}`);
      if (mayLog(kind)) {
        logger.error({ alarm: kind }, `${channel}: ${words}`);
      }
    },
  };
}
