import { useCallback, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { ConversationAnswer } from '../desk-api/conversation.ts';
import type { SidePanelAnswer } from '../desk-api/customer.ts';
import { DELIVERY_WORDS, intentWords, LEVEL_WORDS, reasonWords } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { CustomerCard } from './customer-card.tsx';
import { clockTime } from './format.ts';
import { Icon } from './icons.tsx';
import { TicketList } from './ticket-list.tsx';
import { useRefresh } from './use-refresh.ts';

interface SidePanelProps {
  readonly id: string;
  readonly answer: ConversationAnswer;
  readonly now: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Whether masked values may be shown whole here. */
  readonly mayReveal: boolean;
  readonly mayChangeTickets: boolean;
  readonly onReadError: (error: unknown) => void;
}

type Panel =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'shown'; readonly answer: SidePanelAnswer };

/** What an agent should know at a glance: what happened, who is verified, the customer's records. */
export function SidePanel(props: SidePanelProps) {
  const { id, answer, now, isOpen, mayReveal, mayChangeTickets, onClose, onReadError } = props;
  const [panel, setPanel] = useState<Panel>({ kind: 'loading' });
  const read = useCallback(
    () =>
      callDesk.sidePanel(id).then(
        (fresh) => setPanel({ kind: 'shown', answer: fresh }),
        (error) => {
          setPanel((before) => (before.kind === 'shown' ? before : { kind: 'failed' }));
          onReadError(error);
        },
      ),
    [id, onReadError],
  );
  const refresh = useRefresh(read);
  // A new code, a new verification or a new turn may each bring other records.
  const { version } = answer;
  const identityKey = answer.identities.map(({ customerCode, level }) => `${customerCode}:${level}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when one of these changes
  useEffect(() => {
    void refresh();
  }, [refresh, version, identityKey]);

  return (
    <aside className="side" aria-label="Thông tin khách hàng" data-open={isOpen}>
      <div className="side-head narrow-only">
        <h2>Thông tin khách hàng</h2>
        <Button className="icon-button" aria-label="Đóng thông tin khách hàng" onPress={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      <Summary answer={answer} />
      <Identities answer={answer} />
      <Records {...{ panel, now, mayReveal, mayChangeTickets }} conversationId={id} onRetry={refresh} />
    </aside>
  );
}

function Summary({ answer: { summary } }: { readonly answer: ConversationAnswer }) {
  const { asked, notUnderstood, handoffReason, hadEmergency, undelivered } = summary;
  const facts = [
    ...(hadEmergency ? ['Khách đã báo tình huống nguy hiểm về điện'] : []),
    ...(handoffReason === undefined ? [] : [`Chuyển nhân viên vì: ${reasonWords(handoffReason)}`]),
    ...(notUnderstood === 0 ? [] : [`Bot không hiểu ${notUnderstood} tin`]),
    ...undelivered.map(({ state, times }) => `${times} tin: ${DELIVERY_WORDS[state].toLowerCase()}`),
  ];
  return (
    <section className="side-section">
      <h3>Tóm tắt</h3>
      {asked.length > 0 && (
        <ul className="asked" aria-label="Khách đã hỏi">
          {asked.map(({ intent, times }) => (
            <li key={intent} className="chip">
              {intentWords(intent)}
              {times > 1 && ` ×${times}`}
            </li>
          ))}
        </ul>
      )}
      {facts.length > 0 && (
        <ul className="facts">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {asked.length + facts.length === 0 && <p className="quiet">Chưa có gì đáng chú ý.</p>}
    </section>
  );
}

function Identities({ answer: { identities } }: { readonly answer: ConversationAnswer }) {
  return (
    <section className="side-section">
      <h3>Xác minh</h3>
      {identities.length === 0 && <p className="quiet">Khách chưa cho mã khách hàng.</p>}
      <ul className="identities">
        {identities.map(({ customerCode, level, validUntil }) => (
          <li key={customerCode}>
            <code>{customerCode}</code>
            <span className={`chip ${level === 'verified' ? 'chip-good' : 'chip-warn'}`}>
              {LEVEL_WORDS[level]}
              {validUntil !== undefined && ` đến ${clockTime(validUntil)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Records({
  panel,
  now,
  conversationId,
  mayReveal,
  mayChangeTickets,
  onRetry,
}: {
  readonly panel: Panel;
  readonly now: number;
  readonly conversationId: string;
  readonly mayReveal: boolean;
  readonly mayChangeTickets: boolean;
  readonly onRetry: () => void;
}) {
  if (panel.kind === 'loading') {
    return <p className="side-section quiet">Đang tải hồ sơ…</p>;
  }
  if (panel.kind === 'failed') {
    return (
      <section className="side-section">
        <p role="alert">Chưa đọc được hồ sơ khách hàng.</p>
        <Button className="button secondary" onPress={onRetry}>
          Thử lại
        </Button>
      </section>
    );
  }
  const { customers, tickets } = panel.answer;
  return (
    <>
      <TicketList tickets={tickets} mayChange={mayChangeTickets} onChanged={onRetry} />
      {customers.map((customer) => (
        <CustomerCard key={customer.customerCode} panel={customer} {...{ now, conversationId, mayReveal }} />
      ))}
    </>
  );
}
