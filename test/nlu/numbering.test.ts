import { expect, test } from '@jest/globals';
import { createRandom } from '../../src/nlu/hash.ts';
import { createNumbering, UNKNOWN } from '../../src/nlu/numbering.ts';

test('numbers hashes in the order in which they come, and finds them again when the table has grown', () => {
  const random = createRandom(3);
  const hashes = [...new Set(Array.from({ length: 150_000 }, () => (random() * 2 ** 32) | 0))];
  const numbering = createNumbering();
  expect(hashes.every((hash, number) => numbering.numberOf(hash) === number)).toBe(true);
  expect(hashes.every((hash, number) => numbering.find(hash) === number && numbering.hashOf(number) === hash)).toBe(
    true,
  );
  expect(hashes.every((hash, number) => numbering.numberOf(hash) === number)).toBe(true);
});

test('does not know what never came, nor keeps what was only looked for', () => {
  const numbering = createNumbering();
  expect([numbering.find(0), numbering.find(-7)]).toEqual([UNKNOWN, UNKNOWN]);
  expect([numbering.numberOf(-7), numbering.numberOf(0), numbering.find(0)]).toEqual([0, 1, 1]);
});
