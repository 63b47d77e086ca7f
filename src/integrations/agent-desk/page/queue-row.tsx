import { parseConversationId } from '../../../bot/conversation.ts';
import type { ConversationSummary } from '../../../bot/ports.ts';
import type { QueueRow as QueueRowData } from '../desk-api/queue.ts';
import { channelWords, HOLDER_WORDS, reasonWords } from '../desk-words.ts';
import { ageWords, clockTime, dayWords, snoozeWords } from './format.ts';
import { Icon } from './icons.tsx';

interface QueueRowProps {
  readonly row: ConversationSummary | QueueRowData;
  readonly now: number;
  readonly agentId: string;
  readonly hasDraft: boolean;
  /** Where every row waits, saying so once more only takes room. */
  readonly isHolderShown: boolean;
}

export function QueueRow({ row, now, agentId, hasDraft, isHolderShown }: QueueRowProps) {
  const isWaiting = row.holder === 'queue' && row.waitingSince !== undefined;
  const since = isWaiting ? (row.waitingSince ?? row.lastAt) : row.lastAt;
  const isLong = 'isLongWait' in row && row.isLongWait;
  return (
    <>
      <div className="row-top">
        <span className="row-name">{displayName(row)}</span>
        <span className={`row-age ${isLong ? 'row-age-long' : ''}`}>
          {isWaiting && <Icon name="clock" size={13} />}
          {ageWords(since, now)}
        </span>
      </div>
      <p className="row-text">{row.lastText === '' ? 'Chưa có tin nhắn' : row.lastText}</p>
      <div className="row-chips">
        {row.priority === 'emergency' && (
          <span className="chip chip-emergency">
            <Icon name="alarm" size={12} /> Khẩn cấp
          </span>
        )}
        {'isVulnerable' in row && row.isVulnerable && <span className="chip chip-warn">Cần điện để sống</span>}
        {row.extras.isReturned === true && <span className="chip chip-warn">Chờ lại</span>}
        {row.extras.promisedAt !== undefined && <PromiseChip at={row.extras.promisedAt} now={now} />}
        {isHolderShown && <HolderChip row={row} agentId={agentId} />}
        {row.handoffReason !== undefined && row.holder !== 'closed' && (
          <span className="row-reason">{reasonWords(row.handoffReason)}</span>
        )}
        {row.extras.snoozedUntil !== undefined && (
          <span className="chip chip-warn">{snoozeWords(row.extras.snoozedUntil)}</span>
        )}
        {hasDraft && <span className="chip chip-draft">Đang viết dở</span>}
      </div>
    </>
  );
}

/** What came outside the hours: by when it is promised an answer. */
function PromiseChip({ at, now }: { readonly at: number; readonly now: number }) {
  return at < now ? (
    <span className="chip chip-emergency">Quá hẹn {clockTime(at)}</span>
  ) : (
    <span className="chip">
      Hẹn trước {clockTime(at)} {dayWords(at, now).toLowerCase()}
    </span>
  );
}

type Held = Pick<ConversationSummary, 'holder' | 'agentId' | 'agentName'>;

/** Who has the word, as a small label. */
export function HolderChip({ row, agentId }: { readonly row: Held; readonly agentId: string }) {
  return <span className={`chip chip-${row.holder}`}>{holderWords(row, agentId)}</span>;
}

export function holderWords(row: Held, agentId: string): string {
  if (row.holder !== 'agent') {
    return HOLDER_WORDS[row.holder];
  }
  return row.agentId === agentId ? 'Anh/chị đang giữ' : `${row.agentName ?? 'Nhân viên khác'} đang giữ`;
}

/** Customers without a name get one that can be told apart: channel and the end of their id. */
export function displayName(row: Pick<ConversationSummary, 'conversationId' | 'customerName'>): string {
  const { channel, customer } = parseConversationId(row.conversationId);
  return row.customerName ?? `Khách ${channelWords(channel)} ${customer.slice(-4)}`;
}

/** A row in words, for screen readers and for typing ahead. */
export function rowWords(row: ConversationSummary, now: number): string {
  const urgency = row.priority === 'emergency' ? 'Khẩn cấp. ' : '';
  return `${urgency}${displayName(row)}. ${HOLDER_WORDS[row.holder]}, ${ageWords(row.waitingSince ?? row.lastAt, now)}. ${row.lastText}`;
}
