import { useEffect, useMemo, useRef, useState } from 'react';
import type { LiveNews } from '../desk-api/live.ts';
import { dropUnanswered } from './call-desk.ts';
import { type LiveLink, openLiveLink } from './live-link.ts';

/** Live news for whoever on the page wants them. */
export interface Live {
  readonly isConnected: boolean;
  watch(conversationId: string | null): void;
  typing(): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (news: LiveNews) => void): () => void;
}

export function useLive(onSessionEnded: () => void): Live {
  const [isConnected, setIsConnected] = useState(false);
  const link = useRef<LiveLink>(null);
  const watched = useRef<string | null>(null);
  const [listeners] = useState(() => new Set<(news: LiveNews) => void>());

  useEffect(() => {
    const opened = openLiveLink({
      onConnected: setIsConnected,
      onBack: dropUnanswered,
      onSessionEnded,
      onNews: (news) => {
        for (const listener of listeners) {
          listener(news);
        }
      },
    });
    link.current = opened;
    opened.watch(watched.current);
    return () => opened.close();
  }, [onSessionEnded, listeners]);

  return useMemo(
    () => ({
      isConnected,
      watch(conversationId) {
        watched.current = conversationId;
        link.current?.watch(conversationId);
      },
      typing() {
        link.current?.typing();
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    [isConnected, listeners],
  );
}
