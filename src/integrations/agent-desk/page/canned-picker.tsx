import { useEffect, useState } from 'react';
import {
  Button,
  Dialog,
  DialogTrigger,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
} from 'react-aria-components';
import { foldWords } from '../../../dialogs/fold-words.ts';
import type { CannedAnswers } from '../desk-api/conversation.ts';
import { callDesk } from './call-desk.ts';
import { CannedEditor } from './canned-editor.tsx';
import { useShortcut } from './use-shortcut.ts';

type Answer = CannedAnswers['answers'][number];

interface PickerProps {
  /** Values of the variables that are known here. */
  readonly values: Readonly<Record<string, string>>;
  readonly mayEdit: boolean;
  readonly onPick: (text: string) => void;
  readonly onError: (error: unknown) => void;
}

/** Ready answers, found by typing a part of them without marks. */
export function CannedPicker({ values, mayEdit, onPick, onError }: PickerProps) {
  const [answers, setAnswers] = useState<readonly Answer[]>([]);
  const [text, setText] = useState('');
  const [edited, setEdited] = useState<Answer>();
  const [isOpen, setIsOpen] = useState(false);
  useShortcut('KeyM', () => setIsOpen(true));
  useEffect(() => {
    if (isOpen) {
      callDesk.canned().then((fresh) => setAnswers(fresh.answers), onError);
    }
  }, [isOpen, onError]);

  const words = foldWords(text).split(' ');
  const found = answers.filter((answer) => {
    const folded = foldWords(`${answer.title} ${answer.text}`);
    return words.every((word) => folded.includes(word));
  });
  function pick(id: string): void {
    const answer = answers.find((one) => one.id === id);
    if (answer !== undefined) {
      onPick(fillIn(answer.text, values));
      setIsOpen(false);
    }
  }

  return (
    <>
      <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
        <Button className="button secondary small">Câu mẫu</Button>
        <Popover className="popover canned" placement="top start">
          <Dialog aria-label="Câu mẫu">
            <SearchField aria-label="Tìm câu mẫu" value={text} onChange={setText} autoFocus className="field">
              <Input placeholder="Tìm, không cần gõ dấu" />
            </SearchField>
            <ListBox
              className="canned-list"
              aria-label="Câu mẫu"
              selectionMode="none"
              items={found}
              onAction={(key) => pick(String(key))}
              renderEmptyState={() => <p className="quiet">Không có câu nào như vậy.</p>}
            >
              {(answer) => (
                <ListBoxItem id={answer.id} textValue={answer.title} className="canned-item">
                  <strong>
                    {answer.isCrisis === true && <span className="chip crisis-chip">Tin khẩn</span>} {answer.title}
                  </strong>
                  <span className="quiet">{answer.text}</span>
                </ListBoxItem>
              )}
            </ListBox>
            {mayEdit && (
              <div className="canned-edit">
                {found.length === 1 && found[0] !== undefined && found[0].isCrisis !== true && (
                  <Button className="button secondary small" onPress={() => setEdited(found[0])}>
                    Sửa câu này
                  </Button>
                )}
                <Button className="button secondary small" onPress={() => setEdited({ id: '', title: text, text: '' })}>
                  Thêm câu mẫu
                </Button>
              </div>
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
      {edited !== undefined && (
        <CannedEditor key={edited.id} answer={edited} onSaved={setAnswers} onClose={() => setEdited(undefined)} />
      )}
    </>
  );
}

/** Fills in what is known; what is not stays as it is, for the agent to see. */
function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (whole, name: string) => values[name] ?? whole);
}

const VARIABLE = /\{([a-z_]+)\}/g;

/** Variables that nobody has filled in. */
export function unfilledIn(text: string): readonly string[] {
  return [...text.matchAll(VARIABLE)].map(([whole]) => whole);
}
