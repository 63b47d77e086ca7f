import type { ActionContext, ActionResult, Slots, TicketDraft } from '../../dialogs/run-action.ts';
import type { ActionDeps } from './action.ts';
import { ownTicket } from './keep-ticket.ts';
import { ticketSource } from './ticket-provenance.ts';

const SUMMARY_PLACE_LENGTH = 80;

interface TicketRequest extends Pick<TicketDraft, 'number' | 'kind' | 'priority' | 'summary'> {
  /** Slots that say who and where (`customer_code`, `place`, `phone`), and whether it corrects an `earlier_ticket`. */
  readonly about: Slots;
  readonly details: Readonly<Record<string, string | undefined>>;
}

/**
 * The answer of an action that opens a ticket: its number, where that comes from, and the effect that writes it. What was
 * opened before with a value that the customer has since corrected keeps its number.
 */
export async function openTicket(
  { about, details, summary, ...request }: TicketRequest,
  { conversationId, now }: Pick<ActionContext, 'conversationId' | 'now'>,
  { tickets }: Pick<ActionDeps, 'tickets'>,
): Promise<ActionResult> {
  const { customer_code: customerCode, place, phone, earlier_ticket: earlier } = about;
  const ticket: TicketDraft = {
    ...request,
    number: earlier ?? request.number,
    summary: place === undefined ? summary : `${summary} (${shortened(place)})`,
    ...(customerCode !== undefined && { customerCode }),
    ...(place !== undefined && { place }),
    ...(phone !== undefined && { phone }),
    details: Object.fromEntries(Object.entries(details).filter(hasValue)),
  };
  // A correction is one more step of the history. An earlier ticket that is not written yet has its first one.
  const known = earlier === undefined ? undefined : await ownTicket(tickets, earlier, conversationId);
  const version = earlier === undefined ? 1 : (known?.history.length ?? 1) + 1;
  return {
    outcome: 'opened',
    slots: { ticket_number: ticket.number },
    provenance: [ticketSource(ticket.number, version, now)],
    effects: [{ kind: 'open_ticket', ticket, ...(earlier !== undefined && { corrects: true }) }],
  };
}

function hasValue(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined;
}

/** A place may be a whole story in the customer's words. */
function shortened(place: string): string {
  const letters = [...place];
  return letters.length <= SUMMARY_PLACE_LENGTH ? place : `${letters.slice(0, SUMMARY_PLACE_LENGTH).join('')}…`;
}
