import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ChannelTrouble } from '../desk-api/queue.ts';
import type { DeskAgent } from '../desk-api/session.ts';
import { channelWords, failureWords } from '../desk-words.ts';
import { AlarmBar } from './alarm-bar.tsx';
import { AuditPage } from './audit-page.tsx';
import { BoardPage } from './board-page.tsx';
import { DeskError } from './call-desk.ts';
import { CampaignsPage } from './campaigns-page.tsx';
import { ConversationColumn } from './conversation-column.tsx';
import { CrisisPage } from './crisis-page.tsx';
import { createDrafts } from './drafts.ts';
import { FiguresPage } from './figures-page.tsx';
import { findAlarms } from './find-alarms.ts';
import { Icon } from './icons.tsx';
import { IncidentsPage } from './incidents-page.tsx';
import { LearningPage } from './learning-page.tsx';
import { usePlace } from './places.ts';
import { PrivacyPage } from './privacy-page.tsx';
import { QueueColumn, type QueueTab } from './queue-column.tsx';
import { SearchPage } from './search-page.tsx';
import { SiteNoticesPage } from './site-notices-page.tsx';
import { StaffPage } from './staff-page.tsx';
import { useToasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';
import { useLive } from './use-live.ts';
import { useNow } from './use-now.ts';
import { useQueue } from './use-queue.ts';
import { useSelection } from './use-selection.ts';

interface DeskProps {
  readonly agent: DeskAgent;
  readonly onLogOut: () => void;
  readonly onSessionEnded: () => void;
}

/** Queue, conversation and what stands beside it. On a narrow screen one at a time. */
export function DeskPage({ agent, onLogOut, onSessionEnded }: DeskProps) {
  const toasts = useToasts();
  const place = usePlace(agent.role);
  const [selected, select] = useSelection();
  const drafts = useMemo(() => createDrafts(agent.id), [agent.id]);
  const live = useLive(onSessionEnded);
  const [tab, setTab] = useState<QueueTab>('queue');

  const onError = useCallback(
    (error: unknown) => {
      if (error instanceof DeskError && error.code === 'no_session') {
        onSessionEnded();
      } else {
        toasts.error(error);
      }
    },
    [onSessionEnded, toasts],
  );
  /** What the page reads on its own may fail in silence while the connection is lost: that has its own banner. */
  const onReadError = useCallback(
    (error: unknown) => {
      if (!(error instanceof DeskError && error.code === 'offline')) {
        onError(error);
      }
    },
    [onError],
  );
  const queue = useQueue(live, onReadError);
  const now = useNow(queue.clockAheadMs);

  const waiting = queue.answer?.waiting ?? 0;
  const alarms = queue.answer === undefined ? [] : findAlarms(agent, queue.answer, now);
  useEffect(() => {
    const alarm = alarms.length > 0 ? '⚠ KHẨN CẤP ' : '';
    document.title = `${alarm}${waiting > 0 ? `(${waiting}) ` : ''}Bàn làm việc · Lắng Nghe`;
  }, [waiting, alarms.length]);

  return (
    <div className="desk" data-showing={selected === undefined ? 'queue' : 'conversation'}>
      <TopBar agent={agent} onLogOut={onLogOut} onError={onError} />
      <div>
        <AlarmBar {...{ alarms, now, onError }} onOpen={select} onSeen={queue.refresh} />
        <ConnectionBanner isConnected={live.isConnected} />
        <ChannelBanner troubles={queue.answer?.troubles ?? []} />
      </div>
      {place === 'search' && <SearchPage onOpen={select} onError={onError} />}
      {place === 'audit' && <AuditPage onError={onError} />}
      {place === 'learning' && <LearningPage now={now} onOpen={select} onError={onError} />}
      {place === 'incidents' && <IncidentsPage {...{ agent, onReadError }} />}
      {place === 'crises' && <CrisisPage {...{ agent, onReadError }} />}
      {place === 'campaigns' && <CampaignsPage {...{ onError, onReadError }} />}
      {place === 'sites' && <SiteNoticesPage role={agent.role} {...{ onError, onReadError }} />}
      {place === 'staff' && <StaffPage {...{ agent, onReadError }} />}
      {place === 'privacy' && <PrivacyPage {...{ onReadError }} />}
      {place === 'figures' && <FiguresPage {...{ now, onError, onReadError }} />}
      {place === 'board' && <BoardPage {...{ agent, live, now, onReadError }} onOpen={select} />}
      {place === undefined && (
        <main className="columns">
          <QueueColumn
            {...{ agent, queue, now, selected, drafts, onError, onReadError, tab }}
            onSelect={select}
            onTab={setTab}
          />
          {selected === undefined ? (
            <NothingOpen waiting={waiting} />
          ) : (
            <ConversationColumn
              key={selected}
              {...{ id: selected, agent, live, now, drafts, onError, onReadError }}
              onChanged={queue.refresh}
              onClaimed={() => setTab('mine')}
              onBack={() => select(undefined)}
            />
          )}
        </main>
      )}
    </div>
  );
}

/** The first moments of a connection are no break: the banner waits a little. */
function ConnectionBanner({ isConnected }: { readonly isConnected: boolean }) {
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    if (isConnected) {
      setIsShown(false);
      return undefined;
    }
    const show = setTimeout(() => setIsShown(true), 1_200);
    return () => clearTimeout(show);
  }, [isConnected]);
  return (
    <div role="alert" className="connection">
      {isShown && (
        <p>
          <Icon name="alarm" size={16} /> Mất kết nối. Đang nối lại… Tin mới có thể chưa hiện ra.
        </p>
      )}
    </div>
  );
}

/** Channels whose messages wait for somebody to mend the channel. */
function ChannelBanner({ troubles }: { readonly troubles: readonly ChannelTrouble[] }) {
  return (
    <div role="alert" className="connection">
      {troubles.map(({ channel, reason }) => (
        <p key={channel}>
          <Icon name="alarm" size={16} /> {channelWords(channel)}: {failureWords(reason)}. Tin gửi qua kênh này có thể
          phải chờ; hãy báo quản trị viên.
        </p>
      ))}
    </div>
  );
}

function NothingOpen({ waiting }: { readonly waiting: number }) {
  return (
    <section className="nothing-open" aria-label="Cuộc trò chuyện">
      <Icon name="bolt" size={44} />
      <p>{waiting > 0 ? `${waiting} khách đang chờ. Chọn một cuộc để bắt đầu.` : 'Chưa có khách nào chờ.'}</p>
      <p className="quiet">Dùng phím mũi tên để đi trong danh sách, Enter để mở.</p>
    </section>
  );
}
