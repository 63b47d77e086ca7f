import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ChatMessage } from '../../world.ts';
import { type ChatSummary, look, type OaState } from './call-simulator.ts';

const SETTLE_MS = 40;

type Listener = (userId: string) => void;
const listeners = new Set<Listener>();
let stream: EventSource | undefined;

/** All look-ups share one stream: a browser opens only six connections to one host, over all tabs. */
function listen(listener: Listener): () => void {
  if (stream === undefined) {
    stream = new EventSource('/__sim/stream');
    // After a break nobody knows what was missed, so everything is asked again.
    stream.onopen = () => tell('');
    stream.onmessage = ({ data }) => tell((JSON.parse(String(data)) as { userId: string }).userId);
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(userId: string): void {
  for (const listener of listeners) {
    listener(userId);
  }
}

/** Runs a look-up now and again whenever something happened in the simulator. */
function useLive<T>(fetchIt: () => Promise<T>, concerns: (userId: string) => boolean): T | undefined {
  const [value, setValue] = useState<T | undefined>(undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const refresh = () =>
      fetchIt().then(
        (fresh) => !isOver && setValue(fresh),
        () => undefined,
      );
    const stop = listen((userId) => {
      if (concerns(userId)) {
        clearTimeout(timer);
        timer = setTimeout(refresh, SETTLE_MS);
      }
    });
    void refresh();
    return () => {
      isOver = true;
      clearTimeout(timer);
      stop();
    };
  }, [fetchIt, concerns]);
  return value;
}

const everything = () => true;
const fetchChats = () => look<ChatSummary[]>('chats');
const fetchOa = () => look<OaState>('oa');

/** All phones with their last message. */
export const useChats = (): readonly ChatSummary[] | undefined => useLive(fetchChats, everything);

/** The OA and whether its webhook works. */
export const useOa = (): OaState | undefined => useLive(fetchOa, everything);

/** The chat on one phone. */
export function useTranscript(userId: string): readonly ChatMessage[] | undefined {
  const fetchIt = useCallback(() => look<ChatMessage[]>(`transcript/${userId}`), [userId]);
  const concerns = useCallback((changed: string) => changed === userId || changed === '', [userId]);
  return useLive(fetchIt, concerns);
}
