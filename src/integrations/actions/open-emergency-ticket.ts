import type { Action } from './action.ts';
import { openTicket } from './open-ticket.ts';
import { corporationFor, servedElsewhere } from './served-by.ts';

/** Reports present danger; opened with whatever is known, even without a place, and wherever it is. */
export const openEmergencyTicket: Action = async (slots, context, deps) => {
  const { injured, danger } = slots;
  const { now } = context;
  const ticket = {
    number: deps.ids.ticketNumber('KC', now),
    kind: 'emergency',
    priority: 'urgent',
    summary: `Báo nguy hiểm${danger === undefined ? '' : `: ${danger}`}`,
    about: slots,
    details: { injured, danger },
  } as const;
  const opened = await openTicket(ticket, context, deps);
  const { utility } = deps;
  return { ...opened, replies: servedElsewhere(corporationFor(slots, now, utility), utility) };
};
