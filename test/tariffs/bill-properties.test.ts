import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calculateBill } from '../../src/tariffs/calculate-bill.ts';
import { addDays } from '../../src/tariffs/days.ts';
import { loadTariffs } from '../../src/tariffs/load-tariffs.ts';

const tariffs = loadTariffs();
const kwh = fc.nat({ max: 5000 });
const period = fc
  .record({ start: fc.nat({ max: 2700 }), days: fc.integer({ min: 1, max: 62 }) })
  .map(({ start, days }) => {
    const from = addDays('2019-04-01', start);
    return { from, to: addDays(from, days - 1) };
  });

function bill(input: { from: string; to: string; kwh: number; households?: number }) {
  const { kwh: used, ...rest } = input;
  const result = calculateBill({ ...rest, group: 'household', usage: { kwh: used } }, tariffs);
  if (!result.covered) {
    throw new Error(`not covered: ${result.reason} on ${result.day}`);
  }
  return result;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test('One more kWh never makes a bill smaller', () => {
  fc.assert(
    fc.property(period, kwh, (days, used) => {
      expect(bill({ ...days, kwh: used + 1 }).total).toBeGreaterThanOrEqual(bill({ ...days, kwh: used }).total);
    }),
  );
});

test('Lines add up to the amount, parts to the kWh, amount and VAT to the total', () => {
  fc.assert(
    fc.property(period, kwh, fc.integer({ min: 1, max: 12 }), (days, used, quarters) => {
      const result = bill({ ...days, kwh: used, households: quarters / 4 });
      expect(sum(result.lines.map((line) => line.amount))).toBe(result.amount);
      expect(sum(result.lines.map((line) => line.kwh))).toBe(used);
      expect(sum(result.parts.map((part) => part.kwh))).toBe(used);
      expect(sum(result.parts.map((part) => part.amount))).toBe(result.amount);
      expect(result.amount + result.vat).toBe(result.total);
      expect(Number.isInteger(result.total)).toBe(true);
      for (const line of result.lines) {
        expect(line.amount).toBe(line.kwh * line.price);
      }
    }),
  );
});

test('The parts of a period follow each other without a gap', () => {
  fc.assert(
    fc.property(period, kwh, (days, used) => {
      const { parts } = bill({ ...days, kwh: used });
      expect(parts[0]?.from).toBe(days.from);
      expect(parts.at(-1)?.to).toBe(days.to);
      parts.slice(1).forEach((part, index) => {
        expect(part.from).toBe(addDays(parts[index]?.to ?? '', 1));
      });
    }),
  );
});

test('Households that use the same pay the same as alone', () => {
  fc.assert(
    fc.property(kwh, fc.integer({ min: 1, max: 9 }), (used, households) => {
      const october = { from: '2026-10-01', to: '2026-10-31' };
      const alone = bill({ ...october, kwh: used });
      const together = bill({ ...october, kwh: used * households, households });
      expect(together.amount).toBe(alone.amount * households);
    }),
  );
});

test('More households behind a meter never make a bill bigger', () => {
  fc.assert(
    fc.property(period, kwh, fc.integer({ min: 1, max: 20 }), (days, used, quarters) => {
      const fewer = bill({ ...days, kwh: used, households: quarters / 4 });
      const more = bill({ ...days, kwh: used, households: (quarters + 1) / 4 });
      expect(more.amount).toBeLessThanOrEqual(fewer.amount);
    }),
  );
});
