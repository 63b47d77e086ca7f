import type { Action } from './action.ts';
import { openTicket } from './open-ticket.ts';

/** A ticket beside an incident that is known: the customer has a number, and nobody need be asked any further. */
export const joinIncident: Action = async (slots, context, deps) => {
  const { priority_reason: reason } = slots;
  const ticket = {
    number: deps.ids.ticketNumber('SC', context.now),
    kind: 'outage',
    priority: reason === undefined ? 'normal' : 'high',
    summary: 'Báo mất điện, thuộc sự cố đã biết',
    about: slots,
    details: { priority_reason: reason },
  } as const;
  return openTicket(ticket, context, deps);
};
