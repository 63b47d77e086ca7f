import { useCallback, useEffect, useRef, useState } from 'react';
import type { QueueAnswer } from '../desk-api/queue.ts';
import { MOST_QUEUE_ROWS, QUEUE_PAGE } from '../queue-limits.ts';
import { callDesk } from './call-desk.ts';
import type { Live } from './use-live.ts';
import { useRefresh } from './use-refresh.ts';

/** A wake-up that got lost costs no more than this. */
const RECHECK_MS = 20_000;

export interface Queue {
  /** `undefined` until the first answer. */
  readonly answer: QueueAnswer | undefined;
  /** By how much the server's clock is ahead of ours. */
  readonly clockAheadMs: number;
  refresh(): Promise<void>;
  /** Lists more of those who wait. */
  showMore(): Promise<void>;
}

/** The queue and the agent's own conversations, kept up to date. */
export function useQueue(live: Live, onError: (error: unknown) => void): Queue {
  const [answer, setAnswer] = useState<QueueAnswer>();
  const [clockAheadMs, setClockAheadMs] = useState(0);
  const revision = useRef('');
  const limit = useRef(QUEUE_PAGE);

  const read = useCallback(async () => {
    try {
      const fresh = await callDesk.queue(limit.current);
      revision.current = fresh.revision;
      setAnswer(fresh);
      setClockAheadMs(fresh.now - Date.now());
    } catch (error) {
      onError(error);
    }
  }, [onError]);
  const refresh = useRefresh(read);

  const showMore = useCallback(() => {
    limit.current = Math.min(limit.current + QUEUE_PAGE, MOST_QUEUE_ROWS);
    return refresh();
  }, [refresh]);

  useEffect(() => {
    void refresh();
    const recheck = setInterval(refresh, RECHECK_MS);
    return () => clearInterval(recheck);
  }, [refresh]);
  useEffect(
    () =>
      live.subscribe((news) => {
        if ((news.type === 'hello' || news.type === 'queue') && news.revision !== revision.current) {
          void refresh();
        }
      }),
    [live, refresh],
  );

  return { answer, clockAheadMs, refresh, showMore };
}
