import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../../src/nlu/hash.ts';
import { addRows, packRows, rowLength, stepOf } from '../../src/nlu/weight-rows.ts';

/** Sums of all rows by class, each times its factor, from the packed bytes. */
function sumsOf(byClass: readonly Float32Array[], factors: Float64Array): number[] {
  const length = rowLength(byClass.length);
  const rows = packRows(byClass, factors.length);
  const starts = Int32Array.from(factors, (_, row) => row * length);
  const sums = byClass.map(() => 0);
  const steps = factors.map((factor, row) => factor * stepOf(rows, starts[row] as number, length));
  addRows(sums, rows, starts, steps, factors.length);
  return sums;
}

describe('rows of weights', () => {
  test.each([2, 5, 33, 34])('come back as they were, but for rounding (%i classes)', (classes) => {
    const random = createRandom(classes);
    const features = 200;
    const byClass = Array.from({ length: classes }, () =>
      Float32Array.from({ length: features }, () => random() * 2 - 1),
    );
    const factors = Float64Array.from({ length: features }, () => random() / features);
    const sums = sumsOf(byClass, factors);
    byClass.forEach((weights, k) => {
      const exact = weights.reduce((sum, weight, row) => sum + weight * (factors[row] as number), 0);
      expect(Math.abs((sums[k] as number) - exact)).toBeLessThan(0.02);
    });
  });

  test('of a very long text do not run into each other', () => {
    const features = 5000;
    const byClass = [1, -1, 1].map((weight) => new Float32Array(features).fill(weight));
    const sums = sumsOf(byClass, new Float64Array(features).fill(1));
    for (const [k, weight] of [1, -1, 1].entries())
      expect(Math.abs((sums[k] as number) - weight * features)).toBeLessThan(0.05 * features);
  });
});
