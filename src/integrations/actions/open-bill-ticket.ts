import type { TicketDraft } from '../../dialogs/run-action.ts';
import { type Action, needSlot } from './action.ts';
import { openTicket } from './open-ticket.ts';
import { recentPictures } from './recent-pictures.ts';

interface BillProblem extends Pick<TicketDraft, 'kind'> {
  readonly prefix: string;
  readonly summary: string;
}

/** What can be wrong around a bill, and who looks at it. */
const PROBLEMS: Readonly<Record<string, BillProblem>> = {
  paid_not_shown: { prefix: 'HD', kind: 'billing', summary: 'Khách đã thanh toán nhưng còn báo nợ' },
  paid_twice: { prefix: 'HD', kind: 'billing', summary: 'Khách báo thanh toán trùng hoặc nhầm' },
  wrong_reading: { prefix: 'HD', kind: 'billing', summary: 'Khách không đồng ý chỉ số trên hóa đơn' },
  meter_check: { prefix: 'CT', kind: 'meter', summary: 'Đề nghị kiểm tra công tơ do tiền điện cao' },
};

/** Has somebody look at a bill, a payment or the meter behind it. */
export const openBillTicket: Action = async (slots, context, deps) => {
  const { conversationId, now } = context;
  const name = needSlot(slots, 'bill_problem');
  const problem = PROBLEMS[name];
  if (problem === undefined) {
    throw new Error(`There is no problem "${name}" in open-bill-ticket.ts.`);
  }
  const { month, paid_when, paid_channel, paid_amount, paid_reference, read_on_meter } = slots;
  const pictures = await recentPictures(deps.media, conversationId, now);
  const about = month === undefined ? problem.summary : `${problem.summary} (${month})`;
  const ticket = {
    number: deps.ids.ticketNumber(problem.prefix, now),
    kind: problem.kind,
    priority: 'normal',
    summary: `${about}${pictures.note}`,
    about: slots,
    details: {
      problem: name,
      month,
      paid_when,
      paid_channel,
      paid_amount,
      paid_reference,
      read_on_meter,
      ...pictures.details,
    },
  } as const;
  const opened = await openTicket(ticket, context, deps);
  return slots['earlier_ticket'] === undefined ? opened : { ...opened, outcome: 'corrected' };
};
