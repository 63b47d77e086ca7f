import { useState } from 'react';
import { Button } from 'react-aria-components';
import { factsOfCrisis } from '../../../bot/crisis/change-crisis.ts';
import type { CrisisMessage } from '../../../bot/crisis/crisis-message.ts';
import { crisisHeading } from '../../../bot/crisis/match-crisis.ts';
import type { DeskAgent } from '../desk-api/session.ts';
import { intentWords } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { CrisisEditor } from './crisis-editor.tsx';
import { CrisisHistory } from './crisis-history.tsx';
import { FormDialog } from './form-dialog.tsx';
import { clockTime, dateTimeWords } from './format.ts';
import { LoadingPage } from './loading-page.tsx';
import { RecordList } from './record-list.tsx';
import { usePolled } from './use-polled.ts';

interface CrisisProps {
  readonly agent: DeskAgent;
  readonly onReadError: (error: unknown) => void;
}

type Opened =
  | { readonly kind: 'new'; readonly from?: CrisisMessage }
  | { readonly kind: 'edit' | 'withdraw' | 'history'; readonly message: CrisisMessage };

const EVERY_MS = 10_000;
const WRITERS: readonly string[] = ['dispatcher', 'leader', 'admin'];

/** What everybody is told while a rumour or a fraud is abroad; dispatchers and leaders publish it. */
export function CrisisPage({ agent, onReadError }: CrisisProps) {
  const { answer, refresh, hasFailed } = usePolled(callDesk.crises, EVERY_MS, onReadError);
  const [opened, setOpened] = useState<Opened>();
  if (answer === undefined) {
    return <LoadingPage words="Đang tải tin khẩn" hasFailed={hasFailed} />;
  }
  const mayWrite = WRITERS.includes(agent.role);
  const done = { onClose: () => setOpened(undefined), onDone: refresh };
  const { inForce, ended, now, intents } = answer;
  return (
    <main className="place-page incidents">
      <header className="board-head">
        <h2>Tin khẩn</h2>
        {mayWrite && (
          <Button className="button primary" onPress={() => setOpened({ kind: 'new' })}>
            Soạn tin khẩn
          </Button>
        )}
      </header>
      <p className="quiet">
        Một lần đăng: bot nói tin này trước khi trả lời câu hỏi liên quan, khung chat trên trang web hiện thông báo, và
        câu mẫu của nhân viên có tin này ở đầu. Hết hạn thì tự gỡ ở mọi nơi.
      </p>
      <MessageList
        title="Đang có hiệu lực"
        empty="Không có tin khẩn nào."
        rows={inForce}
        {...{ mayWrite, setOpened }}
      />
      <MessageList
        title="Hết hạn hoặc đã gỡ trong 7 ngày qua"
        empty="Không có tin nào."
        rows={ended}
        isEnded
        {...{ mayWrite, setOpened }}
      />
      {opened?.kind === 'new' && (
        <CrisisEditor {...{ ...done, now, intents }} {...(opened.from && { from: opened.from })} />
      )}
      {opened?.kind === 'edit' && (
        <CrisisEditor {...{ ...done, now, intents }} from={opened.message} changes={opened.message} />
      )}
      {opened?.kind === 'withdraw' && <Withdrawal {...done} message={opened.message} />}
      {opened?.kind === 'history' && <CrisisHistory message={opened.message} onClose={done.onClose} />}
    </main>
  );
}

interface ListProps {
  readonly title: string;
  readonly empty: string;
  readonly rows: readonly CrisisMessage[];
  readonly isEnded?: boolean;
  readonly mayWrite: boolean;
  readonly setOpened: (opened: Opened) => void;
}

function MessageList({ title, empty, rows, isEnded = false, mayWrite, setOpened }: ListProps) {
  return (
    <RecordList {...{ title, empty }}>
      {rows.map((message) => (
        <MessageRow key={message.id} {...{ message, isEnded, mayWrite, setOpened }} />
      ))}
    </RecordList>
  );
}

interface RowProps extends Pick<ListProps, 'mayWrite' | 'setOpened'> {
  readonly message: CrisisMessage;
  readonly isEnded: boolean;
}

function MessageRow({ message, isEnded, mayWrite, setOpened }: RowProps) {
  const { id, version, text, questions, isDanger, state, expiresAt, updatedAt, changedBy } = message;
  const asked = [...questions.intents.map(intentWords), ...questions.keywords.map((words) => `"${words}"`)];
  return (
    <li className="open-row incident-row">
      <span className="open-words">
        <strong>{crisisHeading(message)}</strong>
        {isDanger && <span className="chip crisis-chip">Nguy hiểm</span>}
        <span className="quiet">
          {id} · bản {version}
        </span>
        <span className="incident-facts crisis-text">{text}</span>
        <span className="incident-facts">
          {state === 'withdrawn' ? 'Đã gỡ' : isEnded ? 'Đã hết hạn' : 'Hết hạn'} {dateTimeWords(expiryOf(message))}
        </span>
        <span className="incident-facts quiet">Bot nói khi khách hỏi: {asked.join(', ')}</span>
        <span className="incident-facts quiet">
          Cập nhật lúc {clockTime(updatedAt)} bởi {changedBy.name}
        </span>
      </span>
      <span className="open-acts">
        <Button className="button secondary" onPress={() => setOpened({ kind: 'history', message })}>
          Lịch sử
        </Button>
        {mayWrite && !isEnded && (
          <>
            <Button className="button secondary" onPress={() => setOpened({ kind: 'edit', message })}>
              Sửa, gia hạn…
            </Button>
            <Button className="button secondary" onPress={() => setOpened({ kind: 'withdraw', message })}>
              Gỡ…
            </Button>
          </>
        )}
        {mayWrite && isEnded && (
          <Button className="button secondary" onPress={() => setOpened({ kind: 'new', from: message })}>
            Soạn lại…
          </Button>
        )}
      </span>
    </li>
  );

  function expiryOf(one: CrisisMessage): number {
    return one.state === 'withdrawn' ? updatedAt : expiresAt;
  }
}

interface WithdrawalProps {
  readonly message: CrisisMessage;
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
}

function Withdrawal({ message, onDone, onClose }: WithdrawalProps) {
  return (
    <FormDialog
      {...{ onClose, isOpen: true, isComplete: true, title: 'Gỡ tin khẩn', submitWords: 'Gỡ tin' }}
      onSubmit={async () => {
        const facts = { ...factsOfCrisis(message), state: 'withdrawn' as const };
        await callDesk.changeCrisis({ id: message.id, version: message.version, facts });
        await onDone();
      }}
    >
      <p>
        {crisisHeading(message)}. Bot thôi nói tin này, khung thông báo trên trang web và câu mẫu mất ngay. Tin đã nói
        với khách thì không thu hồi được.
      </p>
    </FormDialog>
  );
}
