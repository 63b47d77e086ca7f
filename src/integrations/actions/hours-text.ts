import type { HourRange, PeakHours } from '../../tariffs/tariff.ts';
import { dayWords } from './spoken-figures.ts';

const DAYS = ['', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'];
const WHOLE_WEEK = 7;

/** The peak hours that bills use, and those that wait; `undefined` where none is in force. */
export function hoursText(rows: readonly PeakHours[]): string | undefined {
  const now = rows.findLast((row) => row.state === 'in_force');
  if (now === undefined) {
    return undefined;
  }
  const since = now.from === undefined ? '' : `, áp dụng từ ${dayWords(now.from)}`;
  const waiting = rows.filter((row) => row.state === 'decided').map(waitingText);
  return [
    `Giờ tính giá hiện hành (cho khách hàng sản xuất, kinh doanh dùng công tơ ba giá${since}):`,
    `• Cao điểm: ${rangesWords(now.peak)}`,
    `• Thấp điểm: ${rangesWords(now.offPeak)}`,
    '• Bình thường: các giờ còn lại',
    ...waiting,
    'Điện sinh hoạt gia đình không tính giá theo giờ.',
  ].join('\n');
}

function waitingText({ decision, decidedOn, peak, offPeak }: PeakHours): string {
  const on = decidedOn === undefined ? '' : ` ngày ${dayWords(decidedOn)}`;
  return `Khung giờ mới của Quyết định ${decision}${on} (cao điểm ${rangesWords(peak)}; thấp điểm ${rangesWords(offPeak)}) chưa dùng để tính tiền.`;
}

function rangesWords(ranges: readonly HourRange[]): string {
  const byDays = new Map<string, string[]>();
  for (const { days, from, to } of ranges) {
    const words = daysWords(days);
    byDays.set(words, [...(byDays.get(words) ?? []), `${from}–${to}`]);
  }
  return [...byDays].map(([days, hours]) => `${hours.join(' và ')} ${days}`).join(', ');
}

function daysWords(days: readonly number[]): string {
  if (days.length === WHOLE_WEEK) {
    return 'hằng ngày';
  }
  const [first = 0, last = first] = [days[0], days.at(-1)];
  const isRow = days.length > 2 && days.every((day, index) => day === first + index);
  return isRow ? `${DAYS[first]} đến ${DAYS[last]}` : days.map((day) => DAYS[day]).join(', ');
}
