import type { Action } from './action.ts';
import { noticePhone, phoneWords } from './notice-phone.ts';
import { openTicket } from './open-ticket.ts';

/** Reports an outage to the repair crew. Somebody who depends on the power comes first. */
export const openOutageTicket: Action = async (slots, context, { ids, customers }) => {
  const { now } = context;
  const { since, priority_reason: reason } = slots;
  const opened = openTicket({
    number: ids.ticketNumber('SC', now),
    kind: 'outage',
    priority: reason === undefined ? 'normal' : 'high',
    summary: 'Báo mất điện',
    about: slots,
    details: { since, priority_reason: reason },
  });
  const phone = await noticePhone(slots, context, customers);
  return phone === undefined
    ? opened
    : { ...opened, outcome: 'opened_reachable', slots: { ...opened.slots, notice_phone: phoneWords(phone) } };
};
