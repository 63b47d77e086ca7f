import type { ActionResult } from '../../dialogs/run-action.ts';
import { type Action, needSlot } from './action.ts';

/** A link to what this conversation holds. Whoever writes in it has seen all of it. */
export const exportConversation: Action = async (_slots, { conversationId, now }, { exportLinks }) =>
  linked(exportLinks.linkTo({ conversationId }, now));

/** A link to everything that is kept about a customer. */
export const exportCustomer: Action = async (slots, { now }, { exportLinks }) =>
  linked(exportLinks.linkTo({ customerCode: needSlot(slots, 'customer_code') }, now));

function linked({ page, file }: { readonly page: string; readonly file: string }): ActionResult {
  return {
    outcome: 'linked',
    replies: [
      {
        kind: 'card',
        title: 'Dữ liệu đang được lưu',
        text: 'Trang để đọc, và tệp JSON cho máy đọc.',
        rows: [],
        links: [
          { label: 'Mở trang', href: page },
          { label: 'Tải tệp JSON', href: file },
        ],
      },
    ],
  };
}
