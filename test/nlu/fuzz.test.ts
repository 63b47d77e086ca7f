import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadIntents } from '../../src/nlu/load-intents.ts';
import { loadLists } from '../../src/nlu/load-model.ts';
import { trainModel } from '../../src/nlu/train-model.ts';
import { createUnderstand } from '../../src/nlu/understand.ts';

const SMALL_SET = join(import.meta.dirname, '..', 'fixtures', 'nlu', 'small-set');
const understand = createUnderstand(trainModel(loadIntents(SMALL_SET), { seed: 1, lists: loadLists() }));
const RUNS = 3_000;

/** Code units of any kind: halves of surrogate pairs, nulls, signs that turn the direction of writing, emoji. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((codes) => String.fromCharCode(...codes)),
  fc.string({
    unit: fc.constantFrom(
      '\u0000',
      '\u202e',
      '\ud83d',
      '\udd25',
      '😀',
      'ậ',
      'a\u0323\u0302',
      '9',
      ' ',
      'P',
      'B',
      '\u200b',
    ),
    maxLength: 200,
  }),
);

test('takes any text without throwing and sees no emergency in it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const found = understand(text, { now: 0 });
      expect(found.emergency).toBe(false);
      expect(found.confidence).toBeGreaterThanOrEqual(0);
      expect(found.confidence).toBeLessThanOrEqual(1.000001);
      for (const { start, end, text: span } of found.entities) expect(found.utterance.slice(start, end)).toBe(span);
    }),
    { numRuns: RUNS, seed: 26 },
  );
});

test.each([
  ['one letter 100,000 times', 'a'.repeat(100_000)],
  ['one word 20,000 times', 'điện '.repeat(20_000)],
  ['digits', '0123456789'.repeat(10_000)],
  ['commas', 'a,'.repeat(50_000)],
  ['marks without a letter', '\u0301'.repeat(100_000)],
])('takes %s', (_, text) => {
  expect(understand(text, { now: 0 }).emergency).toBe(false);
});

test('takes no noise for danger in which some runs of letters can be read as words of danger', () => {
  expect(understand('\\agAt*)hy[_!TTIq', { now: 0 }).emergency).toBe(false);
});
