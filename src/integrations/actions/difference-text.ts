import type { Bill } from '../../bot/records.ts';
import { energy, figure, money } from '../../dialogs/figures.ts';
import { daysBetween } from '../../tariffs/days.ts';
import type { Difference, DifferencePart } from '../../tariffs/explain-difference.ts';
import { billedUse } from './billed-use.ts';
import { monthWords } from './spoken-figures.ts';

interface ComparedBills {
  readonly before: readonly Bill[];
  readonly after: readonly Bill[];
  /** The month asked about, where it is not billed yet. */
  readonly unbilled: string | undefined;
  readonly difference: Difference;
}

/** What is said of one bill and of the other. */
interface Figures {
  readonly kwh: number;
  readonly days: number;
  /** đ per kWh before VAT. */
  readonly average: number;
  readonly total: number;
  readonly month: string;
  /** The dearest tier reached, where the bill has tiers. */
  readonly tier: string | undefined;
}

/** The difference of two months, part by part, in one short answer. */
export function differenceText({ before, after, unbilled, difference }: ComparedBills): string {
  const [old, now] = [figuresOf(before), figuresOf(after)];
  const hasDays = difference.parts.some(({ part }) => part === 'days');
  const intro = unbilled === undefined ? '' : `Hóa đơn ${monthWords(unbilled)} chưa có, mình xem hóa đơn gần nhất. `;
  const head = `${intro}Hóa đơn ${now.month} là ${money(now.total)}, ${comparison(old, difference.total)}`;
  if (difference.parts.length === 0) {
    return `${head}.`;
  }
  const lines = difference.parts.map(({ part, amount }) => {
    return `• ${labelOf(part, { old, now, hasDays, isMore: amount > 0 })}: ${signed(amount)}`;
  });
  const closing =
    lines.length === 1 ? 'Khoản này đã gồm thuế.' : 'Các khoản này đã gồm thuế và cộng lại đúng bằng phần chênh lệch.';
  return [`${head}, gồm:`, ...lines, closing].join('\n');
}

function figuresOf(bills: readonly Bill[]): Figures {
  const { from, to, usage, amount, vat } = billedUse(bills);
  const kwh = usage.normal + usage.peak + usage.offPeak;
  const tiers = bills
    .flatMap(({ lines }) => lines.map(({ label }) => label))
    .filter((label) => /^Bậc \d+$/.test(label));
  return {
    kwh,
    days: daysBetween(from, to),
    average: kwh === 0 ? 0 : amount / kwh,
    total: amount + vat,
    month: monthWords(bills[0]?.month ?? ''),
    tier: tiers.sort().at(-1)?.toLowerCase(),
  };
}

function comparison(old: Figures, total: number): string {
  if (total === 0) {
    return `bằng ${old.month} (${money(old.total)})`;
  }
  return `${total > 0 ? 'cao hơn' : 'thấp hơn'} ${old.month} (${money(old.total)}) ${money(Math.abs(total))}`;
}

interface LabelContext {
  readonly old: Figures;
  readonly now: Figures;
  readonly hasDays: boolean;
  readonly isMore: boolean;
}

function labelOf(part: DifferencePart, { old, now, hasDays, isMore }: LabelContext): string {
  switch (part) {
    case 'days':
      return now.days === old.days
        ? `Định mức bậc tính theo số ngày của tháng (kỳ ${now.days} ngày)`
        : `Kỳ ghi điện ${now.days > old.days ? 'dài' : 'ngắn'} hơn (${now.days} so với ${old.days} ngày)`;
    case 'usage':
      return hasDays
        ? `Mỗi ngày dùng ${isMore ? 'nhiều' : 'ít'} hơn (${daily(now)} so với ${daily(old)} kWh)`
        : `Điện dùng ${isMore ? 'nhiều' : 'ít'} hơn (${energy(now.kwh)} so với ${energy(old.kwh)})`;
    case 'tiers':
      return tierLabel(old, now, isMore);
    case 'price':
      return 'Đơn giá điện thay đổi';
    case 'vat':
      return 'Thuế GTGT thay đổi';
    case 'average':
      return `Giá bình quân mỗi kWh thay đổi (${perKwh(now)} so với ${perKwh(old)}, chưa thuế)`;
  }
}

function tierLabel(old: Figures, now: Figures, isMore: boolean): string {
  if (now.tier === undefined && old.tier === undefined) {
    return 'Tỷ lệ điện dùng giờ cao điểm, thấp điểm thay đổi';
  }
  const more = `${isMore ? 'Nhiều' : 'Ít'} điện hơn ở bậc giá cao`;
  const isSure = [old, now].every(({ tier, kwh }) => tier !== undefined || kwh === 0);
  if (!isSure) {
    // The lines of one bill are not on record: how far it reached is not known.
    return more;
  }
  const reached =
    now.tier === old.tier ? `đến ${now.tier}` : `${now.tier ?? 'không dùng'}, trước là ${old.tier ?? 'không dùng'}`;
  return `${more} (${reached})`;
}

function daily({ kwh, days }: Figures): string {
  return figure(kwh / days);
}

function perKwh({ average }: Figures): string {
  return money(Math.round(average));
}

function signed(amount: number): string {
  return `${amount > 0 ? '+' : '−'}${money(Math.abs(amount))}`;
}
