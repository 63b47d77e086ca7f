import type { Action } from './action.ts';
import { openTicket } from './open-ticket.ts';

/** Reports an outage to the repair crew. Somebody who depends on the power comes first. */
export const openOutageTicket: Action = async (slots, { now }, { ids }) => {
  const { since, priority_reason: reason } = slots;
  return openTicket({
    number: ids.ticketNumber('SC', now),
    kind: 'outage',
    priority: reason === undefined ? 'normal' : 'high',
    summary: 'Báo mất điện',
    about: slots,
    details: { since, priority_reason: reason },
  });
};
