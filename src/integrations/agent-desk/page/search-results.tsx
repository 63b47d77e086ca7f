import type { ReactNode } from 'react';
import { Collection, Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components';
import type { SearchAnswer } from '../desk-api/search.ts';
import { channelWords, HOLDER_WORDS, TICKET_KIND_WORDS, TICKET_STATE_WORDS } from '../desk-words.ts';
import { ageWords, dateTimeWords } from './format.ts';
import { displayName } from './queue-row.tsx';

interface ResultsProps {
  readonly found: SearchAnswer;
  readonly onOpen: (conversationId: string) => void;
  /** Searches for these words instead. */
  readonly onSearch: (text: string) => void;
}

interface Row {
  readonly id: string;
  readonly words: string;
  readonly look: ReactNode;
  readonly onChosen?: () => void;
}

const AUTHOR_WORDS = { customer: 'Khách', bot: 'Bot', agent: 'Nhân viên', system: 'Hệ thống' } as const;

/** What was found, one list with a section for each kind. */
export function SearchResults({ found, onOpen, onSearch }: ResultsProps) {
  const sections = [
    { name: 'Hội thoại', rows: found.conversations.map((hit) => conversationRow(hit, found.now, onOpen)) },
    { name: 'Khách hàng', rows: found.customers.map((hit) => customerRow(hit, onSearch)) },
    { name: 'Phiếu', rows: found.tickets.map((hit) => ticketRow(hit, onOpen)) },
  ].filter(({ rows }) => rows.length > 0);
  const byId = new Map(sections.flatMap(({ rows }) => rows.map((row) => [row.id, row] as const)));
  return (
    <ListBox
      className="results"
      aria-label="Kết quả tìm kiếm"
      items={sections.map((section) => ({ id: section.name, ...section }))}
      onAction={(key) => byId.get(String(key))?.onChosen?.()}
      disabledKeys={[...byId.values()].filter(({ onChosen }) => onChosen === undefined).map(({ id }) => id)}
      renderEmptyState={() => null}
    >
      {({ id, rows }) => (
        <ListBoxSection id={id}>
          <Header className="results-head">
            {id} <span className="count">{rows.length}</span>
          </Header>
          <Collection items={rows}>
            {(row) => (
              <ListBoxItem id={row.id} className="row result" textValue={row.words}>
                {row.look}
              </ListBoxItem>
            )}
          </Collection>
        </ListBoxSection>
      )}
    </ListBox>
  );
}

function conversationRow(hit: SearchAnswer['conversations'][number], now: number, onOpen: ResultsProps['onOpen']): Row {
  const { conversationId, channel, holder, agentName, lastAt, message } = hit;
  const where = holder === 'agent' && agentName !== undefined ? `${agentName} đang giữ` : HOLDER_WORDS[holder];
  return {
    id: conversationId,
    words: `${displayName(hit)}. ${where}. ${message?.excerpt.map(({ text }) => text).join('') ?? ''}`,
    onChosen: () => onOpen(conversationId),
    look: (
      <>
        <span className="row-top">
          <span className="row-name">{displayName(hit)}</span>
          <span className="row-age">{message === undefined ? ageWords(lastAt, now) : dateTimeWords(message.at)}</span>
        </span>
        {message !== undefined && (
          <span className="result-text">
            <span className="quiet">{AUTHOR_WORDS[message.author]}: </span>
            {message.excerpt.map(({ text, isMatch }, index) =>
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an excerpt never move
              isMatch ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
            )}
          </span>
        )}
        <span className="row-chips">
          <span className="chip">{channelWords(channel)}</span>
          <span className={`chip chip-${holder}`}>{where}</span>
        </span>
      </>
    ),
  };
}

function customerRow(hit: SearchAnswer['customers'][number], onSearch: ResultsProps['onSearch']): Row {
  const { customerCode, customer } = hit;
  return {
    id: customerCode,
    words: `${customerCode}. ${customer.name}. ${customer.address}`,
    onChosen: () => onSearch(customerCode),
    look: (
      <>
        <span className="row-top">
          <span className="row-name">
            <code>{customerCode}</code> {customer.name}
          </span>
          {customer.phone !== undefined && <span className="row-age">{customer.phone}</span>}
        </span>
        <span className="result-text">{customer.address}</span>
        <span className="quiet">Chọn để tìm các hội thoại có mã này.</span>
      </>
    ),
  };
}

function ticketRow(ticket: SearchAnswer['tickets'][number], onOpen: ResultsProps['onOpen']): Row {
  const { number, kind, state, summary, place, createdAt, conversationId } = ticket;
  return {
    id: number,
    words: `${number}. ${TICKET_KIND_WORDS[kind]}. ${summary}`,
    ...(conversationId !== undefined && { onChosen: () => onOpen(conversationId) }),
    look: (
      <>
        <span className="row-top">
          <span className="row-name">
            <code>{number}</code> {TICKET_KIND_WORDS[kind]}
          </span>
          <span className="row-age">{dateTimeWords(createdAt)}</span>
        </span>
        <span className="result-text">{[summary, place].filter(Boolean).join(' · ')}</span>
        <span className="row-chips">
          <span className="chip">{TICKET_STATE_WORDS[state]}</span>
          {conversationId === undefined && <span className="quiet">Không có hội thoại kèm theo</span>}
        </span>
      </>
    ),
  };
}
