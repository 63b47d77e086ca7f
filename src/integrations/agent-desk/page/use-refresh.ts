import { useCallback, useEffect, useRef } from 'react';

/**
 * One reader of the server at a time: asked again while it reads, it reads once more afterwards, so that the last
 * thing shown is never older than the last time somebody asked.
 */
export function useRefresh(read: () => Promise<void>): () => Promise<void> {
  const state = useRef<{ reading: Promise<void> | undefined; isAskedAgain: boolean }>({
    reading: undefined,
    isAskedAgain: false,
  });
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  }, [read]);

  return useCallback(async () => {
    const mine = state.current;
    if (mine.reading !== undefined) {
      mine.isAskedAgain = true;
      return mine.reading;
    }
    mine.reading = (async () => {
      try {
        do {
          mine.isAskedAgain = false;
          await latest.current();
        } while (mine.isAskedAgain);
      } finally {
        mine.reading = undefined;
      }
    })();
    return mine.reading;
  }, []);
}
