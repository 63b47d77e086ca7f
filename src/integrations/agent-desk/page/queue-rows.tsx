import { Button, ListBox, ListBoxItem } from 'react-aria-components';
import type { ConversationSummary } from '../../../bot/ports.ts';
import type { DeskAgent } from '../desk-api/session.ts';
import { MOST_QUEUE_ROWS, QUEUE_PAGE } from '../queue-limits.ts';
import type { Drafts } from './drafts.ts';
import { count } from './format.ts';
import { QueueRow, rowWords } from './queue-row.tsx';

interface RowsProps {
  readonly agent: DeskAgent;
  readonly now: number;
  readonly selected: string | undefined;
  readonly drafts: Drafts;
  readonly onSelect: (id: string) => void;
  /** `undefined` until they are read. */
  readonly rows: readonly ConversationSummary[] | undefined;
  readonly name: string;
  readonly empty: string;
  readonly isHolderShown: boolean;
}

/** Conversations to choose one from. */
export function QueueRows({ rows, name, empty, isHolderShown, now, selected, agent, drafts, onSelect }: RowsProps) {
  if (rows === undefined) {
    return (
      <div className="loading-rows" role="status">
        <span className="hidden-words">Đang tải danh sách…</span>
        <i />
        <i />
        <i />
      </div>
    );
  }
  return (
    <ListBox
      className="rows"
      aria-label={name}
      items={rows.map((row) => ({ id: row.conversationId, row }))}
      dependencies={[now, agent.id, selected]}
      selectionMode="single"
      selectedKeys={selected === undefined ? [] : [selected]}
      disallowEmptySelection
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (key !== undefined) {
          onSelect(String(key));
        }
      }}
      renderEmptyState={() => <p className="empty">{empty}</p>}
    >
      {({ id, row }) => (
        <ListBoxItem
          id={id}
          className={`row ${row.priority === 'emergency' ? 'row-emergency' : ''}`}
          textValue={rowWords(row, now)}
        >
          <QueueRow {...{ row, now, isHolderShown }} agentId={agent.id} hasDraft={drafts.has(row.conversationId)} />
        </ListBoxItem>
      )}
    </ListBox>
  );
}

interface MoreProps {
  readonly more: number;
  readonly shown: number;
  readonly onMore: () => void;
}

/** How many wait behind those of the list. */
export function MoreRows({ more, shown, onMore }: MoreProps) {
  if (more === 0) {
    return null;
  }
  return (
    <div className="more-rows">
      <span>Còn {count(more)} cuộc nữa</span>
      {shown < MOST_QUEUE_ROWS ? (
        <Button className="button secondary" onPress={onMore}>
          Xem thêm {Math.min(more, QUEUE_PAGE)}
        </Button>
      ) : (
        <span className="quiet">Dùng Tìm kiếm để tới các cuộc ở cuối.</span>
      )}
    </div>
  );
}
