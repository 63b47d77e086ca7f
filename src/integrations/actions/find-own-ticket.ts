import type { Ticket } from '../../bot/records.ts';
import type { Action } from './action.ts';
import { momentWords } from './spoken-figures.ts';

const MOST_READ = 20;
/** Whoever asks days later means another outage. */
const RECENT_MS = 3 * 86_400_000;
const STATE_WORDS: Readonly<Record<Ticket['state'], string>> = {
  open: 'đã tiếp nhận, đang chờ đội sửa chữa',
  in_progress: 'đội sửa chữa đang xử lý',
  done: 'đã xử lý xong',
};

/** The newest report of an outage or a danger that this very conversation has made. */
export const findOwnTicket: Action = async (_slots, { conversationId, now }, { tickets }) => {
  const own = await tickets.tickets({ conversationId, limit: MOST_READ });
  const ticket = own.find(
    ({ kind, createdAt }) => (kind === 'outage' || kind === 'emergency') && now - createdAt < RECENT_MS,
  );
  if (ticket === undefined) {
    return { outcome: 'none' };
  }
  const { number, createdAt, state, history } = ticket;
  return {
    outcome: 'found',
    slots: {
      ticket_number: number,
      ticket_text: `phiếu ${number} báo lúc ${momentWords(createdAt)}: ${STATE_WORDS[state]}.`,
    },
    provenance: [
      {
        record: 'ticket',
        id: number,
        version: String(history.length),
        asOf: new Date(history.at(-1)?.at ?? createdAt).toISOString(),
      },
    ],
  };
};
