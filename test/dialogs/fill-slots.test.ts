import { expect, test } from '@jest/globals';
import { slotsIn } from '../../src/dialogs/fill-slots.ts';
import type { Entity } from '../../src/nlu/understanding.ts';
import { understandingOf } from '../support/understanding-of.ts';

function monthsIn(
  utterance: string,
  months: Readonly<Record<string, string>>,
  slot = 'compared_months',
): string | undefined {
  const entities = Object.entries(months).map(([text, value]): Entity => {
    const start = utterance.indexOf(text);
    return { type: 'billing_period', text, value, start, end: start + text.length, confidence: 1 };
  });
  return slotsIn(understandingOf(utterance, { entities }), [slot])[slot];
}

test('A slot that spans takes the range from the first value to the last, in whatever order they are said', () => {
  const months = { 'tháng 10': '2026-10', 'tháng 8': '2026-08' };
  expect(monthsIn('sao tháng 10 cao hơn tháng 8 vậy', months)).toBe('2026-08/2026-10');
  expect(monthsIn('tháng 8 có 500k mà tháng 10 tới 1tr3', months)).toBe('2026-08/2026-10');
});

test('A slot that spans takes one value as it is', () => {
  expect(monthsIn('sao tháng 10 cao vậy', { 'tháng 10': '2026-10' })).toBe('2026-10');
  expect(monthsIn('tháng 10 là tháng 10 đó', { 'tháng 10': '2026-10' })).toBe('2026-10');
});

test('A slot that spans takes the value that mends another', () => {
  const months = { 'tháng 5': '2026-05', 'tháng 6': '2026-06' };
  expect(monthsIn('tháng 5, à nhầm, tháng 6', months)).toBe('2026-06');
  expect(monthsIn('tháng 6 chứ không phải tháng 5', months)).toBe('2026-06');
});

test('A slot that spans takes a month that something is compared with as a range with an open end', () => {
  expect(monthsIn('so với tháng 8 thì sao', { 'tháng 8': '2026-08' })).toBe('2026-08/');
  expect(monthsIn('tháng 8 thì sao', { 'tháng 8': '2026-08' })).toBe('2026-08');
});

function paidWhen(utterance: string, times: Readonly<Record<string, Entity['type']>>): string | undefined {
  const entities = Object.entries(times).map(([text, type]): Entity => {
    const start = utterance.indexOf(text);
    return { type, text, value: text, start, end: start + text.length, confidence: 1 };
  });
  return slotsIn(understandingOf(utterance, { entities }), ['paid_when'])['paid_when'];
}

test('When something was is kept as it was said, and nothing of the sentence around it', () => {
  const said = (words: string) =>
    paidWhen(`dạ ${words}, chị trả bằng agribank nha em`, { 'hôm qua': 'date', '9h': 'time' });
  expect(said('hôm qua tầm 9h sáng')).toBe('hôm qua tầm 9h sáng');
  expect(said('khoảng 9h sáng hôm qua')).toBe('khoảng 9h sáng hôm qua');
  expect(said('hôm qua')).toBe('hôm qua');
  expect(paidWhen('em đóng sáng thứ sáu rồi', { 'thứ sáu': 'date' })).toBe('sáng thứ sáu');
  expect(paidWhen('hôm qua em đi chợ, 9h về nhà', { 'hôm qua': 'date', '9h': 'time' })).toBe('hôm qua');
});

test('Of an old and a new reading the new one is handed in', () => {
  const utterance = 'chỉ số cũ 3000, mới là 3250';
  const entities = ['3000', '3250'].map((text): Entity => {
    const start = utterance.indexOf(text);
    return { type: 'meter_index', text, value: text, start, end: start + text.length, confidence: 1 };
  });
  expect(slotsIn(understandingOf(utterance, { entities }), ['meter_reading'])['meter_reading']).toBe('3250');
});

test('The ward that was named counts for more than the street before it', () => {
  const utterance = 'có người bị điện giật ở số 12 Lê Lợi, phường Rạch Giá';
  const places = { 'Lê Lợi': 'Lê Lợi', 'phường Rạch Giá': 'Rạch Giá / An Giang' };
  const entities = Object.entries(places).map(([text, value]): Entity => {
    const start = utterance.indexOf(text);
    return { type: 'place', text, value, start, end: start + text.length, confidence: 1 };
  });
  expect(slotsIn(understandingOf(utterance, { entities }), ['place'])).toEqual({
    place: 'Rạch Giá / An Giang',
    place_words: 'số 12 Lê Lợi, phường Rạch Giá',
  });
});

test('Months that are named one after the other are all asked for, and others are not', () => {
  const months = { 'tháng 8': '2026-08', 'tháng 9': '2026-09' };
  expect(monthsIn('cho hỏi bill tháng 8 và tháng 9', months, 'billing_period')).toBe('2026-08/2026-09');
  expect(monthsIn('tháng 8 à nhầm tháng 9', months, 'billing_period')).toBe('2026-09');
  expect(monthsIn('tháng 8 hay tháng 9 gì đó', months, 'billing_period')).toBe('2026-08');
});
