import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { IntentsAnswer, UnclearGroup } from '../desk-api/learning.ts';
import { intentWords, unclearWords } from '../desk-words.ts';
import { ageWords } from './format.ts';
import { IntentField } from './intent-field.tsx';

interface RowProps {
  readonly group: UnclearGroup;
  readonly intents: IntentsAnswer['intents'];
  readonly now: number;
  readonly onOpen: (conversationId: string) => void;
  /** Without an intent: nothing is to be learned from these words. */
  readonly onDecide: (words: string, intent?: string) => Promise<void>;
}

/** Words that came once or more often, with what they may mean. */
export function UnclearRow({ group, intents, now, onOpen, onDecide }: RowProps) {
  const { words, text, times, why, proposed, guesses, lastAt, conversationId } = group;
  const [other, setOther] = useState('');
  const guessed = guesses.filter(({ intent }) => !proposed.includes(intent));
  return (
    <li className="unclear">
      <p className="unclear-text">{text}</p>
      <p className="quiet">
        {times} lần · {ageWords(lastAt, now)} · {why.map(unclearWords).join(', ')}
      </p>
      <div className="unclear-acts">
        {proposed.map((intent) => (
          <Button key={intent} className="button primary small" onPress={() => onDecide(words, intent)}>
            {intentWords(intent)} <span className="guess">nhân viên</span>
          </Button>
        ))}
        {guessed.map(({ intent, confidence }) => (
          <Button key={intent} className="button secondary small" onPress={() => onDecide(words, intent)}>
            {intentWords(intent)} <span className="guess">{Math.round(confidence * 100)} %</span>
          </Button>
        ))}
        <IntentField label="Ý khác" emptyWords="Chọn…" {...{ intents }} value={other} onChange={setOther} />
        <Button className="button secondary small" isDisabled={other === ''} onPress={() => onDecide(words, other)}>
          Gắn nhãn
        </Button>
        <Button className="button secondary small" aria-label={`Bỏ qua: ${text}`} onPress={() => onDecide(words)}>
          Bỏ qua
        </Button>
        <Button
          className="button secondary small"
          aria-label={`Xem cuộc có câu: ${text}`}
          onPress={() => onOpen(conversationId)}
        >
          Xem cuộc
        </Button>
      </div>
    </li>
  );
}
