import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldPattern, foldWords, hasWords } from '../../src/dialogs/fold-words.ts';

/** Letters, marks and signs that Vietnamese text may hold, composed or not. */
const latinText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'aăâbcdđeêghioôơquưxyAĂÂĐÊÔƠƯ ', '\u0300', '\u0301', '\u0323', '\u031b', ' ', '\n', '-', '…'),
    fc.integer({ min: 0x20, max: 0x24f }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0x1e00, max: 0x1eff }).map((code) => String.fromCharCode(code)),
  ),
  maxLength: 40,
});

describe('foldWords', () => {
  test('takes marks, capitals and punctuation away, composed or not', () => {
    expect(foldWords('  Điện  LỰC,\nHồ Chí Minh! ')).toBe('dien luc ho chi minh');
    expect(foldWords('Điện lực'.normalize('NFD'))).toBe('dien luc');
    expect(foldWords('…?!')).toBe('');
  });

  test('spells out short ways of writing that mean one word, and no others', () => {
    expect(foldWords('hk có j, ko cần')).toBe('khong co gi khong can');
    expect(foldWords('mã KH ở hẻm 5, công tơ hỏng, 20k')).toBe('ma kh o hem 5 cong to hong 20k');
  });

  test('folds a text the same alone and beside another script, which goes another way', () => {
    fc.assert(
      fc.property(latinText, (text) => {
        expect(`${foldWords(text)} 電`.trim()).toBe(foldWords(`${text} 電`));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('hasWords', () => {
  test('finds words after "^" at the beginning only, calls before them set aside', () => {
    const words = foldPattern('^tôi bị giật');
    expect(hasWords('toi bi giat roi', words)).toBe(true);
    expect(hasWords('troi oi em oi toi bi giat', words)).toBe(true);
    expect(hasWords('con bo toi bi giat', words)).toBe(false);
    expect(hasWords('toi bi giatx', words)).toBe(false);
  });

  test('finds whole words only, wherever they stand', () => {
    expect(hasWords('tien dien thang nay', 'tien dien')).toBe(true);
    expect(hasWords('tien dien thang nay', 'thang nay')).toBe(true);
    expect(hasWords('tien dien thang nay', 'dien thang')).toBe(true);
    expect(hasWords('tien dien thang nay', 'tien')).toBe(true);
    expect(hasWords('tien dien thang nay', 'ien dien')).toBe(false);
    expect(hasWords('tien dien thang nay', 'thang na')).toBe(false);
    expect(hasWords('nayx nay', 'nay')).toBe(true);
    expect(hasWords('tien dien', '')).toBe(false);
  });

  test('finds words with others between them, in their order and none twice', () => {
    expect(hasWords('cho em gap anh thu', 'cho … gap')).toBe(true);
    expect(hasWords('gap em cho anh', 'cho … gap')).toBe(false);
    expect(hasWords('cho cho', 'cho … cho')).toBe(true);
    expect(hasWords('cho', 'cho … cho')).toBe(false);
  });
});
