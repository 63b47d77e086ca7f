import { describe, expect, test } from '@jest/globals';
import { hideCodes, hideKnownCode } from '../../src/bot/redact.ts';

describe('hiding one-time codes', () => {
  test.each([
    ['493817', '••••••'],
    ['mã là 493 817 nha', 'mã là •••••• nha'],
    ['4-9-3-8-1-7', '••••••'],
    ['gọi 0912 345 678 giúp', 'gọi 0912 345 678 giúp'],
    ['mã PB06 0100 01234', 'mã PB06 0100 01234'],
    ['tiền điện 636.768 đ', 'tiền điện •••••• đ'],
    ['tháng 6 năm 2026', 'tháng 6 năm 2026'],
  ])('%s → %s', (text, kept) => {
    expect(hideCodes({ text }).text).toBe(kept);
  });

  test('keeps nothing of a text that is known to hold a code in words', () => {
    expect(hideKnownCode({ text: 'bốn chín ba tám một bảy' }).text).toBe('••••••');
    expect(hideKnownCode({ text: 'mã 493817 đây' }).text).toBe('mã •••••• đây');
  });
});
