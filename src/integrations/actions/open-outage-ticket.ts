import type { Action } from './action.ts';
import { openTicket } from './open-ticket.ts';
import { outageReport } from './outage-report.ts';

/** Reports an outage to the repair crew. Somebody who depends on the power comes first. */
export const openOutageTicket: Action = async (slots, context, deps) => {
  const { since, priority_reason: reason } = slots;
  const ticket = {
    number: deps.ids.ticketNumber('SC', context.now),
    kind: 'outage',
    priority: reason === undefined ? 'normal' : 'high',
    summary: 'Báo mất điện',
    about: slots,
    details: { since, priority_reason: reason },
  } as const;
  const opened = await openTicket(ticket, context, deps);
  // Told again with what was asked since: that somebody there depends on the power, and where.
  const report = { kind: 'report_outage', report: outageReport('reported', slots) } as const;
  return { ...opened, effects: [...(opened.effects ?? []), report] };
};
