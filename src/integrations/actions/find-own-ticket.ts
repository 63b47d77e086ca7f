import type { Ticket } from '../../bot/records.ts';
import type { Action } from './action.ts';
import { momentWords } from './spoken-figures.ts';
import { ticketProvenance } from './ticket-provenance.ts';

const MOST_READ = 20;
/** Whoever asks days later means another outage. */
const RECENT_MS = 3 * 86_400_000;
const STATE_WORDS: Readonly<Record<Ticket['state'], string>> = {
  open: 'đã tiếp nhận, đang chờ đội sửa chữa',
  in_progress: 'đội sửa chữa đang xử lý',
  done: 'đã xử lý xong',
};

/** The newest report of an outage or a danger that this very conversation has made and that is still worked on. */
export const findOwnTicket: Action = async (_slots, { conversationId, now }, { tickets }) => {
  const own = await tickets.tickets({ conversationId, limit: MOST_READ });
  const ticket = own.find((one) => isOutageTicket(one) && one.state !== 'done' && now - one.createdAt < RECENT_MS);
  if (ticket === undefined) {
    return { outcome: 'none' };
  }
  return {
    outcome: 'found',
    slots: { ticket_number: ticket.number, ticket_text: outageTicketSentence(ticket) },
    provenance: [ticketProvenance(ticket)],
  };
};

/** `phiếu SC261122-0007 báo lúc 07:30 …: đội sửa chữa đang xử lý.` */
export function outageTicketSentence({ number, createdAt, state }: Ticket): string {
  return `phiếu ${number} báo lúc ${momentWords(createdAt)}: ${STATE_WORDS[state]}.`;
}

export function isOutageTicket({ kind }: Ticket): boolean {
  return kind === 'outage' || kind === 'emergency';
}
