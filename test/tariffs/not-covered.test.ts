import { expect, test } from '@jest/globals';
import { type BillInput, calculateBill } from '../../src/tariffs/calculate-bill.ts';
import { loadTariffs } from '../../src/tariffs/load-tariffs.ts';

const tariffs = loadTariffs();
const OCTOBER: BillInput = { from: '2026-10-01', to: '2026-10-31', group: 'household', usage: { kwh: 100 } };

test.each<[string, Partial<BillInput>, object]>([
  ['VAT after 2026', { from: '2027-01-01', to: '2027-01-31' }, { reason: 'no_vat', day: '2027-01-01' }],
  ['a period that runs into 2027', { from: '2026-12-16', to: '2027-01-15' }, { reason: 'no_vat', day: '2027-01-01' }],
  ['prices before 2019', { from: '2019-03-01', to: '2019-03-31' }, { reason: 'no_price', day: '2019-03-01' }],
  [
    'other groups before 10 May 2025',
    { group: 'business_low', from: '2025-04-01', to: '2025-04-30' },
    { reason: 'no_price', day: '2025-04-01' },
  ],
  [
    'prepaid cards of 2024',
    { group: 'household_prepaid', from: '2024-02-01', to: '2024-02-29' },
    { reason: 'no_price', day: '2024-02-01' },
  ],
  ['a group that no decision names', { group: 'spaceport' }, { reason: 'unknown_group' }],
  ['a reduction outside its months', { reduction: 'covid_round_4' }, { reason: 'no_reduction' }],
  ['a period that ends before it begins', { from: '2026-10-31', to: '2026-10-01' }, { reason: 'bad_period' }],
  ['a day that is not in the calendar', { to: '2026-10-32' }, { reason: 'bad_period' }],
  ['negative kWh', { usage: { kwh: -1 } }, { reason: 'bad_usage' }],
  ['kWh that are not whole', { usage: { kwh: 1.5 } }, { reason: 'bad_usage' }],
  [
    'readings that go back without digits of the meter',
    { usage: { readingOld: 10, readingNew: 5 } },
    { reason: 'bad_usage' },
  ],
  ['households billed by hours', { usage: { normal: 1, peak: 1, offPeak: 1 } }, { reason: 'bad_usage' }],
  ['no household', { households: 0 }, { reason: 'bad_households' }],
])('The calculator does not guess about %s', (_what, change, expected) => {
  expect(calculateBill({ ...OCTOBER, ...change }, tariffs)).toEqual({ covered: false, ...expected });
});

test('A business whose price changes inside the period needs a reading of that day', () => {
  const [row] = tariffs.groups;
  const table = {
    ...tariffs,
    groups: row === undefined ? [] : [row, { ...row, decision: 'next', from: '2026-10-15' }],
  };
  const result = calculateBill({ ...OCTOBER, group: 'business_low' }, table);
  expect(result).toEqual({ covered: false, reason: 'read_on_change_day', day: '2026-10-15' });
});
