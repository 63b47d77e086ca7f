import { describe, expect, test } from '@jest/globals';
import { type Measure, measureEntities } from './measure-entities.ts';

/** Least share of the gold entities that is found, and of the found ones that is right; a little below what is measured. */
const FLOORS: readonly (readonly [type: string, recall: number, precision: number])[] = [
  ['customer_code', 0.98, 0.98],
  ['phone', 0.98, 0.95],
  ['billing_period', 0.9, 0.9],
  ['place', 0.94, 0.97],
  ['money', 0.97, 0.97],
  ['kwh', 0.97, 0.97],
  ['date', 0.9, 0.95],
  ['meter_index', 0.7, 0.97],
  ['otp', 0.97, 0.97],
];

describe.each(['written', 'stripped'] as const)('entities of the gold utterances, %s', (view) => {
  const measures = measureEntities(view);

  test.each(FLOORS)('of the type %s are found and not made up', (type, recall, precision) => {
    const { gold, lost, found, extra, misses } = measures.get(type) as Measure;
    const enough = { recall: 1 - lost / gold >= recall, precision: 1 - extra / found >= precision };
    expect({ ...enough, misses: enough.recall && enough.precision ? [] : misses }).toEqual({
      recall: true,
      precision: true,
      misses: [],
    });
  });

  test('have no type without a floor', () => {
    expect([...measures.keys()].sort()).toEqual(FLOORS.map(([type]) => type).sort());
  });
});
