import { DOCUMENT_DAYS } from '../documents/document-links.ts';
import { documentName } from '../documents/document-name.ts';
import { type Action, needSlot } from './action.ts';
import { billProvenance } from './bill-card.ts';
import { isTellable } from './check-bill.ts';
import { invoicesAsked } from './invoices-asked.ts';

/** What stands on the bills of the months asked for, as a file to keep. */
export const giveBillSheet: Action = async (slots, { now, channel }, deps) => {
  const { bills = [], period = '' } = (await invoicesAsked(slots, deps)) ?? {};
  // Figures that do not agree with themselves are looked at by a person before they leave the house.
  if (bills.length === 0 || !bills.every((bill) => isTellable(bill, bills))) {
    return { outcome: 'not_possible' };
  }
  const wish = { customerCode: needSlot(slots, 'customer_code'), period };
  return {
    // Only an address ends.
    ...(deps.channels.get(channel)?.handsOverFiles === true
      ? { outcome: 'given' }
      : { outcome: 'linked', slots: { days: String(DOCUMENT_DAYS) } }),
    replies: [{ kind: 'file', url: deps.documentLinks.linkTo(wish, now), name: documentName(wish) }],
    provenance: bills.map(billProvenance),
  };
};
