import { energy, money } from './figures.ts';

/** One bill in a chart of electricity used. */
export interface ChartMonth {
  /** `10/2026`; `10/2026 kỳ 2` where a month has several bills. */
  readonly label: string;
  /** No bill is on record for it: a gap is shown and not passed over. */
  readonly isMissing?: true;
  /** Absent while the record is being checked: then there is no figure to tell. */
  readonly kwh?: number;
  /** What it came to, in đồng with VAT. */
  readonly amount?: number;
  /** The bill that the talk is about, and the one that it is held against. */
  readonly mark?: ChartMark;
}

export type ChartMark = 'asked' | 'compared';

/** Electricity used bill by bill: figures only. Channels draw it, or write it out with `chartText`. */
export interface Chart {
  readonly title: string;
  /** What is to be seen in it, in a sentence or two. */
  readonly description: string;
  /** Oldest first. */
  readonly months: readonly ChartMonth[];
}

export const MARK_WORDS: Readonly<Record<ChartMark, string>> = { asked: 'kỳ đang xem', compared: 'kỳ so sánh' };

/** `250 kWh, 636.768 đ`, or that it is being checked. */
export function monthFigures({ kwh, amount, isMissing }: ChartMonth): string {
  if (isMissing) {
    return 'chưa có số liệu';
  }
  const figures = [kwh !== undefined && energy(kwh), amount !== undefined && money(amount)].filter(Boolean);
  return figures.length === 0 ? 'đang kiểm tra' : figures.join(', ');
}

/** The chart as a table: a month, and what is known of it in words. */
export function chartRows({ months }: Chart): readonly { readonly label: string; readonly words: string }[] {
  return months.map((month) => {
    const mark = month.mark === undefined ? '' : ` (${MARK_WORDS[month.mark]})`;
    return { label: month.label, words: `${monthFigures(month)}${mark}` };
  });
}

/** What stands under a picture of the chart: the newest bill, and what is to be seen. The months are in the picture. */
export function chartCaption({ title, description, months }: Chart): string {
  const newest = months.at(-1);
  const last = newest === undefined ? [] : [`Gần nhất, tháng ${newest.label}: ${monthFigures(newest)}.`];
  return [title, ...(months.length > 1 ? last : []), description].join('\n');
}

/** The whole chart in words, one line a month. */
export function chartText(chart: Chart): string {
  const rows = chartRows(chart).map(({ label, words }) => `Tháng ${label}: ${words}`);
  return [chart.title, ...rows, chart.description].join('\n');
}
