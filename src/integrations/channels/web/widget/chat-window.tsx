/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import { BannerView } from './banner-view.tsx';
import { Bolt } from './bolt.tsx';
import type { Chat, ChatState } from './chat.ts';
import { Composer } from './composer.tsx';
import { Log } from './log.tsx';
import { MessageView } from './message-view.tsx';
import type { KeyValueStore } from './outbox.ts';
import { startOfNews, type TimelineEntry, timelineOf } from './timeline.ts';
import { WORDS } from './words.ts';

interface ChatWindowProps {
  readonly chat: Chat;
  readonly state: ChatState;
  /** Whose chat it is. */
  readonly utility: string;
  /** Remembers for this browser what was put away. */
  readonly storage: KeyValueStore;
  readonly onClose: () => void;
}

const PATIENCE_MS = 15_000;

/** The open chat: header, conversation, composer. */
export function ChatWindow({ chat, state, utility, storage, onClose }: ChatWindowProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const entries = timelineOf(state, Date.now(), WORDS.today);
  const start = startOfNews(entries);
  const lastOwn = entries.findLast(({ speaker }) => speaker === 'customer');
  const isTyping = useTyping(entries);

  useEffect(() => input.current?.focus(), []);

  return (
    <section
      class="window"
      role="dialog"
      aria-label={WORDS.dialogLabel(utility)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.isComposing) {
          onClose();
        }
      }}
    >
      <div class="head">
        <span class="avatar large">
          <Bolt />
        </span>
        <div>
          <h2>{utility}</h2>
          <p>{WORDS.subtitle}</p>
        </div>
        <button type="button" class="close" aria-label={WORDS.close} onClick={onClose}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M6 9.5 12 15.5 18 9.5" fill="none" stroke="currentColor" stroke-width="2.4" />
          </svg>
        </button>
      </div>
      <p class={`connection ${state.connection}`} role="status">
        {state.connection === 'offline' && WORDS.offline}
        {state.connection === 'connecting' && WORDS.connecting}
      </p>
      <BannerView banner={state.banner} storage={storage} onDismissed={() => input.current?.focus()} />
      <Log
        mark={`${entries.at(-1)?.key}/${isTyping}/${state.banner.length}`}
        isLoading={state.connection === 'connecting'}
      >
        {entries.length === 0 && state.connection === 'online' && <Welcome onAsk={(text) => chat.send(text)} />}
        {entries.map((entry) => (
          <MessageView
            key={entry.key}
            entry={entry}
            isLastOwn={entry === lastOwn}
            isStart={entry.key === start}
            isStuck={state.isStuck}
            onChoose={({ label, value }) => {
              chat.send(label, value);
              input.current?.focus();
            }}
            onRetry={chat.retry}
            onDiscard={chat.discard}
          />
        ))}
        {isTyping && (
          <p class="typing">
            <span class="hidden">{WORDS.typing}</span>
            <i />
            <i />
            <i />
          </p>
        )}
      </Log>
      <Composer inputRef={input} onSend={(text) => chat.send(text)} onFiles={chat.sendFiles} onPlace={chat.sendPlace} />
    </section>
  );
}

function Welcome({ onAsk }: { onAsk: (text: string) => void }) {
  return (
    <div class="welcome">
      <span class="avatar huge">
        <Bolt />
      </span>
      <h3>{WORDS.welcomeTitle}</h3>
      <p>{WORDS.welcome}</p>
      <div class="buttons">
        {WORDS.starters.map((text) => (
          <button key={text} type="button" class="button" onClick={() => onAsk(text)}>
            {text}
          </button>
        ))}
      </div>
    </div>
  );
}

/** True while an answer of the bot is to be expected: a human may take longer, and says so. */
function useTyping(entries: readonly TimelineEntry[]): boolean {
  const last = entries.at(-1);
  const key = last?.key;
  // Only for what was sent from here: after a reload nobody knows how long ago it was, for clocks differ.
  const sentFromHere = useRef<string>(undefined);
  if (last?.pending !== undefined) {
    sentFromHere.current = key;
  }
  const [givenUpOn, giveUpOn] = useState<string>();
  const isHeldByAgent = entries.findLast(({ speaker }) => speaker !== 'customer')?.speaker === 'agent';
  const isWaiting =
    last?.speaker === 'customer' &&
    last.pending?.state !== 'refused' &&
    sentFromHere.current === key &&
    givenUpOn !== key &&
    !isHeldByAgent;
  useEffect(() => {
    const timer = isWaiting ? setTimeout(() => giveUpOn(key), PATIENCE_MS) : undefined;
    return () => clearTimeout(timer);
  }, [isWaiting, key]);
  return isWaiting;
}
