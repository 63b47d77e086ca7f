import type { Bill } from '../../bot/records.ts';
import { energy, figure } from '../../dialogs/figures.ts';
import { dayOf } from '../local-time.ts';
import { type Action, needSlot } from './action.ts';
import { billProvenance } from './bill-card.ts';
import { isTellable } from './check-bill.ts';
import { dayWords } from './spoken-figures.ts';

/** A year of monthly bills shows what is usual in every season. */
const BILLS_READ = 12;
/** Above this many times the usual, plus a few days' leeway, somebody should look again. */
const MOST_TIMES_USUAL = 3;
const LEEWAY_KWH = 50;
const LEAST_DIGITS = 5;
/** A meter that rolls over stood in its last tenth and now stands in its first. */
const ROLL_OVER_SHARE = 0.1;
const DAY_MS = 86_400_000;

/** Whether a reading that the customer reports fits the last bills; nothing is taken over without asking. */
export const checkReading: Action = async (slots, { now }, { customers }) => {
  const bills = await customers.bills(needSlot(slots, 'customer_code'), { limit: BILLS_READ });
  const good = bills.filter((bill) => isTellable(bill, bills));
  const last = good.reduce<Bill | undefined>((best, bill) => (best && best.to >= bill.to ? best : bill), undefined);
  if (last === undefined) {
    return { outcome: 'no_history' };
  }
  const reading = Number(needSlot(slots, 'meter_reading'));
  const { steps, isRollOver } = stepsBetween(last.readingNew, reading);
  const kwh = steps * last.multiplier;
  const usual = usualPerDay(good) * Math.max(daysBetween(last.to, dayOf(now)), 1);
  const isUnusual = kwh < 0 || kwh > usual * MOST_TIMES_USUAL + LEEWAY_KWH;
  const before = `Lần chốt gần nhất (${dayWords(last.to)}) là ${figure(last.readingNew)}`;
  const use = kwh < 0 ? 'cao hơn số anh/chị báo' : `từ đó đến nay là ${energy(kwh)}`;
  const over = isRollOver ? ', tính cả việc công tơ quay hết vòng' : '';
  const times = last.multiplier === 1 || kwh < 0 ? '' : `, hệ số nhân ${figure(last.multiplier)}`;
  return {
    outcome: isUnusual ? 'unusual' : 'plausible',
    slots: { reading_text: `${before}, ${use}${over}${times}.` },
    provenance: [billProvenance(last)],
  };
};

function stepsBetween(from: number, to: number): { readonly steps: number; readonly isRollOver: boolean } {
  const full = 10 ** Math.max(LEAST_DIGITS, String(from).length);
  const isRollOver = from >= full * (1 - ROLL_OVER_SHARE) && to < full * ROLL_OVER_SHARE;
  return { steps: isRollOver ? full - from + to : to - from, isRollOver };
}

function usualPerDay(bills: readonly Bill[]): number {
  const days = bills.reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0);
  return bills.reduce((sum, { kwh }) => sum + kwh, 0) / days;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
