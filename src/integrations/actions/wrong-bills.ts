import type { Bill } from '../../bot/records.ts';
import type { ActionContext, ActionResult } from '../../dialogs/run-action.ts';
import type { ActionDeps } from './action.ts';
import { billName, billProvenance } from './bill-card.ts';
import { openTicket } from './open-ticket.ts';

const TICKETS_LOOKED_AT = 20;

/** Says that figures in the records do not agree, and has them checked: once, however often the customer asks. */
export async function reportWrongBills(
  bills: readonly Bill[],
  { now }: ActionContext,
  { tickets, ids }: ActionDeps,
): Promise<Pick<ActionResult, 'replies' | 'effects' | 'provenance'>> {
  const customerCode = bills[0]?.customerCode ?? '';
  const details = { bills: bills.map(({ id }) => id).join(', ') };
  const open = (await tickets.tickets({ customerCode, limit: TICKETS_LOOKED_AT })).find(
    (ticket) => ticket.state !== 'done' && ticket.details['bills'] === details.bills,
  );
  const number = open?.number ?? ids.ticketNumber('HD', now);
  const names = bills.map(billName).join(', ');
  const { effects = [] } = openTicket({
    number,
    kind: 'billing',
    priority: 'normal',
    summary: `Số liệu hóa đơn ${names} không khớp, cần kiểm tra`,
    about: { customer_code: customerCode },
    details,
  });
  const text = `Số liệu hóa đơn ${names} trong hệ thống chưa khớp nên mình không nêu con số để tránh báo sai. Phiếu kiểm tra của anh/chị là ${number}.`;
  return {
    replies: [{ kind: 'text', text }],
    effects: open === undefined ? effects : [],
    provenance: bills.map(billProvenance),
  };
}
