import type { Clock, TicketStore } from '../../bot/ports.ts';
import type { TicketNewsBox } from '../storage/ticket-news.ts';
import type { TellTicketState } from './tell-ticket-state.ts';

interface ToldDeps {
  readonly ticketNews: Pick<TicketNewsBox, 'list' | 'forget'>;
  readonly tickets: Pick<TicketStore, 'ticket'>;
  readonly tellTicketState: TellTicketState;
  readonly clock: Clock;
}

const AT_ONCE = 50;
const LOOK_EVERY_MS = 10_000;
/** An import that has died before it wrote the ticket is run again within a day. */
const WAITS_MS = 86_400_000;

/** Tells customers of the states that an import has given to their tickets, as the desk does of those that agents give. */
export function createTellImportedStates({ ticketNews, tickets, tellTicketState, clock }: ToldDeps) {
  let nextAt = 0;
  return async (): Promise<void> => {
    const now = clock.now();
    if (now < nextAt) {
      return;
    }
    const news = await ticketNews.list(AT_ONCE);
    for (const each of news) {
      const ticket = await tickets.ticket(each.number);
      const isTrue = ticket?.state === each.state;
      if (ticket !== undefined && isTrue) {
        await tellTicketState(ticket);
      }
      if (isTrue || now - each.at > WAITS_MS) {
        await ticketNews.forget(each);
      }
    }
    nextAt = news.length < AT_ONCE ? now + LOOK_EVERY_MS : now;
  };
}
