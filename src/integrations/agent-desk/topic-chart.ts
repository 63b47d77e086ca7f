import type { HourChart } from '../charts/draw-hours.ts';
import { topicWords } from './desk-words.ts';
import type { HourCount } from './shift-records.ts';
import { hourOf } from './shift-records.ts';

const MOST_TOPICS = 6;
const HOUR_MS = 3_600_000;
const HOUR_OF_DAY = new Intl.DateTimeFormat('vi-VN', {
  hour: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Asia/Ho_Chi_Minh',
});

/** What customers asked for by hour: the most frequent topics by name, the others together. */
export function topicChart(
  counts: readonly HourCount[],
  window: { readonly from: number; readonly to: number },
): HourChart {
  const topics = counts.filter(({ kind }) => kind === 'topic');
  const totals = new Map<string, number>();
  for (const { name, times } of topics) {
    totals.set(name, (totals.get(name) ?? 0) + times);
  }
  const byTimes = [...totals].sort((a, b) => b[1] - a[1]);
  const named = byTimes.slice(0, MOST_TOPICS).map(([name]) => name);
  const hours: number[] = [];
  for (let hour = hourOf(window.from); hour < window.to; hour += HOUR_MS) {
    hours.push(hour);
  }
  const countOf = (hour: number, isMeant: (name: string) => boolean) =>
    topics.filter((row) => row.hour === hour && isMeant(row.name)).reduce((sum, row) => sum + row.times, 0);
  const series = named.map((topic) => ({
    name: topicWords(topic),
    counts: hours.map((hour) => countOf(hour, (name) => name === topic)),
  }));
  const others = hours.map((hour) => countOf(hour, (name) => !named.includes(name)));
  return {
    title: 'Chủ đề theo giờ',
    description: byTimes.map(([name, times]) => `${topicWords(name)}: ${times}`).join('; ') || 'Chưa có câu hỏi nào.',
    hours: hours.map((hour) => `${Number.parseInt(HOUR_OF_DAY.format(hour), 10)}h`),
    series: [...series, ...(byTimes.length > MOST_TOPICS ? [{ name: 'Chủ đề khác', counts: others }] : [])],
  };
}
