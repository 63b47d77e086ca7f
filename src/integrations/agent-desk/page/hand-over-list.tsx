import type { ConversationSummary } from '../../../bot/ports.ts';
import type { ShiftAnswer } from '../desk-api/shift.ts';
import { dateTimeWords } from './format.ts';
import { OpenRow } from './open-list.tsx';

interface HandOverProps {
  readonly answer: ShiftAnswer;
  readonly now: number;
  readonly onOpen: (conversationId: string) => void;
  readonly onGive: (conversation: ConversationSummary) => void;
}

/** Everything that is still in somebody's hands, by agent: read out and ticked off at the end of a shift, also on paper. */
export function HandOverList({ answer, now, onOpen, onGive }: HandOverProps) {
  const byAgent = new Map<string, ConversationSummary[]>();
  for (const row of answer.held) {
    const name = row.agentName ?? row.agentId ?? '';
    byAgent.set(name, [...(byAgent.get(name) ?? []), row]);
  }
  const isOnline = (row: ConversationSummary | undefined) =>
    answer.agents.some(({ id, isOnline: there }) => id === row?.agentId && there);
  return (
    <section className="board-part hand-over">
      <h3 className="board-title">
        Danh sách bàn giao <span className="quiet">lúc {dateTimeWords(now)}</span>
      </h3>
      {byAgent.size === 0 && <p className="quiet">Không còn cuộc nào đang giữ.</p>}
      {[...byAgent].map(([name, rows]) => (
        <section key={name} aria-label={`Cuộc của ${name}`}>
          <h4>
            {name}: {rows.length} cuộc{' '}
            {!isOnline(rows[0]) && <span className="chip chip-warn">Không mở bàn làm việc</span>}
          </h4>
          <ul className="open-list">
            {rows.map((row) => (
              <OpenRow key={row.conversationId} {...{ row, now, onOpen, onGive }} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}
