import { Input, Label, Radio, RadioGroup, TextArea, TextField } from 'react-aria-components';

interface NoteFieldProps {
  readonly label: string;
  readonly value: string;
  readonly isRequired?: boolean;
  readonly onChange: (value: string) => void;
}

const NOTE_LIMIT = 1_000;

/** Words for colleagues. */
export function NoteField({ label, value, isRequired = false, onChange }: NoteFieldProps) {
  return (
    <TextField className="field" value={value} onChange={onChange} maxLength={NOTE_LIMIT} isRequired={isRequired}>
      <Label>{label}</Label>
      <TextArea rows={3} />
    </TextField>
  );
}

interface ChoiceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly id: string; readonly words: string; readonly isDisabled?: boolean }[];
  readonly onChange: (id: string) => void;
}

/** One out of a few. */
export function ChoiceField({ label, value, choices, onChange }: ChoiceFieldProps) {
  return (
    <RadioGroup className="field radios" value={value} onChange={onChange}>
      <Label>{label}</Label>
      {choices.map(({ id, words, isDisabled = false }) => (
        <Radio key={id} value={id} className="radio" isDisabled={isDisabled}>
          {words}
        </Radio>
      ))}
    </RadioGroup>
  );
}

interface LineFieldProps {
  readonly label: string;
  readonly type: 'tel' | 'datetime-local' | 'date' | 'password' | 'text';
  readonly value: string;
  readonly autoComplete?: string;
  readonly onChange: (value: string) => void;
}

/** One line of text. */
export function LineField({ label, type, value, autoComplete = 'off', onChange }: LineFieldProps) {
  return (
    <TextField className="field" {...{ value, onChange, type, autoComplete }}>
      <Label>{label}</Label>
      <Input />
    </TextField>
  );
}
