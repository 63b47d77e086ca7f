import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { ConversationSummary } from '../../../bot/ports.ts';
import { reasonWords } from '../desk-words.ts';
import { ageWords, count } from './format.ts';
import { displayName } from './queue-row.tsx';

interface OpenListProps {
  readonly title: string;
  readonly rows: readonly ConversationSummary[];
  /** When there are more than the rows. */
  readonly total?: number;
  readonly empty: string;
  readonly isUrgent?: boolean;
  readonly now: number;
  readonly onOpen: (conversationId: string) => void;
  readonly onGive: (conversation: ConversationSummary) => void;
  /** What stands below the list. */
  readonly children?: ReactNode;
}

/** As many as fit on a screen; the most urgent come first. */
const ROWS_SHOWN = 20;

/** Conversations that a leader can open or give to somebody. */
export function OpenList(props: OpenListProps) {
  const { title, rows, total = rows.length, empty, isUrgent, now, onOpen, onGive, children } = props;
  const shown = rows.slice(0, ROWS_SHOWN);
  return (
    <section className="board-part" data-urgent={isUrgent === true && rows.length > 0}>
      <h3 className="board-title">
        {title} {total > 0 && <span className={`count ${isUrgent ? 'count-urgent' : ''}`}>{count(total)}</span>}
      </h3>
      {rows.length === 0 ? (
        <p className="quiet">{empty}</p>
      ) : (
        <ul className="open-list">
          {shown.map((row) => (
            <OpenRow key={row.conversationId} {...{ row, now, onOpen, onGive }} />
          ))}
        </ul>
      )}
      {total > shown.length && <p className="quiet">Còn {count(total - shown.length)} cuộc nữa trong hàng chờ.</p>}
      {children}
    </section>
  );
}

interface OpenRowProps extends Pick<OpenListProps, 'now' | 'onOpen' | 'onGive'> {
  readonly row: ConversationSummary;
}

/** One open conversation, with what a leader may do with it. */
export function OpenRow({ row, now, onOpen, onGive }: OpenRowProps) {
  const name = displayName(row);
  return (
    <li className="open-row">
      <span className="open-words">
        <strong>{name}</strong>
        {row.priority === 'emergency' && <span className="chip chip-emergency">Khẩn cấp</span>}
        {row.agentName !== undefined && row.holder === 'agent' && (
          <span className="chip chip-agent">{row.agentName}</span>
        )}
        <span className="quiet">{ageWords(row.waitingSince ?? row.lastAt, now)}</span>
        {row.handoffReason !== undefined && <span className="quiet">· {reasonWords(row.handoffReason)}</span>}
        <span className="open-text">{row.lastText}</span>
      </span>
      <span className="open-acts">
        <Button className="button secondary" aria-label={`Vào xem ${name}`} onPress={() => onOpen(row.conversationId)}>
          Vào xem
        </Button>
        <Button className="button secondary" aria-label={`Giao ${name}`} onPress={() => onGive(row)}>
          Giao…
        </Button>
      </span>
    </li>
  );
}
