import { useState } from 'react';
import { Button } from 'react-aria-components';
import { callDesk, newActKey } from './call-desk.ts';
import { NoteField } from './form-fields.tsx';

interface NoteComposerProps {
  readonly id: string;
  readonly onSaved: () => Promise<void>;
  readonly onDone: () => void;
  readonly onError: (error: unknown) => void;
}

/** Where an agent writes to colleagues. It is another box in another colour, and its words have another way. */
export function NoteComposer({ id, onSaved, onDone, onError }: NoteComposerProps) {
  const [text, setText] = useState('');
  const [isBusy, setIsBusy] = useState(false);

  async function save(): Promise<void> {
    setIsBusy(true);
    try {
      await callDesk.act('note', { conversationId: id, key: newActKey(), text });
      await onSaved();
      onDone();
    } catch (error) {
      onError(error);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <div className="note-composer">
      <NoteField label="Ghi chú nội bộ (khách không thấy)" value={text} onChange={setText} />
      <div className="modal-actions">
        <Button className="button secondary" onPress={onDone}>
          Bỏ
        </Button>
        <Button className="button primary" isDisabled={isBusy || text.trim() === ''} onPress={save}>
          Lưu ghi chú
        </Button>
      </div>
    </div>
  );
}
