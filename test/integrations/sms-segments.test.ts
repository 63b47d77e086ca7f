import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitSms, measure, withoutMarks } from '../../src/integrations/sms/segments.ts';

describe('the number of segments of an SMS', () => {
  test.each([
    ['160 plain characters', 'a'.repeat(160), 'gsm7', 1],
    ['161 plain characters', 'a'.repeat(161), 'gsm7', 2],
    ['306 plain characters', 'a'.repeat(306), 'gsm7', 2],
    ['307 plain characters', 'a'.repeat(307), 'gsm7', 3],
    ['80 characters that count double', '€'.repeat(80), 'gsm7', 1],
    ['81 characters that count double', '€'.repeat(81), 'gsm7', 2],
    ['an escaped character that would be torn', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm7', 3],
    ['70 characters with marks', 'ệ'.repeat(70), 'ucs2', 1],
    ['71 characters with marks', 'ệ'.repeat(71), 'ucs2', 2],
    ['135 characters with marks', 'ệ'.repeat(135), 'ucs2', 3],
    ['the Vietnamese letters that GSM-7 has', 'àèéìòùÉ', 'gsm7', 1],
    ['the cedilla that GSM-7 has only as a capital', 'Çç', 'ucs2', 1],
    ['nothing', '', 'gsm7', 1],
  ])('%s', (_, text, encoding, segments) => {
    expect(measure(text)).toEqual({ encoding, segments });
  });
});

describe('a text for SMS', () => {
  test('loses its marks and the signs that gateways refuse', () => {
    expect(withoutMarks('Điện lực “Cần Đước” & xã Tân Lân… #1 → 2 × 3 😀')).toBe(
      'Dien luc "Can Duoc" va xa Tan Lan... 1 -> 2 x 3 ',
    );
    expect(withoutMarks('Điện lực'.normalize('NFD'))).toBe('Dien luc');
  });

  test('keeps its marks when told to', () => {
    expect(fitSms('Điện lực', { maxSegments: 1, keepsMarks: true })).toEqual({
      text: 'Điện lực',
      encoding: 'ucs2',
      segments: 1,
    });
  });

  test('is cut at a word, and the ending stays', () => {
    const fitted = fitSms('Mất điện '.repeat(60), { maxSegments: 2, ending: 'Từ chối: soạn TC' });
    expect(fitted.segments).toBe(2);
    expect(fitted.text).toMatch(/(Mat dien |Mat dien)+\.\.\.\nTu choi: soan TC$/);
  });

  test('never takes more segments than allowed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', 'ệ', '€', '😀', '\n', '^'), maxLength: 900 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        (text, maxSegments, keepsMarks) => {
          const fitted = fitSms(text, { maxSegments, keepsMarks, ending: 'Tu choi: soan TC' });
          expect(fitted.segments).toBeLessThanOrEqual(maxSegments);
          expect(fitted.text.endsWith('Tu choi: soan TC')).toBe(true);
        },
      ),
    );
  });
});
