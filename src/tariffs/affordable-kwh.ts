import { type BillInput, calculateBill } from './calculate-bill.ts';
import type { Tariffs } from './tariff.ts';

const MOST_KWH = 10_000_000;

/** The most kWh whose bill, VAT included, does not exceed `amount` đ; `undefined` where the tables cover no bill. */
export function affordableKwh(amount: number, input: Omit<BillInput, 'usage'>, tariffs: Tariffs): number | undefined {
  let low = 0;
  let high = MOST_KWH;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const bill = calculateBill({ ...input, usage: { kwh: middle } }, tariffs);
    if (!bill.covered) {
      return undefined;
    }
    if (bill.total <= amount) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
