import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { FoldedIncident } from '../desk-api/queue.ts';
import { callDesk, newActKey } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { NoteField } from './form-fields.tsx';
import { ageWords, count } from './format.ts';
import { useToasts } from './toasts.tsx';

interface FoldedProps {
  readonly folded: readonly FoldedIncident[];
  readonly now: number;
  readonly onAnswered: () => Promise<void>;
}

/** Those who wait about one incident, in one line each, with one answer to all of them. */
export function FoldedLines({ folded, now, onAnswered }: FoldedProps) {
  const [open, setOpen] = useState<FoldedIncident>();
  return (
    <>
      {folded.length > 0 && (
        <ul className="folded" aria-label="Chờ về cùng một sự cố">
          {folded.map((line) => (
            <li key={line.incidentId} className="folded-line">
              <span>
                <strong>{line.area}</strong>
                <br />
                <span className="quiet">
                  {count(line.conversations)} cuộc chờ · lâu nhất {ageWords(line.waitingSince, now)}
                </span>
              </span>
              <Button className="button secondary" onPress={() => setOpen(line)}>
                Trả lời chung…
              </Button>
            </li>
          ))}
        </ul>
      )}
      {open !== undefined && <AnswerDialog line={open} onClose={() => setOpen(undefined)} onAnswered={onAnswered} />}
    </>
  );
}

interface AnswerProps {
  readonly line: FoldedIncident;
  readonly onClose: () => void;
  readonly onAnswered: () => Promise<void>;
}

function AnswerDialog({ line, onClose, onAnswered }: AnswerProps) {
  const toasts = useToasts();
  const [text, setText] = useState('');
  /** How many have their answer, when there are more than one request takes. */
  const [done, setDone] = useState(0);
  return (
    <FormDialog
      {...{ onClose, isOpen: true, title: 'Trả lời chung', submitWords: 'Gửi cho tất cả' }}
      isComplete={text.trim() !== ''}
      onSubmit={async () => {
        let answered = done;
        for (let isOver = false; !isOver; setDone(answered)) {
          const batch = await callDesk.answerIncident({ id: line.incidentId, text, key: newActKey() });
          answered += batch.answered;
          isOver = batch.left === 0;
        }
        toasts.done(`Đã trả lời ${count(answered)} cuộc.`);
        await onAnswered();
      }}
    >
      <p className="quiet">
        {line.area}: {count(line.conversations)} cuộc. Mỗi khách nhận tin riêng, rồi bot giúp tiếp. Khẩn cấp và khách
        cần điện vì sức khỏe không nằm trong số này.
      </p>
      {done > 0 && <p role="status">Đã trả lời {count(done)} cuộc…</p>}
      <NoteField label="Nội dung" value={text} onChange={setText} isRequired />
    </FormDialog>
  );
}
