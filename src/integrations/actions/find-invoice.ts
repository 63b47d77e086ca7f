import { type Action, needSlot } from './action.ts';
import { billProvenance } from './bill-card.ts';
import { noBillForPeriod } from './no-bill-for-period.ts';
import { monthWords } from './spoken-figures.ts';

const MOST_BILLS = 24;

/** Whether there is an invoice for the month, or which is the newest. No figure of it is told. */
export const findInvoice: Action = async (slots, _context, { customers }) => {
  const code = needSlot(slots, 'customer_code');
  const period = slots['billing_period'];
  const [newest] = await customers.bills(code, { limit: 1 });
  if (newest === undefined) {
    return { outcome: 'no_bills' };
  }
  const [fromMonth = newest.month, toMonth = fromMonth] = period?.split('/') ?? [];
  const bills = await customers.bills(code, { fromMonth, toMonth, limit: MOST_BILLS });
  const months = [...new Set(bills.map(({ month }) => month))].sort();
  if (months.length === 0) {
    return noBillForPeriod(period ?? newest.month, newest);
  }
  return {
    outcome: 'found',
    slots: { month: months.map(monthWords).join(', ') },
    provenance: bills.map(billProvenance),
  };
};
