import type { Bill } from '../../bot/records.ts';
import type { Slots } from '../../dialogs/run-action.ts';
import { type ActionDeps, needSlot } from './action.ts';

const MOST_BILLS = 24;

export interface InvoicesAsked {
  /** Oldest first; none when there is no invoice for the months asked about. */
  readonly bills: readonly Bill[];
  /** The month or months asked about, `from/to`. */
  readonly period: string;
  readonly newest: Bill;
}

/** The invoices of the months that the customer asks for, or the newest; `undefined`: the contract has none at all. */
export async function invoicesAsked(
  slots: Slots,
  { customers }: Pick<ActionDeps, 'customers'>,
): Promise<InvoicesAsked | undefined> {
  const code = needSlot(slots, 'customer_code');
  const [newest] = await customers.bills(code, { limit: 1 });
  if (newest === undefined) {
    return undefined;
  }
  const period = slots['billing_period'] ?? newest.month;
  const [fromMonth = period, toMonth = fromMonth] = period.split('/');
  const bills = await customers.bills(code, { fromMonth, toMonth, limit: MOST_BILLS });
  return { bills: [...bills].sort((a, b) => a.from.localeCompare(b.from)), period, newest };
}
