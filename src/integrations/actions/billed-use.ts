import type { Bill } from '../../bot/records.ts';
import type { BilledUse } from '../../tariffs/explain-difference.ts';
import type { RegisterKwh } from '../../tariffs/price-lines.ts';
import { hasWholeLines } from './check-bill.ts';

/** The bills of one month as one: large customers get several. */
export function billedUse(bills: readonly Bill[]): BilledUse {
  const usage = bills.map(registersOf);
  return {
    from: bills.map(({ from }) => from).sort()[0] ?? '',
    to:
      bills
        .map(({ to }) => to)
        .sort()
        .at(-1) ?? '',
    usage: {
      normal: sum(usage.map(({ normal }) => normal)),
      peak: sum(usage.map(({ peak }) => peak)),
      offPeak: sum(usage.map(({ offPeak }) => offPeak)),
    },
    amount: sum(bills.map(({ amount }) => amount)),
    vat: sum(bills.map(({ vat }) => vat)),
    vatRate: bills[0]?.vatRate ?? 0,
  };
}

/** kWh by hours, as far as the lines of the bill tell them. */
function registersOf(bill: Bill): RegisterKwh {
  const lines = hasWholeLines(bill) ? bill.lines : [];
  const at = (label: string) => sum(lines.filter((line) => line.label === label).map(({ kwh }) => kwh));
  const [peak, offPeak] = [at('Giờ cao điểm'), at('Giờ thấp điểm')];
  return { normal: bill.kwh - peak - offPeak, peak, offPeak };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
