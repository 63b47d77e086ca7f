import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calculateBill } from '../../src/tariffs/calculate-bill.ts';
import { addDays } from '../../src/tariffs/days.ts';
import { type BilledUse, type DifferencePart, explainDifference } from '../../src/tariffs/explain-difference.ts';
import { loadTariffs } from '../../src/tariffs/load-tariffs.ts';
import type { RegisterKwh } from '../../src/tariffs/price-lines.ts';

const tariffs = loadTariffs();
const HOME = { group: 'household', households: 1 };

/** The bill that the tables give. */
function billed(from: string, to: string, use: number | RegisterKwh, customer = HOME): BilledUse {
  const usage = typeof use === 'number' ? { normal: use, peak: 0, offPeak: 0 } : use;
  const bill = calculateBill({ from, to, ...customer, usage }, tariffs);
  if (!bill.covered) {
    throw new Error(`not covered: ${bill.reason}`);
  }
  return { from, to, usage, amount: bill.amount, vat: bill.vat, vatRate: bill.vatByRate[0]?.rate ?? 0 };
}

function partsOf(before: BilledUse, after: BilledUse, customer = HOME): Partial<Record<DifferencePart, number>> {
  const { parts } = explainDifference(before, after, customer, tariffs);
  return Object.fromEntries(parts.map(({ part, amount }) => [part, amount]));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const period = fc
  .record({ start: fc.nat({ max: 2500 }), days: fc.integer({ min: 1, max: 62 }) })
  .map(({ start, days }) => {
    const from = addDays('2019-04-01', start);
    return { from, to: addDays(from, days - 1) };
  });
const kwh = fc.nat({ max: 3000 });

describe('the parts of a difference', () => {
  test('add up to it in whole đồng, whatever two bills the tables give', () => {
    fc.assert(
      fc.property(period, kwh, period, kwh, fc.integer({ min: 1, max: 8 }), (one, used, other, usedLater, quarters) => {
        const customer = { group: 'household', households: quarters / 4 };
        const before = billed(one.from, one.to, used, customer);
        const after = billed(other.from, other.to, usedLater, customer);
        const { total, parts } = explainDifference(before, after, customer, tariffs);
        expect(total).toBe(after.amount + after.vat - before.amount - before.vat);
        expect(sum(parts.map(({ amount }) => amount))).toBe(total);
        expect(parts.every(({ amount }) => Number.isInteger(amount) && amount !== 0)).toBe(true);
        expect(parts.some(({ part }) => part === 'average')).toBe(false);
      }),
    );
  });

  test('add up to it for bills that no table gives, and then name no tier and no price', () => {
    const money = fc.nat({ max: 5_000_000 });
    fc.assert(
      fc.property(kwh, money, money, kwh, money, money, (used, amount, vat, usedLater, later, laterVat) => {
        const days = { from: '2026-09-01', to: '2026-09-30' };
        const before = { ...days, usage: { normal: used, peak: 0, offPeak: 0 }, amount, vat, vatRate: 8 };
        const after = {
          ...days,
          usage: { normal: usedLater, peak: 0, offPeak: 0 },
          amount: later,
          vat: laterVat,
          vatRate: 8,
        };
        const { total, parts } = explainDifference(before, after, undefined, tariffs);
        expect(sum(parts.map((each) => each.amount))).toBe(total);
        expect(total).toBe(later + laterVat - amount - vat);
        expect(parts.every(({ part }) => ['usage', 'average', 'vat'].includes(part))).toBe(true);
      }),
    );
  });

  test('are opposite in sum when the bills change places', () => {
    fc.assert(
      fc.property(kwh, kwh, (used, usedLater) => {
        const september = billed('2026-09-01', '2026-09-30', used);
        const october = billed('2026-10-01', '2026-10-31', usedLater);
        const there = explainDifference(september, october, HOME, tariffs).total;
        expect(explainDifference(october, september, HOME, tariffs).total + there).toBe(0);
      }),
    );
  });
});

describe('the difference of two bills', () => {
  test('of the same days is usage at the old average price, and the dearer tiers', () => {
    // 200 kWh: 439,700 đ before VAT, 2,198.50 đ a kWh. 250 kWh: 589,600 đ.
    // Usage 50 × 2,198.50 = 109,925; tiers 149,900 − 109,925 = 39,975; each with 8 % VAT.
    const parts = partsOf(billed('2026-07-01', '2026-07-31', 200), billed('2026-08-01', '2026-08-31', 250));
    expect(parts).toEqual({ usage: 118_719, tiers: 43_173 });
    expect(118_719 + 43_173).toBe(636_768 - 474_876);
  });

  test('is days alone when each day used as much, apart from tiers that grow with the period', () => {
    // 300 kWh in 30 days; 310 kWh in 31 days of a month of 31: the ten more kWh are in tier 5 (3,350 đ).
    const parts = partsOf(billed('2026-06-01', '2026-06-30', 300), billed('2026-07-01', '2026-07-31', 310));
    expect(parts).toEqual({ days: Math.round(10 * 3350 * 1.08) });
  });

  test('is the price alone when only the decision changed', () => {
    const parts = partsOf(billed('2025-03-01', '2025-03-31', 200), billed('2025-07-01', '2025-07-31', 200));
    // Decision 1279 against 2699: 20,150 đ more for 200 kWh, as published; 8 % VAT.
    expect(parts).toEqual({ price: Math.round(20_150 * 1.08) });
  });

  test('is the VAT alone when only its rate changed', () => {
    const before = billed('2023-05-05', '2023-06-03', 100);
    // Both periods have 30 days of a month of 31; 10 % until 30 June 2023, 8 % since.
    expect(partsOf(before, billed('2023-07-05', '2023-08-03', 100))).toEqual({
      vat: Math.round(before.amount * 0.08) - Math.round(before.amount * 0.1),
    });
  });

  test('names no VAT that only rounding has changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 3000 }), (used, usedLater) => {
        const before = billed('2026-09-01', '2026-09-30', used);
        expect(partsOf(before, billed('2026-10-01', '2026-10-31', usedLater)).vat).toBeUndefined();
      }),
    );
  });

  test('names no tier for a business, whose kWh all cost the same', () => {
    const shop = { group: 'business_low', households: 1 };
    const before = billed('2026-07-01', '2026-07-31', 500, shop);
    expect(partsOf(before, billed('2026-08-01', '2026-08-31', 600, shop), shop)).toEqual({
      usage: Math.round(100 * 3152 * 1.08),
    });
  });

  test('counts dearer hours where a meter has three prices', () => {
    const factory = { group: 'production_low', households: 1 };
    const before = billed('2026-07-01', '2026-07-31', { normal: 400, peak: 100, offPeak: 100 }, factory);
    const after = billed('2026-08-01', '2026-08-31', { normal: 300, peak: 200, offPeak: 100 }, factory);
    expect(partsOf(before, after, factory)).toEqual({ tiers: Math.round(100 * (3640 - 1987) * 1.08) });
  });

  test('is usage alone after a month without any', () => {
    const parts = partsOf(billed('2026-07-01', '2026-07-31', 0), billed('2026-08-01', '2026-08-31', 250));
    expect(parts).toEqual({ usage: 636_768 });
  });

  test('falls back on the average price where the bill is not what the tables give', () => {
    const before = billed('2026-07-01', '2026-07-31', 200);
    const odd = { ...billed('2026-08-01', '2026-08-31', 250), amount: 600_000, vat: 48_000 };
    const parts = partsOf(before, odd);
    expect(Object.keys(parts)).toEqual(['usage', 'average']);
    expect(sum(Object.values(parts))).toBe(648_000 - 474_876);
  });

  test('has no part when both are the same', () => {
    const bill = billed('2026-07-01', '2026-07-31', 200);
    expect(explainDifference(bill, bill, HOME, tariffs)).toEqual({ total: 0, parts: [] });
  });
});
