import type { Action } from './action.ts';
import { billProvenance } from './bill-card.ts';
import { invoicesAsked } from './invoices-asked.ts';
import { noBillForPeriod } from './no-bill-for-period.ts';
import { monthWords } from './spoken-figures.ts';

/**
 * Whether there is an invoice for the month, or which is the newest. No figure of it is told. Who has asked for a letter
 * need not say so again.
 */
export const findInvoice: Action = async (slots, _context, deps) => {
  const asked = await invoicesAsked(slots, deps);
  if (asked === undefined) {
    return { outcome: 'no_bills' };
  }
  const { bills, period, newest } = asked;
  const months = [...new Set(bills.map(({ month }) => month))].sort();
  if (months.length === 0) {
    return noBillForPeriod(period, newest);
  }
  return {
    outcome: slots['sent_by'] === 'email' ? 'found_for_email' : 'found',
    slots: { month: months.map(monthWords).join(', ') },
    provenance: bills.map(billProvenance),
  };
};
