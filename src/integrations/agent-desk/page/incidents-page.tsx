import { useState } from 'react';
import { Button } from 'react-aria-components';
import { type Incident, isOpen } from '../../../bot/incidents/incident.ts';
import type { IncidentsAnswer } from '../desk-api/incidents.ts';
import type { DeskAgent } from '../desk-api/session.ts';
import { INCIDENT_STATE_WORDS } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { clockTime, dateTimeWords } from './format.ts';
import { IncidentEditor } from './incident-editor.tsx';
import { IncidentEnd } from './incident-end.tsx';
import { IncidentHistory } from './incident-history.tsx';
import { LoadingPage } from './loading-page.tsx';
import { RecordList } from './record-list.tsx';
import { StormSwitch } from './storm-switch.tsx';
import { usePolled } from './use-polled.ts';

interface IncidentsProps {
  readonly agent: DeskAgent;
  readonly onReadError: (error: unknown) => void;
}

type Opened =
  | { readonly kind: 'edit'; readonly incident?: Incident }
  | { readonly kind: 'end' | 'history'; readonly incident: Incident };

const EVERY_MS = 10_000;
const WRITERS: readonly string[] = ['dispatcher', 'leader', 'admin'];

/** What is known of every incident, for everybody; dispatchers and leaders keep it. */
export function IncidentsPage({ agent, onReadError }: IncidentsProps) {
  const { answer, refresh, hasFailed } = usePolled(callDesk.incidents, EVERY_MS, onReadError);
  const [opened, setOpened] = useState<Opened>();
  const mayWrite = WRITERS.includes(agent.role);
  if (answer === undefined) {
    return <LoadingPage words="Đang tải sự cố" hasFailed={hasFailed} />;
  }
  const close = () => setOpened(undefined);
  const done = { onClose: close, onDone: refresh };
  return (
    <main className="place-page incidents">
      <header className="board-head">
        <h2>Sự cố</h2>
        <StormSwitch storm={answer.storm} {...{ mayWrite, onError: onReadError, onTurned: refresh }} />
        {mayWrite && (
          <Button className="button primary" onPress={() => setOpened({ kind: 'edit' })}>
            Lập sự cố
          </Button>
        )}
      </header>
      <IncidentList
        title="Đang diễn ra"
        empty="Không có sự cố nào."
        rows={answer.open}
        {...{ ...answer, mayWrite, setOpened }}
      />
      <IncidentList
        title="Đã kết thúc trong 24 giờ qua"
        empty="Không có sự cố nào kết thúc trong 24 giờ qua."
        rows={answer.ended}
        {...{ ...answer, mayWrite, setOpened }}
      />
      {opened?.kind === 'edit' && (
        <IncidentEditor {...done} now={answer.now} {...(opened.incident && { incident: opened.incident })} />
      )}
      {opened?.kind === 'end' && (
        <IncidentEnd {...done} incident={opened.incident} now={answer.now} others={answer.open} />
      )}
      {opened?.kind === 'history' && <IncidentHistory incident={opened.incident} onClose={close} />}
    </main>
  );
}

interface ListProps {
  readonly title: string;
  readonly empty: string;
  readonly rows: readonly Incident[];
  readonly counts: IncidentsAnswer['counts'];
  readonly mayWrite: boolean;
  readonly setOpened: (opened: Opened) => void;
}

function IncidentList({ title, empty, rows, counts, mayWrite, setOpened }: ListProps) {
  return (
    <RecordList {...{ title, empty }}>
      {rows.map((incident) => (
        <IncidentRow key={incident.id} {...{ incident, counts: counts[incident.id], mayWrite, setOpened }} />
      ))}
    </RecordList>
  );
}

interface RowProps extends Pick<ListProps, 'mayWrite' | 'setOpened'> {
  readonly incident: Incident;
  readonly counts: IncidentsAnswer['counts'][string] | undefined;
}

function IncidentRow({ incident, counts, mayWrite, setOpened }: RowProps) {
  const { area, state, cause, reasons = [] } = incident;
  return (
    <li className="open-row incident-row">
      <span className="open-words">
        <strong>{area.text}</strong>
        <span className="chip" data-state={state}>
          {INCIDENT_STATE_WORDS[state]}
        </span>
        <span className="quiet">
          {incident.id} · bản {incident.version}
        </span>
        <span className="incident-facts">
          Từ {dateTimeWords(incident.startedAt)}
          {cause !== undefined && ` · ${cause}`} · {returnWords(incident)}
        </span>
        {counts !== undefined && counts.linked > 0 && <span className="incident-facts">{countWords(counts)}</span>}
        {area.feeders.length > 0 && <span className="incident-facts quiet">Lưới: {area.feeders.join(', ')}</span>}
        {reasons.length > 0 && <span className="incident-facts quiet">Vì sao: {reasons.join('; ')}</span>}
        <span className="incident-facts quiet">
          Cập nhật lúc {clockTime(incident.updatedAt)} bởi {incident.changedBy.name}
        </span>
      </span>
      <span className="open-acts">
        <Button className="button secondary" onPress={() => setOpened({ kind: 'history', incident })}>
          Lịch sử
        </Button>
        {mayWrite && isOpen(incident) && (
          <>
            <Button className="button secondary" onPress={() => setOpened({ kind: 'edit', incident })}>
              {state === 'suspected' ? 'Xác nhận…' : 'Sửa…'}
            </Button>
            <Button className="button secondary" onPress={() => setOpened({ kind: 'end', incident })}>
              Kết thúc…
            </Button>
          </>
        )}
      </span>
    </li>
  );
}

function returnWords({ restoredAt, expectedReturn }: Incident): string {
  if (restoredAt !== undefined) {
    return `có điện lại lúc ${clockTime(restoredAt)}`;
  }
  return expectedReturn === undefined
    ? 'chưa có giờ dự kiến có điện'
    : `dự kiến có điện ${dateTimeWords(expectedReturn.at)} (theo ${expectedReturn.source})`;
}

function countWords({ linked, vulnerable, told, back, stillOut }: IncidentsAnswer['counts'][string]): string {
  const frail = vulnerable > 0 ? `, ${vulnerable} cần điện vì sức khỏe` : '';
  const answers = told > 0 ? ` · đã báo lại ${told}: ${back} có điện, ${stillOut} vẫn mất` : '';
  return `${linked} khách báo hoặc hỏi${frail}${answers}`;
}
