import { useState } from 'react';
import { Button } from 'react-aria-components';
import { callDesk, newActKey } from './call-desk.ts';
import { type Draft, type Drafts, noteDraft } from './drafts.ts';
import { NoteField } from './form-fields.tsx';

interface NoteComposerProps {
  readonly id: string;
  readonly drafts: Drafts;
  readonly onSaved: () => Promise<void>;
  readonly onDone: () => void;
  readonly onError: (error: unknown) => void;
}

/** Where an agent writes to colleagues. It is another box in another colour, and its words have another way. */
export function NoteComposer({ id, drafts, onSaved, onDone, onError }: NoteComposerProps) {
  const [draft, setDraft] = useState<Draft>(() => drafts.read(noteDraft(id)));
  const { text, key } = draft;
  const [isBusy, setIsBusy] = useState(false);

  function keep(next: Draft): void {
    setDraft(next);
    drafts.write(noteDraft(id), next);
  }

  function drop(): void {
    keep({ text: '', key: newActKey() });
    onDone();
  }

  async function save(): Promise<void> {
    setIsBusy(true);
    try {
      await callDesk.act('note', { conversationId: id, key, text });
      drop();
      await onSaved();
    } catch (error) {
      onError(error);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <div className="note-composer">
      <NoteField
        label="Ghi chú nội bộ (khách không thấy)"
        value={text}
        onChange={(next) => keep({ text: next, key: newActKey() })}
      />
      <div className="modal-actions">
        <Button className="button secondary" onPress={drop}>
          Bỏ
        </Button>
        <Button className="button primary" isDisabled={isBusy || text.trim() === ''} onPress={save}>
          Lưu ghi chú
        </Button>
      </div>
    </div>
  );
}
