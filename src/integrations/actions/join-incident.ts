import type { Action } from './action.ts';
import { openTicket } from './open-ticket.ts';

/** A ticket beside an incident that is known: the customer has a number, and nobody need be asked any further. */
export const joinIncident: Action = async (slots, { now }, { ids }) => {
  const { priority_reason: reason } = slots;
  return openTicket({
    number: ids.ticketNumber('SC', now),
    kind: 'outage',
    priority: reason === undefined ? 'normal' : 'high',
    summary: 'Báo mất điện, thuộc sự cố đã biết',
    about: slots,
    details: { priority_reason: reason },
  });
};
