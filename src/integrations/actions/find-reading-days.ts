import type { Bill } from '../../bot/records.ts';
import { type Action, needSlot } from './action.ts';
import { billProvenance } from './bill-card.ts';
import { isTellable } from './check-bill.ts';
import { dayWords } from './spoken-figures.ts';

const PERIODS_SHOWN = 4;

/** The days on which the last periods were closed. The next one is nowhere on record, so it is not told. */
export const findReadingDays: Action = async (slots, _context, { customers }) => {
  const all = await customers.bills(needSlot(slots, 'customer_code'), { limit: PERIODS_SHOWN });
  const bills = all.filter((bill) => isTellable(bill, all));
  if (bills.length === 0) {
    return { outcome: 'no_bills' };
  }
  const newestFirst: readonly Bill[] = [...bills].sort((one, other) => other.to.localeCompare(one.to));
  return {
    outcome: 'found',
    slots: { reading_days: newestFirst.map(({ to }) => dayWords(to)).join(', ') },
    provenance: newestFirst.map(billProvenance),
  };
};
