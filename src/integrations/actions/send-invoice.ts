import type { Bill } from '../../bot/records.ts';
import { type Reply, toPlainText } from '../../dialogs/reply.ts';
import { documentName } from '../documents/document-name.ts';
import { dayOf } from '../local-time.ts';
import { type Action, type ActionDeps, needSlot } from './action.ts';
import { billCard, billProvenance } from './bill-card.ts';
import { billListCard } from './bill-list-card.ts';
import { isTellable } from './check-bill.ts';
import { invoicesAsked } from './invoices-asked.ts';

const DAY_MS = 86_400_000;
/** An address that somebody else has typed shall not be flooded. */
const MOST_A_DAY = 3;

/** Sends what stands on the invoices to the address that the customer has confirmed. */
export const sendInvoice: Action = async (slots, context, deps) => {
  const [email, code] = [needSlot(slots, 'email'), needSlot(slots, 'customer_code')];
  const { bills = [], period = '' } = (await invoicesAsked(slots, deps)) ?? {};
  // Figures that do not agree with themselves are looked at by a person before they leave the house.
  const areSound = bills.length > 0 && bills.every((bill) => isTellable(bill, bills));
  if (!deps.channels.has('email') || !areSound) {
    return { outcome: 'not_possible' };
  }
  const isAllowed = await deps.slots.take({
    key: `invoice-email/${deps.codes.fingerprint(email)}`,
    claim: context.eventKey,
    limit: MOST_A_DAY,
    expiresAt: context.now + DAY_MS,
  });
  if (!isAllowed) {
    return { outcome: 'too_many' };
  }
  return {
    outcome: 'sent',
    effects: [
      { kind: 'send_notice', channel: 'email', to: email, reply: letterOf(bills, period, code, context.now, deps) },
    ],
    provenance: bills.map(billProvenance),
  };
};

/** The figures in words, and the sheet of them as a file. */
function letterOf(
  bills: readonly Bill[],
  period: string,
  customerCode: string,
  now: number,
  { utility, documentLinks }: ActionDeps,
): Reply {
  const today = dayOf(now);
  const [only, ...others] = bills;
  const card =
    only !== undefined && others.length === 0
      ? billCard(only, today)
      : billListCard({ bills, good: bills, period, thisMonth: today.slice(0, 7) });
  const more = `Bản hóa đơn điện tử có giá trị pháp lý tải trên trang ${utility.ours.website}.`;
  const wish = { customerCode, period };
  return {
    kind: 'file',
    url: documentLinks.linkTo(wish, now),
    name: documentName(wish),
    text: `${toPlainText(card)}\n${more}`,
  };
}
