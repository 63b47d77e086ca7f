import { expect, test } from '@jest/globals';
import { isLegible } from '../../src/nlu/legible.ts';
import { buildLexicon, createWordModel } from '../../src/nlu/lexicon.ts';
import { prepare } from '../../src/nlu/normalize.ts';
import { tokenize } from '../../src/nlu/tokenize.ts';

const SENTENCES = ['giat hy toi', 'hy giat toi', 'o cam no lua', 'no o cam lua'].map((sentence) => sentence.split(' '));
const model = createWordModel(buildLexicon(SENTENCES));

const reads = (written: string, repaired: string): boolean => {
  const text = prepare(written);
  return isLegible({ text, tokens: tokenize(text), context: { now: 0 } }, repaired.split(' '), model);
};

test.each([
  ['ổ cắm nổ lửa', 'ổ cắm nổ lửa'],
  ['O CAM, no!!! lua', 'o cam no lua'],
  ['ổ cắm số 3 nổ', 'ổ cắm số 3 nổ'],
])('"%s" is legible', (written, repaired) => {
  expect(reads(written, repaired)).toBe(true);
});

test.each([
  ['one known word', 'giat, giat', 'giat giat'],
  ['known words among twice as many others', 'nổ qrst lửa wxyz prtk', 'nổ qrst lửa wxyz prtk'],
  ['known words between other signs', '\\agAt*)hy[_!TTIq', 'giat hy toi'],
  ['numbers', '12 34', '12 34'],
  ['nothing', '', ''],
])('%s is not legible', (_, written, repaired) => {
  expect(reads(written, repaired)).toBe(false);
});
