import { useCallback, useId, useState } from 'react';
import { Button } from 'react-aria-components';
import type { FoldedIncident } from '../desk-api/queue.ts';
import type { DeskAgent } from '../desk-api/session.ts';
import { MOST_QUEUE_ROWS, QUEUE_PAGE } from '../queue-limits.ts';
import { callDesk, newActKey } from './call-desk.ts';
import type { Drafts } from './drafts.ts';
import { FormDialog } from './form-dialog.tsx';
import { NoteField } from './form-fields.tsx';
import { ageWords, count } from './format.ts';
import { Icon } from './icons.tsx';
import { MoreRows, QueueRows } from './queue-rows.tsx';
import { useToasts } from './toasts.tsx';
import { usePolled } from './use-polled.ts';
import type { Queue } from './use-queue.ts';

interface LineProps {
  readonly agent: DeskAgent;
  readonly queue: Queue;
  readonly now: number;
  readonly selected: string | undefined;
  readonly drafts: Drafts;
  readonly onSelect: (id: string) => void;
  readonly onReadError: (error: unknown) => void;
}

/** Those who wait about one incident, in one line each, with one answer to all of them; unfolded, each by himself. */
export function FoldedLines({ folded, ...props }: LineProps & { readonly folded: readonly FoldedIncident[] }) {
  const [answered, setAnswered] = useState<FoldedIncident>();
  return (
    <>
      {folded.length > 0 && (
        <ul className="folded" aria-label="Chờ về cùng một sự cố">
          {folded.map((line) => (
            <FoldedLine key={line.incidentId} {...props} line={line} onAnswer={() => setAnswered(line)} />
          ))}
        </ul>
      )}
      {answered !== undefined && (
        <AnswerDialog line={answered} onClose={() => setAnswered(undefined)} onAnswered={props.queue.refresh} />
      )}
    </>
  );
}

interface FoldedLineProps extends LineProps {
  readonly line: FoldedIncident;
  readonly onAnswer: () => void;
}

function FoldedLine({ line, onAnswer, ...props }: FoldedLineProps) {
  const [isUnfolded, setUnfolded] = useState(false);
  const rowsId = useId();
  return (
    <li>
      <div className="folded-line">
        <Button
          className="folded-words"
          aria-expanded={isUnfolded}
          {...(isUnfolded && { 'aria-controls': rowsId })}
          onPress={() => setUnfolded(!isUnfolded)}
        >
          <Icon name="down" size={16} />
          <span>
            <strong>{line.area}</strong>
            <br />
            <span className="quiet">
              {count(line.conversations)} cuộc chờ · lâu nhất {ageWords(line.waitingSince, props.now)}
            </span>
          </span>
        </Button>
        <Button className="button secondary" onPress={onAnswer}>
          Trả lời chung…
        </Button>
      </div>
      {isUnfolded && (
        <div id={rowsId} className="folded-rows">
          <FoldedRows {...props} line={line} />
        </div>
      )}
    </li>
  );
}

const EVERY_MS = 20_000;

function FoldedRows({ line, queue, onReadError, ...props }: Omit<FoldedLineProps, 'onAnswer'>) {
  const { incidentId, area } = line;
  const [limit, setLimit] = useState(QUEUE_PAGE);
  const revision = queue.answer?.revision;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of the queue asks for its rows at once
  const read = useCallback(() => callDesk.folded(incidentId, limit), [incidentId, limit, revision]);
  const { answer } = usePolled(read, EVERY_MS, onReadError);
  return (
    <>
      <QueueRows
        {...props}
        rows={answer?.rows}
        name={`Chờ về ${area}`}
        isHolderShown={false}
        empty="Không còn cuộc nào trong nhóm này."
      />
      <MoreRows
        more={answer?.more ?? 0}
        shown={limit}
        onMore={() => setLimit(Math.min(limit + QUEUE_PAGE, MOST_QUEUE_ROWS))}
      />
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
