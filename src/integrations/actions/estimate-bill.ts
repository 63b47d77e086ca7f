import { energy, money } from '../../dialogs/figures.ts';
import { foldWords } from '../../dialogs/fold-words.ts';
import type { ActionResult, Slots } from '../../dialogs/run-action.ts';
import { readShortAnswer } from '../../nlu/short-answer.ts';
import { affordableKwh } from '../../tariffs/affordable-kwh.ts';
import { type BillCalculation, type BillInput, calculateBill } from '../../tariffs/calculate-bill.ts';
import { daysBetween, daysInMonth, isDay } from '../../tariffs/days.ts';
import { HOUSEHOLD } from '../../tariffs/price-schedule.ts';
import type { Tariffs } from '../../tariffs/tariff.ts';
import { dayOf } from '../local-time.ts';
import { type Action, needSlot } from './action.ts';
import { estimateCard } from './estimate-card.ts';
import { notCovered } from './not-covered.ts';

const MOST_HOUSEHOLDS = 1000;
/** Fewer days are no billing period: who tells what a week takes wants to know the month. */
const SHORTEST_PERIOD_DAYS = 20;

/** What kWh would cost in a full month, or between two readings, or how many kWh a sum would pay; always told as an estimate. */
export const estimateBill: Action = async (slots, { now, utterance = '' }, { tariffs }) => {
  const households = householdsOf(slots['households']);
  if (households === undefined) {
    return { outcome: 'bad_households' };
  }
  const input: Omit<BillInput, 'usage'> = {
    ...periodOf({ ...slots, billing_period: monthAhead(slots['billing_period'], utterance, now) }, now),
    group: slots['tariff_group'] ?? HOUSEHOLD,
    households,
  };
  return slots['kwh_used'] === undefined
    ? affordable(Number(needSlot(slots, 'money_amount')), input, tariffs)
    : estimated(calculateBill({ ...input, usage: { kwh: Number(slots['kwh_used']) } }, tariffs), input, tariffs);
};

/** A month named without its year is one to come when that is nearer: who asks in November for "tháng 12" plans. */
function monthAhead(period: string | undefined, utterance: string, now: number): string {
  const [, year = '', month = ''] = /^(\d{4})-(\d\d)$/.exec(period ?? '') ?? [];
  const [thisYear, thisMonth] = dayOf(now).split('-').map(Number) as [number, number];
  const back = (thisYear - Number(year)) * 12 + thisMonth - Number(month);
  const isNamed = new RegExp(`(?:thang|t) ?0?${Number(month)}(?!\\d)`).test(foldWords(utterance));
  const hasYear =
    /\d{4}|nam (?:ngoai|truoc|roi|qua)|\d\/\d/.test(foldWords(utterance)) || /\d\s*\/\s*\d/.test(utterance);
  return year !== '' && back > 6 && back < 12 && isNamed && !hasYear ? `${Number(year) + 1}-${month}` : (period ?? '');
}

/** The days between two readings, where they are told; otherwise the whole of a month, of this one unless told. */
function periodOf({ billing_period: period = '', date = '' }: Slots, now: number): Pick<BillInput, 'from' | 'to'> {
  const [from = '', to = ''] = date.split('/');
  if (isDay(from) && isDay(to) && daysBetween(from, to) >= SHORTEST_PERIOD_DAYS) {
    return { from, to };
  }
  const [, month = dayOf(now).slice(0, 7)] = /(\d{4}-\d\d)$/.exec(period) ?? [];
  return { from: `${month}-01`, to: `${month}-${daysInMonth(month)}` };
}

/** "3", "3 hộ", "ba"; quarters are tenants. One household unless told. */
function householdsOf(words: string | undefined): number | undefined {
  if (words === undefined) {
    return 1;
  }
  const [digits] = /\d+(\.\d+)?/.exec(words) ?? [];
  const answer = readShortAnswer(words.replace(/\s*(hộ|ho|nhà|nha)\s*$/i, ''));
  const count = digits === undefined && answer?.kind === 'number' ? answer.value : Number(digits);
  return count > 0 && count <= MOST_HOUSEHOLDS && Number.isInteger(count * 4) ? count : undefined;
}

function estimated(bill: BillCalculation, input: Omit<BillInput, 'usage'>, tariffs: Tariffs): ActionResult {
  if (!bill.covered) {
    return notEstimated(bill, input.from, tariffs);
  }
  const { card, provenance } = estimateCard(bill, input, tariffs);
  return {
    outcome: 'estimated',
    slots: { estimated_kwh: energy(bill.kwh), estimated_total: money(bill.total) },
    replies: [card],
    provenance,
  };
}

function affordable(sum: number, input: Omit<BillInput, 'usage'>, tariffs: Tariffs): ActionResult {
  const kwh = affordableKwh(sum, input, tariffs);
  const result = estimated(calculateBill({ ...input, usage: { kwh: kwh ?? 0 } }, tariffs), input, tariffs);
  const text = `Với ${money(sum)} (đã gồm thuế), ước tính dùng được khoảng ${energy(kwh ?? 0)}. Cách tính như sau:`;
  return result.outcome === 'estimated'
    ? { ...result, replies: [{ kind: 'text', text }, ...(result.replies ?? [])] }
    : result;
}

function notEstimated(
  bill: BillCalculation & { readonly covered: false },
  from: string,
  tariffs: Tariffs,
): ActionResult {
  switch (bill.reason) {
    case 'no_vat':
      return notCovered('vat', bill.day ?? from, tariffs);
    case 'no_price':
    case 'unknown_group':
    case 'read_on_change_day':
      return notCovered('price', bill.day ?? from, tariffs);
    default:
      return { outcome: 'bad_usage' };
  }
}
