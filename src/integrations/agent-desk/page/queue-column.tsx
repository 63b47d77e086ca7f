import { useCallback, useEffect, useState } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { ConversationSummary } from '../../../bot/ports.ts';
import type { DeskAgent } from '../desk-api/session.ts';
import { callDesk, newActKey } from './call-desk.ts';
import type { Drafts } from './drafts.ts';
import { FoldedLines } from './folded-lines.tsx';
import { count } from './format.ts';
import { Icon } from './icons.tsx';
import { MoreRows, QueueRows } from './queue-rows.tsx';
import type { Queue } from './use-queue.ts';
import { useRefresh } from './use-refresh.ts';
import { useShortcut } from './use-shortcut.ts';

interface QueueProps {
  readonly agent: DeskAgent;
  readonly queue: Queue;
  readonly now: number;
  readonly selected: string | undefined;
  readonly drafts: Drafts;
  readonly onSelect: (id: string) => void;
  readonly onError: (error: unknown) => void;
  readonly onReadError: (error: unknown) => void;
  readonly tab: QueueTab;
  readonly onTab: (tab: QueueTab) => void;
}

export type QueueTab = 'queue' | 'mine' | 'all';
const ALL_EVERY_MS = 8_000;

/** The lists on the left: who waits, what is mine, everything. */
export function QueueColumn(props: QueueProps) {
  const { queue, selected, onReadError, tab, onTab } = props;
  const all = useAllConversations(tab === 'all', onReadError);
  const waiting = queue.answer?.queue;
  const mine = queue.answer?.mine;
  useShortcut('Digit1', () => onTab('queue'));
  useShortcut('Digit2', () => onTab('mine'));
  useShortcut('Digit3', () => onTab('all'));
  const isFull = mine !== undefined && mine.length >= (queue.answer?.agentCap ?? 0);

  return (
    <nav className="queue" aria-label="Danh sách cuộc trò chuyện" data-has-selection={selected !== undefined}>
      <Tabs selectedKey={tab} onSelectionChange={(key) => onTab(key as QueueTab)}>
        <TabList className="tabs" aria-label="Danh sách">
          <Tab id="queue">
            Hàng chờ <Count rows={waiting} total={queue.answer?.waiting} />
          </Tab>
          <Tab id="mine">
            Của tôi <Count rows={mine} total={mine?.length} />
            {isFull && <span className="hidden-words"> (đã đủ {queue.answer?.agentCap} cuộc)</span>}
          </Tab>
          <Tab id="all">Tất cả</Tab>
        </TabList>
        <TabPanel id="queue">
          {isFull && (
            <p className="queue-full" role="status">
              Anh/chị đang giữ đủ {queue.answer?.agentCap} cuộc. Kết thúc hoặc chuyển bớt để nhận thêm.
            </p>
          )}
          <FoldedLines {...props} folded={queue.answer?.folded ?? []} />
          <ClaimNext {...props} rows={waiting ?? []} onClaimed={() => onTab('mine')} />
          <QueueRows
            {...props}
            rows={waiting}
            name="Hàng chờ"
            isHolderShown={false}
            empty={
              (queue.answer?.folded.length ?? 0) > 0
                ? 'Ngoài các nhóm trên, không còn khách nào đang chờ.'
                : 'Không có khách nào đang chờ. Tuyệt vời!'
            }
          />
          <MoreRows more={queue.answer?.more ?? 0} shown={waiting?.length ?? 0} onMore={queue.showMore} />
        </TabPanel>
        <TabPanel id="mine">
          <QueueRows {...props} rows={mine} name="Của tôi" isHolderShown={false} empty="Anh/chị chưa giữ cuộc nào." />
        </TabPanel>
        <TabPanel id="all">
          <QueueRows {...props} rows={all} name="Tất cả" isHolderShown empty="Chưa có cuộc trò chuyện nào." />
        </TabPanel>
      </Tabs>
    </nav>
  );
}

function useAllConversations(isShown: boolean, onReadError: (error: unknown) => void) {
  const [rows, setRows] = useState<readonly ConversationSummary[]>();
  const read = useCallback(
    () => callDesk.conversations().then(({ conversations }) => setRows(conversations), onReadError),
    [onReadError],
  );
  const refresh = useRefresh(read);
  useEffect(() => {
    if (!isShown) {
      return undefined;
    }
    void refresh();
    const recheck = setInterval(refresh, ALL_EVERY_MS);
    return () => clearInterval(recheck);
  }, [isShown, refresh]);
  return rows;
}

interface CountProps {
  readonly rows: readonly ConversationSummary[] | undefined;
  /** There may be more than the rows. */
  readonly total: number | undefined;
}

function Count({ rows, total = 0 }: CountProps) {
  const isUrgent = rows?.some(({ priority }) => priority === 'emergency') === true;
  return total > 0 ? <span className={`count ${isUrgent ? 'count-urgent' : ''}`}>{count(total)}</span> : null;
}

/** Takes the conversation that should be answered first; the next one when somebody was faster. */
function ClaimNext({
  rows,
  onSelect,
  onClaimed,
  onError,
  queue,
}: QueueProps & { readonly rows: readonly ConversationSummary[]; readonly onClaimed: () => void }) {
  const [isBusy, setIsBusy] = useState(false);
  const [next] = rows;
  useShortcut('KeyN', () => next !== undefined && claim(next), !isBusy);

  async function claim({ conversationId }: ConversationSummary): Promise<void> {
    setIsBusy(true);
    try {
      await callDesk.act('claim', { conversationId, key: newActKey() });
      onSelect(conversationId);
      onClaimed();
    } catch (error) {
      onError(error);
    } finally {
      setIsBusy(false);
      await queue.refresh();
    }
  }

  if (next === undefined) {
    return null;
  }
  return (
    <Button
      className={`button primary claim-next ${next.priority === 'emergency' ? 'danger' : ''}`}
      isDisabled={isBusy}
      onPress={() => claim(next)}
    >
      {next.priority === 'emergency' && <Icon name="alarm" size={16} />}
      {next.priority === 'emergency' ? 'Nhận cuộc khẩn cấp' : 'Nhận cuộc kế tiếp'}
    </Button>
  );
}
