import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadTariffs } from '../../src/tariffs/load-tariffs.ts';

const DATA = join(import.meta.dirname, '../../data/tariffs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tariffs-'));
  cpSync(DATA, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function change(name: string, from: string, to: string): void {
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

test('Every row names its decision and its source', () => {
  const { households, groups, peakHours, vat, reductions, tenants, support, decidedTiers } = loadTariffs();
  const rows = [...households, ...groups, ...peakHours, ...vat, ...reductions, tenants, support, decidedTiers];
  for (const row of rows) {
    expect(row.source).not.toBe('');
    expect('decision' in row ? row.decision : row.basis).not.toBe('');
  }
  expect(households.map(({ from }) => from)).toEqual([
    '2019-03-20',
    '2023-05-04',
    '2023-11-09',
    '2024-10-11',
    '2025-05-10',
  ]);
});

test('The hours of Decision 963 are decided but not in force', () => {
  const states = loadTariffs().peakHours.map(({ decision, state }) => [decision, state]);
  expect(states).toEqual([
    [expect.any(String), 'in_force'],
    ['963/QĐ-BCT', 'decided'],
  ]);
});

test('The help for poor households is the published amount', () => {
  const { support, households } = loadTariffs();
  expect(support.kwh * (households.at(-1)?.prices[0] ?? 0)).toBe(59_520);
});

test.each([
  ['vat.yaml', 'rate: 8, from: 2022-02-01', 'rate: 8, from: 2022-01-31', 'overlaps'],
  ['vat.yaml', 'rate: 10, from: 2019-01-01', 'rate: ten, from: 2019-01-01', 'vat.yaml: rows.0.rate'],
  ['household.yaml', '3350, 3460', '3350', '1279/QĐ-BCT needs 6 prices'],
  ['household.yaml', 'from: 2025-05-10', 'from: 2025-05-32', 'rows.4.from is not a day YYYY-MM-DD'],
  ['other-groups.yaml', 'normal: 1811', 'nomral: 1811', 'other-groups.yaml'],
])('A mistake in %s (%s → %s) is named', (file, from, to, message) => {
  change(file, from, to);
  expect(() => loadTariffs(folder)).toThrow(message);
});
