/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from './chat.ts';
import { ChatWindow } from './chat-window.tsx';
import type { KeyValueStore } from './outbox.ts';
import { WORDS } from './words.ts';

interface ChatWidgetProps {
  readonly chat: Chat;
  /** Whose chat it is. */
  readonly utility: string;
  /** Remembers for this tab whether the window is open. */
  readonly tab: KeyValueStore;
  /** Remembers for this browser what has been read. */
  readonly storage: KeyValueStore;
  /** Calls back when the page around the widget asks for it, perhaps with a question. */
  readonly onAskedFor: (callBack: (question: string | undefined) => void) => () => void;
}

const OPEN_KEY = 'lang-nghe:open';
const READ_KEY = 'lang-nghe:read';

/** The launcher in the corner, and the window that it opens. */
export function ChatWidget({ chat, utility, tab, storage, onAskedFor }: ChatWidgetProps) {
  const [isOpen, setOpen] = useState(tab.getItem(OPEN_KEY) === '1');
  const [, redraw] = useState(0);
  const launcher = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  const state = chat.state();
  const others = state.activities.filter(({ channelData }) => channelData.author !== 'customer');
  const last = others.at(-1)?.id;
  const read = others.findLastIndex(({ id }) => id === storage.getItem(READ_KEY));
  const unread = isOpen ? 0 : others.length - 1 - read;

  useEffect(() => chat.subscribe(() => redraw((count) => count + 1)), [chat]);
  useEffect(() => {
    if (isOpen || chat.isKnown()) {
      chat.start();
    }
    tab.setItem(OPEN_KEY, isOpen ? '1' : '0');
    if (wasOpen.current && !isOpen) {
      launcher.current?.focus();
    }
    wasOpen.current = isOpen;
  }, [isOpen, chat, tab]);
  useEffect(() => {
    if (isOpen && last !== undefined) {
      storage.setItem(READ_KEY, last);
    }
  }, [isOpen, last, storage]);
  useEffect(
    () =>
      onAskedFor((question) => {
        setOpen(true);
        if (question) {
          chat.send(question);
        }
      }),
    [chat, onAskedFor],
  );

  if (isOpen) {
    return <ChatWindow {...{ chat, utility, state, storage }} onClose={() => setOpen(false)} />;
  }
  return (
    <button ref={launcher} type="button" class="launcher" aria-label={WORDS.open} onClick={() => setOpen(true)}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4.2V17H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z" />
      </svg>
      <span>{WORDS.launcher}</span>
      {unread > 0 && (
        <b class="unread">
          {unread > 9 ? '9+' : unread}
          <span class="hidden">{WORDS.unread(unread)}</span>
        </b>
      )}
    </button>
  );
}
