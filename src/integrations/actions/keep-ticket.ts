import type { EffectHandlers } from '../../bot/effect-handlers.ts';
import type { ConversationId, InboundEvent } from '../../bot/message.ts';
import type { Clock, Ids, TicketStore } from '../../bot/ports.ts';
import type { Ticket } from '../../bot/records.ts';

export interface KeepTicketDeps {
  readonly tickets: Pick<TicketStore, 'open' | 'correct' | 'ticket' | 'tickets'>;
  readonly ids: Pick<Ids, 'ticketNumber'>;
  /** Goes on with the conversation, once a key. */
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  readonly clock: Clock;
}

const TICKETS_LOOKED_AT = 50;

/**
 * Writes the ticket whose number the customer has been told. Numbers are drawn at random before the ticket is opened: when
 * another conversation has this one, his ticket gets another number, and he is told of it.
 */
export function createKeepTicket({ tickets, ids, receive, clock }: KeepTicketDeps): EffectHandlers['open_ticket'] {
  async function renumber(ticket: Ticket & { readonly conversationId: ConversationId }): Promise<string> {
    const { number: told, conversationId, createdAt, details } = ticket;
    const known = await findToldAs(tickets, told, conversationId);
    if (known !== undefined) {
      return known.number;
    }
    const number = ids.ticketNumber(prefixOf(told), createdAt);
    const note = `Khách được báo số ${told} trước đó; số ấy đã có phiếu khác`;
    const other = {
      ...ticket,
      number,
      details: { ...details, told_as: told },
      history: [{ at: createdAt, state: 'open', note }],
    };
    return (await tickets.open(other)) === 'taken' ? renumber(ticket) : number;
  }

  return async ({ key, conversationId, at }, { ticket, corrects = false }) => {
    if (corrects) {
      const own = await ownTicket(tickets, ticket.number, conversationId);
      const { number = ticket.number, details: { told_as } = {} } = own ?? {};
      return tickets.correct({ ...ticket, number, details: { ...ticket.details, ...(told_as && { told_as }) }, at });
    }
    const opened: Ticket & { readonly conversationId: ConversationId } = {
      ...{ ...ticket, state: 'open', conversationId, createdAt: at, history: [{ at, state: 'open' }] },
    };
    if ((await tickets.open(opened)) === 'taken') {
      const number = await renumber(opened);
      const event = { key: `renumber/${key}`, conversationId, orderKey: at, receivedAt: clock.now() };
      const reply = { kind: 'text', text: renumberedText(ticket.number, number) } as const;
      await receive({ ...event, content: { kind: 'notice', replies: [reply] } });
    }
  };
}

/** The ticket of this conversation that its customer knows by this number. */
export async function ownTicket(
  tickets: Pick<TicketStore, 'ticket' | 'tickets'>,
  number: string,
  conversationId: ConversationId,
): Promise<Ticket | undefined> {
  const found = await tickets.ticket(number);
  return found === undefined || found.conversationId === conversationId
    ? found
    : ((await findToldAs(tickets, number, conversationId)) ?? found);
}

async function findToldAs(
  tickets: Pick<TicketStore, 'tickets'>,
  number: string,
  conversationId: ConversationId,
): Promise<Ticket | undefined> {
  const own = await tickets.tickets({ conversationId, limit: TICKETS_LOOKED_AT });
  return own.find(({ details }) => details['told_as'] === number);
}

function prefixOf(number: string): string {
  return /^[A-Z]+/.exec(number)?.[0] ?? '';
}

function renumberedText(told: string, number: string): string {
  return `Dạ, mình xin đính chính: số phiếu của anh/chị là ${number}. Số ${told} mình báo lúc trước trùng với một phiếu khác, anh/chị dùng số mới này giúp mình nhé.`;
}
