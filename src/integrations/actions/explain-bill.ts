import type { Bill } from '../../bot/records.ts';
import { energy } from '../../dialogs/figures.ts';
import type { Reply } from '../../dialogs/reply.ts';
import type { ActionContext, ActionResult, Slots } from '../../dialogs/run-action.ts';
import { addMonths } from '../../tariffs/days.ts';
import { explainDifference } from '../../tariffs/explain-difference.ts';
import { pricesOn } from '../../tariffs/price-schedule.ts';
import { type Action, type ActionDeps, needSlot } from './action.ts';
import { billProvenance } from './bill-card.ts';
import { billedUse } from './billed-use.ts';
import { isTellable } from './check-bill.ts';
import { differenceText } from './difference-text.ts';
import { noBillForPeriod } from './no-bill-for-period.ts';
import { monthWords } from './spoken-figures.ts';
import { tariffProvenance } from './tariff-provenance.ts';
import { usageChart } from './usage-chart.ts';
import { reportWrongBills } from './wrong-bills.ts';

const MOST_BILLS_A_MONTH = 6;
const MONTHS_SHOWN = 13;
const MOST_BILLS_SHOWN = 24;

/** The two months that are compared; `before` is absent where the bill before is meant, whenever that was. */
interface Months {
  readonly before?: string;
  readonly after: string;
  /** The month asked about, where it is not billed yet. */
  readonly unbilled?: string;
}

/** Why the bill of a month differs from an earlier one, to the đồng. */
export const explainBill: Action = async (slots, context, deps) => {
  const code = needSlot(slots, 'customer_code');
  const [newest] = await deps.customers.bills(code, { limit: 1 });
  if (newest === undefined) {
    return { outcome: 'no_bills' };
  }
  const months = monthsToCompare(comparedMonths(slots), newest.month);
  const after = await billsOf(code, months.after, deps);
  if (after.length === 0) {
    return noBillForPeriod(months.after, newest);
  }
  const before = await billsBefore(code, months, deps);
  if (before.length === 0) {
    return months.before === undefined
      ? {
          outcome: 'no_compared_bill',
          slots: { month: monthWords(months.after) },
          provenance: after.map(billProvenance),
        }
      : noBillForPeriod(months.before, newest);
  }
  return compare({ before, after, unbilled: months.unbilled }, context, deps);
};

/** A single month given after "so với tháng khác" is held against the newest bill. */
function comparedMonths({ compared_months: asked, compare_with: against }: Slots): string | undefined {
  return asked !== undefined && against !== undefined && !asked.includes('/') ? `${asked}/` : asked;
}

/**
 * One month is compared with the one before it, two with each other, one with an open end with the newest; a year means
 * this month in that year.
 */
function monthsToCompare(asked: string | undefined, newest: string): Months {
  const [from = newest, end = from] = (asked ?? newest).split('/');
  const to = end === '' ? newest : end;
  if (from.endsWith('-01') && to === addMonths(from, 11)) {
    return { before: `${from.slice(0, 4)}${newest.slice(4)}`, after: newest };
  }
  const isUnbilled = to > newest;
  const after = isUnbilled ? newest : to;
  return { after, ...(from < after && { before: from }), ...(isUnbilled && { unbilled: to }) };
}

async function billsOf(code: string, month: string, { customers }: ActionDeps): Promise<readonly Bill[]> {
  return customers.bills(code, { fromMonth: month, toMonth: month, limit: MOST_BILLS_A_MONTH });
}

async function billsBefore(code: string, { before, after }: Months, deps: ActionDeps): Promise<readonly Bill[]> {
  if (before !== undefined) {
    return billsOf(code, before, deps);
  }
  const [last] = await deps.customers.bills(code, { toMonth: addMonths(after, -1), limit: 1 });
  return last === undefined ? [] : billsOf(code, last.month, deps);
}

interface Comparison {
  readonly before: readonly Bill[];
  readonly after: readonly Bill[];
  readonly unbilled: string | undefined;
}

async function compare(
  { before, after, unbilled }: Comparison,
  context: ActionContext,
  deps: ActionDeps,
): Promise<ActionResult> {
  const bills = [...before, ...after];
  const wrong = bills.filter((bill) => !isTellable(bill, bills));
  if (wrong.length > 0) {
    return { outcome: 'doubtful', ...(await reportWrongBills(wrong, context, deps)) };
  }
  const [first] = after;
  const isOneEach = before.length === 1 && after.length === 1;
  const customer = isOneEach ? await deps.customers.customer(first?.customerCode ?? '') : undefined;
  const billed = customer && { group: customer.tariffGroup, households: customer.households };
  const difference = explainDifference(billedUse(before), billedUse(after), billed, deps.tariffs);
  const text = differenceText({ before, after, unbilled, difference });
  const shown = await billsShown({ before, after }, deps);
  const group = difference.parts.some(({ part }) => part === 'average') ? undefined : billed?.group;
  return {
    outcome: 'found',
    slots: { month: monthWords(first?.month ?? ''), compared_month: monthWords(before[0]?.month ?? '') },
    replies: [{ kind: 'text', text }, chartOf(shown, { before, after })],
    provenance: [...shown.map(billProvenance), ...(group === undefined ? [] : pricesBehind(bills, group, deps))],
  };
}

type Compared = Pick<Comparison, 'before' | 'after'>;

/** The compared bills among the thirteen months up to the later ones, oldest first; only those whose figures agree. */
async function billsShown({ before, after }: Compared, { customers }: ActionDeps): Promise<readonly Bill[]> {
  const { customerCode = '', month = '' } = after[0] ?? {};
  const range = { fromMonth: addMonths(month, 1 - MONTHS_SHOWN), toMonth: month, limit: MOST_BILLS_SHOWN };
  const around = await customers.bills(customerCode, range);
  const compared = [...before, ...after];
  const others = around.filter((bill) => !compared.some(({ id }) => id === bill.id) && isTellable(bill, around));
  return [...others, ...compared].sort((a, b) => a.from.localeCompare(b.from));
}

function chartOf(bills: readonly Bill[], { before, after }: Compared): Reply {
  const words = (some: readonly Bill[]) => `${monthWords(some[0]?.month ?? '')} (${energy(kwhOf(some))})`;
  const description = `Đang xem ${words(after)}, so với ${words(before)}.`;
  return usageChart({ bills, good: bills, asked: after, compared: before, description });
}

function kwhOf(bills: readonly Bill[]): number {
  return bills.reduce((sum, { kwh }) => sum + kwh, 0);
}

/** The price decisions of the compared bills. */
function pricesBehind(bills: readonly Bill[], group: string, { tariffs }: ActionDeps) {
  const prices = bills.flatMap((bill) => pricesOn(group, bill.to, tariffs) ?? []);
  const rows = new Map(prices.map((row) => [row.decision, row]));
  return [...rows.values()].map((row) => tariffProvenance(group, row.from, row, tariffs.verifiedOn));
}
