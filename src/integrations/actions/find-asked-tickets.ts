import type { Ticket } from '../../bot/records.ts';
import { ticketNumberIn } from '../../nlu/detect-ticket-question.ts';
import type { Action } from './action.ts';
import { isOutageTicket, outageTicketSentence } from './find-own-ticket.ts';
import { ownTicket } from './keep-ticket.ts';
import { capital, momentWords } from './spoken-figures.ts';
import { ticketProvenance } from './ticket-provenance.ts';

/** Who asks for "my ticket" means one of the last; more would be a list that nobody reads. */
const MOST_TOLD = 3;
const STATE_WORDS: Readonly<Record<Ticket['state'], string>> = {
  open: 'đã tiếp nhận, đang chờ nhân viên xử lý',
  in_progress: 'nhân viên đang xử lý',
  done: 'đã xử lý xong',
};

/**
 * The ticket with the number that the customer sends, wherever it was made: who has the number may know where it stands,
 * and no more. Without one the newest that this very conversation has made, of whatever kind; an open report of an
 * outage alone.
 */
export const findAskedTickets: Action = async (_slots, { conversationId, utterance = '' }, { tickets }) => {
  const number = ticketNumberIn(utterance);
  const numbered = number === undefined ? undefined : await ownTicket(tickets, number, conversationId);
  if (number !== undefined && numbered === undefined) {
    return { outcome: 'unknown_number', slots: { asked_number: number } };
  }
  const own = numbered === undefined ? await tickets.tickets({ conversationId, limit: MOST_TOLD }) : [numbered];
  const [newest] = own;
  if (newest === undefined) {
    return { outcome: 'none' };
  }
  if (isOutageTicket(newest) && newest.state !== 'done') {
    return {
      outcome: 'outage',
      slots: { ticket_number: newest.number, ticket_text: outageTicketSentence(newest) },
      provenance: [ticketProvenance(newest)],
    };
  }
  const [first, ...others] = own.map((ticket) =>
    (isOutageTicket(ticket) ? outageTicketSentence : requestSentence)(ticket),
  );
  return {
    outcome: own.every(({ state }) => state === 'done') ? 'done' : 'request',
    slots: { ticket_text: [first, ...others.map(capital)].join(' ') },
    provenance: own.map(ticketProvenance),
  };
};

function requestSentence({ number, createdAt, state }: Ticket): string {
  return `phiếu ${number} lập lúc ${momentWords(createdAt)}: ${STATE_WORDS[state]}.`;
}
