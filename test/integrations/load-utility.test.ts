import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hotlineOf, loadUtility } from '../../src/integrations/load-utility.ts';

const utility = loadUtility();
const TODAY = '2026-11-22';

test.each([
  ['PB06010001234', 'EVNSPC'],
  ['PK01000001234', 'EVNSPC'],
  ['PB99010001234', 'EVNSPC'],
  ['PB04010001234', 'EVNHCMC'],
  ['PB15010001234', 'EVNHCMC'],
  ['PB18010001234', 'EVNCPC'],
  ['PE01000001234', 'EVNHCMC'],
  ['PD01000001234', 'EVNHANOI'],
  ['HN01000001234', 'EVNHANOI'],
  ['PA02CK0001234', 'EVNNPC'],
  ['PC05BB0001234', 'EVNCPC'],
  ['PX01000001234', undefined],
])('The code %s is served by %s today', (code, id) => {
  expect(utility.corporationOfCode(code, TODAY)?.id).toBe(id);
});

test('A code that moved was served by us until the day of the move', () => {
  expect(utility.corporationOfCode('PB04010001234', '2025-06-30')?.id).toBe('EVNSPC');
  expect(utility.corporationOfCode('PB04010001234', '2025-07-01')?.id).toBe('EVNHCMC');
});

test.each([
  ['Cần Đước / Long An', 'EVNSPC'],
  ['An Hội / tỉnh Vĩnh Long', 'EVNSPC'],
  ['ninh kieu / tp can tho', 'EVNSPC'],
  ['Thủ Dầu Một / Bình Dương', 'EVNHCMC'],
  ['Phan Rang / Ninh Thuận', 'EVNCPC'],
  ['Cầu Giấy / Hà Nội', 'EVNHANOI'],
  ['Nam Định', 'EVNNPC'],
  ['Đắk Nông', undefined],
  ['chợ Cầu', undefined],
])('The place %s is served by %s', (place, id) => {
  expect(utility.corporationOfPlace(place)?.id).toBe(id);
});

test('A province answers to its old and new names', () => {
  expect([...utility.provinceNames('Trà Vinh')].sort()).toEqual(['ben tre', 'tra vinh', 'vinh long']);
  expect(utility.provinceNames('tỉnh Vĩnh Long')).toEqual(utility.provinceNames('Bến Tre'));
  expect(utility.provinceNames('Cần Đước')).toEqual([]);
});

test('All 34 provinces are served by one corporation, once', () => {
  const provinces = utility.corporations.flatMap(({ areas }) => areas.map(({ province }) => province));
  expect(provinces).toHaveLength(34);
  expect(new Set(provinces).size).toBe(34);
});

test('The hotline is said with blanks and dialled without', () => {
  expect(hotlineOf(utility.ours)).toEqual({ hotline: '1900 1006', hotline_tel: '19001006' });
  expect(utility.ours.id).toBe('EVNSPC');
});

test('A broken file is named with the place of the mistake', () => {
  const folder = mkdtempSync(join(tmpdir(), 'utility-'));
  cpSync(join(import.meta.dirname, '../../data/utility'), folder, { recursive: true });
  const file = join(folder, 'corporations.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('ours: EVNSPC', 'ours: EVNXYZ'));
  expect(() => loadUtility(folder)).toThrow('EVNXYZ');
  writeFileSync(file, readFileSync(file, 'utf8').replace('since: 2025-07-01', 'since: tomorrow'));
  expect(() => loadUtility(folder)).toThrow('corporations.0.since is not a day YYYY-MM-DD');
  rmSync(folder, { recursive: true });
});
