import type { Bill } from '../../bot/records.ts';
import type { ChartMonth } from '../../dialogs/chart.ts';
import type { Reply } from '../../dialogs/reply.ts';
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

/** Electricity and đồng bill by bill, with the bills marked that the talk is about. */
export function usageChart({ bills, good, asked, compared, description }: UsageChart): Reply {
  const first = bills[0];
  return {
    kind: 'chart',
    title: `Điện tiêu thụ ${rangeWords(`${first?.month}/${bills.at(-1)?.month}`, monthWords)}`,
    description: `Mã khách hàng ${first?.customerCode}. ${description}`.trim(),
    months: bills.map((bill): ChartMonth => {
      const mark = asked.includes(bill) ? 'asked' : compared.includes(bill) ? 'compared' : undefined;
      return {
        label: billName(bill).replace('tháng ', ''),
        ...(good.includes(bill) && { kwh: bill.kwh, amount: bill.total }),
        ...(mark !== undefined && { mark }),
      };
    }),
  };
}
