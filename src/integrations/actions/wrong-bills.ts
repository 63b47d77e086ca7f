import type { Bill } from '../../bot/records.ts';
import type { ActionContext, ActionResult } from '../../dialogs/run-action.ts';
import type { ActionDeps } from './action.ts';
import { billName, billProvenance } from './bill-card.ts';
import { openTicket } from './open-ticket.ts';
import { ticketProvenance } from './ticket-provenance.ts';

const TICKETS_LOOKED_AT = 20;

/** What is wrong: the figures do not agree, the lines by tier are not all there, or the readings do not give the kWh. */
export type BillFault = 'figures' | 'lines' | 'readings';

interface FaultWords {
  readonly summary: (names: string) => string;
  readonly said: (names: string) => string;
}

const FAULTS: Readonly<Record<BillFault, FaultWords>> = {
  figures: {
    summary: (names) => `Số liệu hóa đơn ${names} không khớp, cần kiểm tra`,
    said: (names) => `Số liệu hóa đơn ${names} trong hệ thống chưa khớp nên mình không nêu con số để tránh báo sai.`,
  },
  readings: {
    summary: (names) => `Chỉ số công tơ của hóa đơn ${names} không khớp điện tiêu thụ, cần kiểm tra`,
    said: (names) => `Chỉ số công tơ của hóa đơn ${names} trong hệ thống chưa khớp nên mình không nêu chỉ số.`,
  },
  lines: {
    summary: (names) => `Hóa đơn ${names} thiếu hoặc sai chi tiết từng bậc, cần kiểm tra`,
    said: (names) => `Chi tiết từng bậc của hóa đơn ${names} chưa đủ nên mình chỉ nêu số tổng.`,
  },
};

/** Says what is wrong in the records, and has it checked: once, however often the customer asks. */
export async function reportWrongBills(
  bills: readonly Bill[],
  context: ActionContext,
  deps: ActionDeps,
  fault: BillFault = 'figures',
): Promise<Pick<ActionResult, 'replies' | 'effects' | 'provenance'>> {
  const customerCode = bills[0]?.customerCode ?? '';
  const details = {
    bills: bills
      .map(({ id }) => id)
      .sort()
      .join(', '),
  };
  const open = (await deps.tickets.tickets({ customerCode, limit: TICKETS_LOOKED_AT })).find(
    (ticket) => ticket.state !== 'done' && ticket.details['bills'] === details.bills,
  );
  const number = open?.number ?? deps.ids.ticketNumber('HD', context.now);
  const names = bills.map(billName).join(', ');
  const ticket = {
    number,
    kind: 'billing',
    priority: 'normal',
    summary: FAULTS[fault].summary(names),
    about: { customer_code: customerCode },
    details,
  } as const;
  const known = open && { effects: [], provenance: [ticketProvenance(open)] };
  const { effects = [], provenance = [] } = known ?? (await openTicket(ticket, context, deps));
  const text = `${FAULTS[fault].said(names)} Phiếu kiểm tra của anh/chị là ${number}.`;
  return {
    replies: [{ kind: 'text', text }],
    effects,
    provenance: [...bills.map(billProvenance), ...provenance],
  };
}
