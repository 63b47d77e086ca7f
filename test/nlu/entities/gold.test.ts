import { describe, expect, test } from '@jest/globals';
import { type Measure, measureEntities } from './measure-entities.ts';

/** Least share of the gold entities that is found, and of the found ones that is right; a little below what is measured. */
const FLOORS: readonly (readonly [type: string, recall: number, precision: number])[] = [
  ['customer_code', 0.98, 0.98],
  ['phone', 0.98, 0.95],
  ['billing_period', 0.96, 0.96],
  ['place', 0.97, 0.98],
  ['money', 0.97, 0.97],
  ['kwh', 0.97, 0.97],
  ['date', 0.9, 0.95],
  ['meter_index', 0.97, 0.97],
  ['otp', 0.97, 0.97],
];

/** Messages that somebody wrote who knew nothing of the grammars. */
const FLOORS_OF_STRANGERS: typeof FLOORS = [
  ['customer_code', 0.98, 0.98],
  ['phone', 0.97, 0.97],
  ['billing_period', 0.93, 0.93],
  ['place', 0.95, 0.93],
];

describe.each([
  ['entities.yaml', 'written', FLOORS],
  ['entities.yaml', 'stripped', FLOORS],
  ['entities-of-strangers.yaml', 'written', FLOORS_OF_STRANGERS],
  ['entities-of-strangers.yaml', 'stripped', FLOORS_OF_STRANGERS],
] as const)('entities of %s, %s', (file, view, floors) => {
  const measures = measureEntities(file, view);

  test.each(floors)('of the type %s are found and not made up', (type, recall, precision) => {
    const { gold, lost, found, extra, misses } = measures.get(type) as Measure;
    const enough = { recall: 1 - lost / gold >= recall, precision: 1 - extra / found >= precision };
    expect({ ...enough, misses: enough.recall && enough.precision ? [] : misses }).toEqual({
      recall: true,
      precision: true,
      misses: [],
    });
  });

  test('have no type without a floor', () => {
    expect([...measures.keys()].sort()).toEqual(floors.map(([type]) => type).sort());
  });
});
