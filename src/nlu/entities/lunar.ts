import { type Reading, says } from './extractor.ts';

/** "mùng 3 tết", "ngày 15 âm", "mùng 5 tháng giêng": days of the lunar calendar, which is not ours to reckon. */
export function isLunar(reading: Reading, next: number): boolean {
  if (says(reading, next, 'tết', 'âm', 'ta')) return true;
  return says(reading, next, 'tháng') && says(reading, next + 1, 'giêng', 'chạp', 'âm');
}
