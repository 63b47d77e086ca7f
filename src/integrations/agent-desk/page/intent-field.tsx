import { useEffect, useId, useState } from 'react';
import type { IntentsAnswer } from '../desk-api/learning.ts';
import { callDesk } from './call-desk.ts';

/** The intents that a message can be said to mean; none while they are being read. */
export function useIntents(onError: (error: unknown) => void): IntentsAnswer['intents'] {
  const [intents, setIntents] = useState<IntentsAnswer['intents']>([]);
  useEffect(() => {
    callDesk.intents().then((answer) => setIntents(answer.intents), onError);
  }, [onError]);
  return intents;
}

interface IntentFieldProps {
  readonly label: string;
  /** For what is not chosen. */
  readonly emptyWords: string;
  readonly intents: IntentsAnswer['intents'];
  /** Empty: not chosen. */
  readonly value: string;
  readonly onChange: (intent: string) => void;
}

/** One intent out of all. The browser's own list, for it finds an entry by its first letters. */
export function IntentField({ label, emptyWords, intents, value, onChange }: IntentFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{emptyWords}</option>
        {intents.map(({ name, words }) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
