import { useState } from 'react';
import { Button, Checkbox } from 'react-aria-components';
import type { TicketStateAnswer, TicketWithHistory } from '../desk-api/customer.ts';
import { TICKET_KIND_WORDS, TICKET_STATE_WORDS, ticketStateWords } from '../desk-words.ts';
import type { TicketStateRequest } from '../ticket-routes.ts';
import { callDesk, newActKey } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { ChoiceField, NoteField } from './form-fields.tsx';
import { clockTime, dateTimeWords } from './format.ts';
import { useToasts } from './toasts.tsx';

interface ListProps {
  readonly tickets: readonly TicketWithHistory[];
  readonly mayChange: boolean;
  /** Called when the tickets must be read again. */
  readonly onChanged: () => void;
}

/** The tickets of a conversation and of its customers, each with what has become of it. */
export function TicketList({ tickets, mayChange, onChanged }: ListProps) {
  const [changed, setChanged] = useState<TicketWithHistory>();
  return (
    <section className="side-section">
      <h3>Phiếu yêu cầu</h3>
      {tickets.length === 0 && <p className="quiet">Chưa có phiếu nào.</p>}
      <ul className="tickets">
        {tickets.map((ticket) => (
          <li key={ticket.number}>
            <TicketCard ticket={ticket} />
            {mayChange && (
              <Button
                className="button secondary small"
                aria-label={`Đổi trạng thái phiếu ${ticket.number}`}
                onPress={() => setChanged(ticket)}
              >
                Đổi trạng thái
              </Button>
            )}
          </li>
        ))}
      </ul>
      {changed !== undefined && (
        <StateDialog ticket={changed} onClose={() => setChanged(undefined)} onChanged={onChanged} />
      )}
    </section>
  );
}

function TicketCard({ ticket }: { readonly ticket: TicketWithHistory }) {
  const { number, kind, state, priority, summary, place, createdAt } = ticket;
  const steps = ticket.history.filter(({ at }) => at !== createdAt);
  return (
    <>
      <p>
        <strong>{number}</strong>{' '}
        <span className={`chip ${priority === 'urgent' ? 'chip-emergency' : ''}`}>{TICKET_KIND_WORDS[kind]}</span>{' '}
        <span className="chip">{TICKET_STATE_WORDS[state]}</span>
      </p>
      <p>{summary}</p>
      <p className="quiet">{[place, dateTimeWords(createdAt)].filter((part) => part !== undefined).join(' · ')}</p>
      {steps.length > 0 && (
        <ol className="ticket-history" aria-label={`Quá trình xử lý phiếu ${number}`}>
          {steps.map((step) => (
            <li key={`${step.at}/${step.state}`}>
              {dateTimeWords(step.at)}: {ticketStateWords(step.state)}
              {step.by !== undefined && ` (${step.by})`}
              {step.note !== undefined && <span className="quiet"> {step.note}</span>}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

type State = TicketStateRequest['state'];

function StateDialog({
  ticket,
  onClose,
  onChanged,
}: {
  readonly ticket: TicketWithHistory;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}) {
  const { number, state: before, history } = ticket;
  const toasts = useToasts();
  const [key] = useState(newActKey);
  const [state, setState] = useState<State>();
  const [note, setNote] = useState('');
  const [tellsCustomer, setTellsCustomer] = useState(true);
  const others = (Object.keys(TICKET_STATE_WORDS) as State[]).filter((one) => one !== before);

  async function change(wanted: State): Promise<void> {
    const words = note.trim() === '' ? {} : { note: note.trim() };
    try {
      const request = { key, number, state: wanted, seen: history.length, tellsCustomer, ...words };
      const { customer } = await callDesk.changeTicket(request);
      toasts.done(doneWords(customer, tellsCustomer));
    } finally {
      onChanged();
    }
  }

  return (
    <FormDialog
      {...{ onClose, isOpen: true, title: `Đổi trạng thái phiếu ${number}`, submitWords: 'Đổi trạng thái' }}
      isComplete={state !== undefined}
      onSubmit={async () => state && change(state)}
    >
      <ChoiceField
        label={`Đang là: ${TICKET_STATE_WORDS[before]}. Đổi thành`}
        value={state ?? ''}
        onChange={(id) => setState(id as State)}
        choices={others.map((id) => ({ id, words: TICKET_STATE_WORDS[id] }))}
      />
      <NoteField label="Ghi chú nội bộ (khách không thấy)" value={note} onChange={setNote} />
      <Checkbox className="checkbox" isSelected={tellsCustomer} onChange={setTellsCustomer}>
        Báo cho khách
      </Checkbox>
    </FormDialog>
  );
}

function doneWords(customer: TicketStateAnswer['customer'], isWanted: boolean): string {
  if (!isWanted) {
    return 'Đã đổi trạng thái phiếu, không báo cho khách.';
  }
  switch (customer.result) {
    case 'told':
      return 'Đã đổi trạng thái phiếu và báo cho khách.';
    case 'deferred':
      return `Đã đổi trạng thái phiếu; khách được báo lúc ${clockTime(customer.until)}.`;
    case 'not_told':
      return 'Đã đổi trạng thái phiếu, nhưng không có kênh nào báo được cho khách.';
  }
}
