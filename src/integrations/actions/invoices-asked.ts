import type { CustomerRecords } from '../../bot/ports.ts';
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
  return { bills: await billsOfPeriod(code, period, { customers }), period, newest };
}

/** The bills of a month or of months, `from/to`, oldest first. */
export async function billsOfPeriod(
  code: string,
  period: string,
  { customers }: { readonly customers: Pick<CustomerRecords, 'bills'> },
): Promise<readonly Bill[]> {
  const [fromMonth = period, toMonth = fromMonth] = period.split('/');
  const bills = await customers.bills(code, { fromMonth, toMonth, limit: MOST_BILLS });
  return [...bills].sort((a, b) => a.from.localeCompare(b.from));
}
