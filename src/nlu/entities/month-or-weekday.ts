import { gapBefore, type Reading, says } from './extractor.ts';

const WEEK_SIGNS = ['sáng', 'chiều', 'tối', 'trưa', 'cúp', 'cắt', 'mất', 'hẹn', 'ngày', 'cn', 'tuần', 'lịch', 'thứ'];
const MONTH_SIGNS = ['hóa', 'tiền', 'hđ', 'bill', 'kỳ', 'đóng', 'tháng', 'nợ', 'xài', 'dùng', 'ký'];
const REACH = 5;

/** Whether "t7" is Saturday rather than July: it stands among words of the week and not of the bill. */
export function meansWeekday(reading: Reading, at: number): boolean {
  const value = Number(reading.tokens[at + 1]?.folded);
  if (!(value >= 2 && value <= 7)) return false;
  if (/^[/-]$/.test(gapBefore(reading, at + 2)) && reading.tokens[at + 2]?.isNumber) return false;
  let week = says(reading, at + 2, 'này', 'tuần', 'cn') ? 2 : 0;
  let month = 0;
  for (let i = Math.max(0, at - REACH); i < Math.min(reading.tokens.length, at + REACH); i++) {
    if (says(reading, i, ...WEEK_SIGNS)) week++;
    if (says(reading, i, ...MONTH_SIGNS)) month++;
  }
  return week > month;
}
