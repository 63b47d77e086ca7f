import { useCallback, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { DeskAgent } from '../desk-api/session.ts';
import type { ShiftAnswer } from '../desk-api/shift.ts';
import { BoardFigures } from './board-figures.tsx';
import { callDesk } from './call-desk.ts';
import { count } from './format.ts';
import { GiveDialog } from './give-dialog.tsx';
import { HandOverList } from './hand-over-list.tsx';
import { Icon } from './icons.tsx';
import { LoadingPage } from './loading-page.tsx';
import { OpenList } from './open-list.tsx';
import { TeamLoad } from './team-load.tsx';
import { TopicsFigure } from './topics-figure.tsx';
import type { Live } from './use-live.ts';
import { usePolled } from './use-polled.ts';

interface BoardProps {
  readonly agent: DeskAgent;
  readonly live: Live;
  readonly now: number;
  readonly onOpen: (conversationId: string) => void;
  readonly onReadError: (error: unknown) => void;
}

const EVERY_MS = 15_000;
const WINDOWS = [4, 8, 12, 24] as const;

/** What a shift leader looks at: who waits, who works on what, and what is handed over at the end. */
export function BoardPage({ agent, live, now, onOpen, onReadError }: BoardProps) {
  const [hours, setHours] = useState<number>(8);
  const [given, setGiven] = useState<ShiftAnswer['queue'][number]>();
  const read = useCallback(() => callDesk.shift(hours), [hours]);
  const { answer, refresh, hasFailed } = usePolled(read, EVERY_MS, onReadError);

  useEffect(
    () => live.subscribe((news) => (news.type === 'queue' || news.type === 'hello') && void refresh()),
    [live, refresh],
  );

  if (answer === undefined) {
    return <LoadingPage words="Đang tải bảng ca trực" hasFailed={hasFailed} />;
  }
  const lists = { now, onOpen, onGive: setGiven };
  return (
    <main className="place-page board">
      <header className="board-head">
        <h2>Bảng ca trực</h2>
        <fieldset className="segments" aria-label="Số giờ được tính">
          {WINDOWS.map((each) => (
            <Button
              key={each}
              className="button secondary"
              aria-pressed={each === hours}
              onPress={() => setHours(each)}
            >
              {each} giờ
            </Button>
          ))}
        </fieldset>
        <Button className="button secondary print-button" onPress={() => window.print()}>
          <Icon name="print" size={16} /> In danh sách bàn giao
        </Button>
      </header>
      <BoardFigures answer={answer} now={now} />
      <OpenList
        {...lists}
        title="Khẩn cấp chưa có người trả lời"
        rows={answer.emergencies}
        empty="Không có cuộc khẩn cấp nào bị bỏ sót."
        isUrgent
      />
      <OpenList
        {...lists}
        title="Đang chờ"
        rows={answer.queue}
        total={answer.waiting - answer.folded}
        empty={answer.folded > 0 ? 'Ngoài các nhóm sự cố, không có khách nào chờ.' : 'Không có khách nào chờ.'}
      >
        {answer.folded > 0 && (
          <p className="quiet">
            Thêm {count(answer.folded)} cuộc chờ về các sự cố đang có: trả lời chung ở Hội thoại → Hàng chờ.
          </p>
        )}
      </OpenList>
      <TeamLoad answer={answer} />
      <TopicsFigure hours={hours} onError={onReadError} />
      <HandOverList {...lists} answer={answer} />
      {given !== undefined && (
        <GiveDialog
          conversation={given}
          agents={answer.agents}
          me={agent}
          onClose={() => setGiven(undefined)}
          onGiven={refresh}
        />
      )}
    </main>
  );
}
