import type { Action } from './action.ts';
import { openTicket } from './open-ticket.ts';

/** Reports present danger; opened with whatever is known, even without a place. */
export const openEmergencyTicket: Action = async (slots, { now }, { ids }) => {
  const { injured, danger } = slots;
  return openTicket({
    number: ids.ticketNumber('KC', now),
    kind: 'emergency',
    priority: 'urgent',
    summary: `Báo nguy hiểm${danger === undefined ? '' : `: ${danger}`}`,
    about: slots,
    details: { injured, danger },
  });
};
