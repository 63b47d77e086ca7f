/** @jsxImportSource preact */
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Place } from './direct-line-api.ts';
import { Extras } from './extras.tsx';
import { WORDS } from './words.ts';

interface ComposerProps {
  readonly inputRef: RefObject<HTMLTextAreaElement | null>;
  readonly onSend: (text: string) => void;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onPlace: (place: Place) => void;
}

const LONGEST_TEXT = 4000;
const COUNT_FROM = 3500;
const TALLEST_PX = 132;

/** Where the visitor writes. Enter sends, Shift+Enter begins a new line. */
export function Composer({ inputRef, onSend, onFiles, onPlace }: ComposerProps) {
  const [text, setText] = useState('');
  const left = LONGEST_TEXT - text.length;
  const canSend = text.trim() !== '' && left >= 0;

  useLayoutEffect(() => {
    const input = inputRef.current;
    if (input?.value === text) {
      input.style.height = 'auto';
      input.style.height = `${Math.min(input.scrollHeight, TALLEST_PX)}px`;
    }
  }, [text, inputRef]);

  function send(): void {
    if (canSend) {
      onSend(text.trim());
      setText('');
    }
    inputRef.current?.focus();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Extras {...{ onFiles, onPlace }} />
      <label class="hidden" for="ln-input">
        {WORDS.inputLabel}
      </label>
      <textarea
        id="ln-input"
        ref={inputRef}
        rows={1}
        value={text}
        placeholder={WORDS.placeholder}
        enterkeyhint="send"
        aria-describedby={left <= LONGEST_TEXT - COUNT_FROM ? 'ln-count' : undefined}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // While a Vietnamese input method composes a word, Enter belongs to it.
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            send();
          }
        }}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])];
          if (files.length > 0) {
            event.preventDefault();
            onFiles(files);
          }
        }}
      />
      <button type="submit" class="send" disabled={!canSend} aria-label={WORDS.send}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M3.4 20.4 21 12 3.4 3.6 3.4 10.2 15 12 3.4 13.8z" />
        </svg>
      </button>
      {left <= LONGEST_TEXT - COUNT_FROM && (
        <p id="ln-count" class={left < 0 ? 'count over' : 'count'}>
          {WORDS.left(left)}
        </p>
      )}
    </form>
  );
}
