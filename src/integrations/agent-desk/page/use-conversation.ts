import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConversationAnswer, DeskMessage } from '../desk-api/conversation.ts';
import { callDesk } from './call-desk.ts';
import type { Live } from './use-live.ts';
import { useRefresh } from './use-refresh.ts';

/** How many of the last messages are read again: their delivery may have changed. */
const REREAD = 50;
const PAGE = 100;
/** While something is under way, the page looks more often than it is told to. */
const RECHECK_MS = { underWay: 2_500, quiet: 20_000 };

export interface OpenConversation {
  /** Everything but the messages; `undefined` until the first answer. */
  readonly answer: ConversationAnswer | undefined;
  readonly messages: readonly DeskMessage[];
  readonly hasEarlier: boolean;
  refresh(): Promise<void>;
  readEarlier(): Promise<void>;
}

/** One conversation, kept up to date. Give its component the id as `key`. */
export function useConversation(id: string, live: Live, onError: (error: unknown) => void): OpenConversation {
  const [answer, setAnswer] = useState<ConversationAnswer>();
  const [messages, setMessages] = useState<ReadonlyMap<number, DeskMessage>>(new Map());
  const known = useRef<ReadonlyMap<number, DeskMessage>>(messages);

  const keep = useCallback((fresh: readonly DeskMessage[]) => {
    known.current = new Map([...known.current, ...fresh.map((message) => [message.seq, message] as const)]);
    setMessages(known.current);
  }, []);

  const read = useCallback(async () => {
    try {
      let last = lastOf(known.current);
      let fresh = await callDesk.conversation(
        id,
        last === 0 ? {} : { after: Math.max(0, last - REREAD), limit: 200 },
        'auto',
      );
      keep(fresh.messages);
      // After a long break one answer may not hold everything that was missed.
      while (lastOf(known.current) < fresh.state.messageSeq && lastOf(known.current) > last) {
        last = lastOf(known.current);
        fresh = await callDesk.conversation(id, { after: last, limit: 200 }, 'auto');
        keep(fresh.messages);
      }
      setAnswer(fresh);
    } catch (error) {
      onError(error);
    }
  }, [id, keep, onError]);
  const refresh = useRefresh(read);

  const readEarlier = useCallback(async () => {
    const first = Math.min(...known.current.keys());
    const after = Math.max(0, first - 1 - PAGE);
    try {
      keep((await callDesk.conversation(id, { after, limit: first - 1 - after }, 'user')).messages);
    } catch (error) {
      onError(error);
    }
  }, [id, keep, onError]);

  useEffect(() => {
    void refresh();
    live.watch(id);
    const unsubscribe = live.subscribe((news) => {
      if (news.type === 'conversation' && news.conversationId === id) {
        void refresh();
      }
    });
    return () => {
      unsubscribe();
      live.watch(null);
    };
  }, [id, live, refresh]);

  const shown = [...messages.values()].sort((a, b) => a.seq - b.seq);
  const isUnderWay =
    (answer?.openAttempts.length ?? 0) > 0 ||
    shown.some(({ delivery }) => delivery === 'queued' || delivery === 'sending') ||
    lastOf(messages) < (answer?.state.messageSeq ?? 0);
  useEffect(() => {
    const recheck = setInterval(refresh, isUnderWay ? RECHECK_MS.underWay : RECHECK_MS.quiet);
    return () => clearInterval(recheck);
  }, [refresh, isUnderWay]);

  return { answer, messages: shown, hasEarlier: (shown[0]?.seq ?? 1) > 1, refresh, readEarlier };
}

function lastOf(messages: ReadonlyMap<number, DeskMessage>): number {
  return Math.max(0, ...messages.keys());
}
