import type { Bill } from '../../bot/records.ts';
import type { ChartMonth } from '../../dialogs/chart.ts';
import type { Reply } from '../../dialogs/reply.ts';
import { addMonths } from '../../tariffs/days.ts';
import { billName } from './bill-card.ts';
import { monthWords, rangeWords } from './spoken-figures.ts';

interface UsageChart {
  /** Oldest first, at least one. */
  readonly bills: readonly Bill[];
  /** Those whose figures may be told. */
  readonly good: readonly Bill[];
  readonly asked: readonly Bill[];
  readonly compared: readonly Bill[];
  readonly description: string;
}

/** A row a bill, and a row for each month between them that has none. */
function withGaps(bills: readonly Bill[], rowOf: (bill: Bill) => ChartMonth): readonly ChartMonth[] {
  return bills.flatMap((bill, index) => {
    const rows: ChartMonth[] = [];
    const before = bills[index - 1];
    for (
      let month = before && addMonths(before.month, 1);
      month !== undefined && month < bill.month;
      month = addMonths(month, 1)
    ) {
      rows.push({ label: labelOf(monthWords(month)), isMissing: true });
    }
    return [...rows, rowOf(bill)];
  });
}

function labelOf(name: string): string {
  return name.replace('tháng ', '');
}

/** Electricity and đồng bill by bill, with the bills marked that the talk is about. */
export function usageChart({ bills, good, asked, compared, description }: UsageChart): Reply {
  const first = bills[0];
  return {
    kind: 'chart',
    title: `Điện tiêu thụ ${rangeWords(`${first?.month}/${bills.at(-1)?.month}`, monthWords)}`,
    description: `Mã khách hàng ${first?.customerCode}. ${description}`.trim(),
    months: withGaps(bills, (bill): ChartMonth => {
      const mark = asked.includes(bill) ? 'asked' : compared.includes(bill) ? 'compared' : undefined;
      return {
        label: labelOf(billName(bill)),
        ...(good.includes(bill) && { kwh: bill.kwh, amount: bill.total }),
        ...(mark !== undefined && { mark }),
      };
    }),
  };
}
