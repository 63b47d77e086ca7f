import type { TicketDraft } from '../../dialogs/run-action.ts';
import type { Action } from './action.ts';
import { openTicket } from './open-ticket.ts';
import { recentPictures } from './recent-pictures.ts';

interface RequestKind {
  readonly prefix: string;
  readonly kind: TicketDraft['kind'];
  readonly summary: string;
}

/** What each dialog asks of the utility. The summary is read by staff. */
const REQUESTS: Readonly<Record<string, RequestKind>> = {
  'voltage-problem': { prefix: 'SC', kind: 'outage', summary: 'Điện yếu, chập chờn' },
  'planned-priority': { prefix: 'SC', kind: 'outage', summary: 'Cúp điện theo lịch, khách cần ưu tiên' },
  'medical-need': { prefix: 'YC', kind: 'service', summary: 'Đề nghị ưu tiên: có người cần máy y tế tại nhà' },
  'meter-problem': { prefix: 'CT', kind: 'meter', summary: 'Yêu cầu kiểm tra công tơ' },
  'meter-reading-submit': { prefix: 'CT', kind: 'meter', summary: 'Khách tự báo chỉ số' },
  'new-connection': { prefix: 'YC', kind: 'service', summary: 'Yêu cầu cấp điện mới' },
  'contract-change': { prefix: 'YC', kind: 'service', summary: 'Yêu cầu thay đổi hợp đồng' },
  'rooftop-solar': { prefix: 'YC', kind: 'service', summary: 'Hỏi về điện mặt trời mái nhà' },
  'invoice-copy': { prefix: 'HD', kind: 'billing', summary: 'Gửi bản hóa đơn qua email' },
  complaint: { prefix: 'PA', kind: 'service', summary: 'Phản ánh, khiếu nại' },
};

/** Opens the ticket that belongs to the dialog. Somebody who depends on the power comes first. */
export const openRequest: Action = async (slots, context, deps) => {
  const { conversationId, now, dialog = '' } = context;
  const request = REQUESTS[dialog];
  if (request === undefined) {
    throw new Error(`Nothing says which ticket the dialog "${dialog}" opens: add it to open-request.ts.`);
  }
  const { prefix, summary, ...kind } = request;
  const pictures = await recentPictures(deps.media, conversationId, now);
  const { priority_reason: reason, request_text, meter_reading, month, email } = slots;
  const ticket = {
    ...kind,
    summary: `${summary}${pictures.note}`,
    number: deps.ids.ticketNumber(prefix, now),
    priority: reason === undefined ? 'normal' : 'high',
    about: slots,
    details: {
      ...{ request_text, meter_reading, month, email, priority_reason: reason },
      ...pictures.details,
    },
  } as const;
  return openTicket(ticket, context, deps);
};
