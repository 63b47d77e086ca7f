import { describe, expect, test } from '@jest/globals';
import { affordableKwh } from '../../src/tariffs/affordable-kwh.ts';
import { type BillInput, calculateBill } from '../../src/tariffs/calculate-bill.ts';
import { withDecidedTiers } from '../../src/tariffs/decided-tiers.ts';
import { loadTariffs } from '../../src/tariffs/load-tariffs.ts';

const tariffs = loadTariffs();
const OCTOBER = { from: '2026-10-01', to: '2026-10-31', group: 'household' };

function bill(input: Omit<BillInput, 'usage' | 'group'> & { kwh: number; group?: string }, table = tariffs) {
  const { kwh, ...rest } = input;
  const result = calculateBill({ group: 'household', ...rest, usage: { kwh } }, table);
  if (!result.covered) {
    throw new Error(`not covered: ${result.reason}`);
  }
  return result;
}

describe('A household in a full month at the prices of 10 May 2025', () => {
  test.each([
    [30, 59_520, 4_762, 64_282],
    [50, 99_200, 7_936, 107_136],
    [75, 150_450, 12_036, 162_486],
    [100, 201_700, 16_136, 217_836],
    [120, 249_300, 19_944, 269_244],
    [150, 320_700, 25_656, 346_356],
    [200, 439_700, 35_176, 474_876],
    [250, 589_600, 47_168, 636_768],
    [300, 739_500, 59_160, 798_660],
    [350, 907_000, 72_560, 979_560],
    [400, 1_074_500, 85_960, 1_160_460],
    [500, 1_420_500, 113_640, 1_534_140],
    [700, 2_112_500, 169_000, 2_281_500],
    [1000, 3_150_500, 252_040, 3_402_540],
  ])('pays for %i kWh %i đ before VAT, %i đ VAT, %i đ in all', (kwh, amount, vat, total) => {
    expect(bill({ ...OCTOBER, kwh })).toMatchObject({ kwh, amount, vat, total });
  });

  test('sees the four tiers of 250 kWh with their decision and source', () => {
    const result = bill({ ...OCTOBER, kwh: 250 });
    expect(result.lines).toEqual([
      { label: 'Bậc 1', kwh: 50, price: 1984, amount: 99_200 },
      { label: 'Bậc 2', kwh: 50, price: 2050, amount: 102_500 },
      { label: 'Bậc 3', kwh: 100, price: 2380, amount: 238_000 },
      { label: 'Bậc 4', kwh: 50, price: 2998, amount: 149_900 },
    ]);
    expect(result.parts[0]).toMatchObject({
      basis: { decision: '1279/QĐ-BCT', from: '2025-05-10' },
      vat: { rate: 8, basis: expect.stringContaining('204/2025/QH15') },
    });
  });

  test('gets 355 kWh for a million đồng', () => {
    expect(affordableKwh(1_000_000, OCTOBER, tariffs)).toBe(355);
    expect(bill({ ...OCTOBER, kwh: 355 }).total).toBe(997_650);
    expect(bill({ ...OCTOBER, kwh: 356 }).total).toBe(1_001_268);
  });
});

test('An empty house pays nothing and sees no lines', () => {
  expect(bill({ ...OCTOBER, kwh: 0 })).toMatchObject({ lines: [], amount: 0, total: 0 });
});

test.each([
  [50, 4_550],
  [100, 9_250],
  [200, 20_150],
  [300, 33_950],
  [400, 49_250],
  [500, 65_050],
])('The increase of May 2025 for %i kWh is the published %i đ', (kwh, increase) => {
  const before = bill({ from: '2025-04-01', to: '2025-04-30', kwh });
  const after = bill({ from: '2025-06-01', to: '2025-06-30', kwh });
  expect(after.amount - before.amount).toBe(increase);
});

test('VAT of 10 % is used where it held', () => {
  const table = { ...tariffs, vat: [{ rate: 10, from: '2026-01-01', to: '2027-12-31', basis: 'x', source: 'x' }] };
  expect(bill({ ...OCTOBER, kwh: 250 }, table).total).toBe(648_560);
  expect(bill({ ...OCTOBER, kwh: 120 }, table).total).toBe(274_230);
  expect(bill({ from: '2023-06-01', to: '2023-06-30', kwh: 50 }).vatByRate).toEqual([
    { rate: 10, base: 86_400, vat: 8_640 },
  ]);
});

test('A price change inside a period splits kWh and tiers by days', () => {
  const result = bill({ from: '2025-05-01', to: '2025-05-31', kwh: 310 });
  expect(result.parts.map(({ days, kwh, amount }) => ({ days, kwh, amount }))).toEqual([
    { days: 9, kwh: 90, amount: 212_928 },
    { days: 22, kwh: 220, amount: 549_828 },
  ]);
  expect(result.parts.map((part) => part.lines.map((line) => line.kwh))).toEqual([
    [15, 15, 29, 29, 2],
    [35, 35, 71, 71, 8],
  ]);
  expect(result).toMatchObject({ amount: 762_756, vat: 61_020, total: 823_776 });
});

test('A period made longer by a new reading day gets wider tiers', () => {
  const result = bill({ from: '2026-07-16', to: '2026-08-31', kwh: 470 });
  expect(result.lines.map((line) => line.kwh)).toEqual([76, 76, 152, 152, 14]);
  expect(result).toMatchObject({ amount: 1_170_940, vat: 93_675, total: 1_264_615 });
  expect(bill({ ...OCTOBER, kwh: 470 }).total).toBe(1_422_036);
});

test('A short period gets narrower tiers', () => {
  const result = bill({ from: '2026-06-13', to: '2026-06-30', kwh: 120 });
  expect(result.lines.map((line) => line.kwh)).toEqual([30, 30, 60]);
  expect(result).toMatchObject({ amount: 263_820, vat: 21_106, total: 284_926 });
});

test('A period that ends in the middle of a month is full when it began a month earlier', () => {
  expect(bill({ from: '2026-02-15', to: '2026-03-14', kwh: 250 }).total).toBe(636_768);
  expect(bill({ from: '2026-06-12', to: '2026-07-11', kwh: 250 }).total).toBe(636_768);
});

test('Two households get double tiers, six declared tenants one and a half', () => {
  expect(bill({ ...OCTOBER, kwh: 320, households: 2 })).toMatchObject({ amount: 689_000, total: 744_120 });
  const tenants = bill({ ...OCTOBER, kwh: 320, households: 6 / tariffs.tenants.peoplePerHousehold });
  expect(tenants.lines.map((line) => line.kwh)).toEqual([75, 75, 150, 20]);
  expect(tenants).toMatchObject({ amount: 719_510, vat: 57_561, total: 777_071 });
});

test('Undeclared tenants pay one price', () => {
  const result = bill({ ...OCTOBER, group: 'household_undeclared_tenants', kwh: 320 });
  expect(result).toMatchObject({ amount: 761_600, vat: 60_928, total: 822_528 });
});

test('A prepaid card has its own price', () => {
  expect(bill({ ...OCTOBER, group: 'household_prepaid', kwh: 10 }).amount).toBe(29_090);
});

test('A small business with three prices pays by the hours', () => {
  const usage = { normal: 1200, peak: 400, offPeak: 300 };
  const result = calculateBill({ ...OCTOBER, group: 'business_low', usage }, tariffs);
  expect(result).toMatchObject({ kwh: 1900, amount: 6_526_600, vat: 522_128, total: 7_048_728 });
});

test('A business without three prices pays the normal price for everything', () => {
  expect(bill({ ...OCTOBER, group: 'business_low', kwh: 100 }).amount).toBe(315_200);
});

test.each([
  [180, 331_720, 281_962, 310_158],
  [260, 524_160, 471_744, 518_918],
])('The fourth COVID reduction for %i kWh', (kwh, full, amount, total) => {
  const result = bill({ from: '2021-08-01', to: '2021-08-31', kwh, reduction: 'covid_round_4' });
  expect(result).toMatchObject({ reduced: full - amount, amount, total });
});

test.each([
  [200, 471_312],
  [400, 1_118_880],
  [700, 2_275_884],
])('The decided five tiers would make %i kWh cost %i đ', (kwh, total) => {
  expect(bill({ ...OCTOBER, kwh }, withDecidedTiers(tariffs, '2026-10-01')).total).toBe(total);
});

test('A meter of five digits that has rolled over is read right', () => {
  const readings = { readingOld: 99_850, readingNew: 120, meterDigits: 5 };
  expect(calculateBill({ ...OCTOBER, usage: readings }, tariffs)).toMatchObject({ kwh: 270 });
  expect(calculateBill({ ...OCTOBER, usage: { ...readings, multiplier: 20 } }, tariffs)).toMatchObject({ kwh: 5400 });
});
