import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { callDesk } from './call-desk.ts';
import { useShortcut } from './use-shortcut.ts';

interface SuggestionProps {
  readonly id: string;
  /** Number of the last message: a new one brings another suggestion. */
  readonly lastSeq: number;
  readonly onUse: (text: string) => void;
}

/** What the bot would say now. It goes nowhere but into the box where the agent writes. */
export function Suggestion({ id, lastSeq, onUse }: SuggestionProps) {
  const [text, setText] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for each new message
  useEffect(() => {
    let isGone = false;
    setText(undefined);
    callDesk.suggestion(id).then(
      (fresh) => isGone || setText(fresh.text),
      // Without a suggestion the agent writes alone: nothing to tell.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [id, lastSeq]);
  useShortcut('KeyB', () => text !== undefined && onUse(text), text !== undefined);
  if (text === undefined) {
    return null;
  }
  return (
    <section className="suggestion" aria-label="Gợi ý của bot">
      <p>
        <strong>Gợi ý của bot:</strong> {text}
      </p>
      <Button className="button secondary small" onPress={() => onUse(text)}>
        Dùng câu này
      </Button>
    </section>
  );
}
