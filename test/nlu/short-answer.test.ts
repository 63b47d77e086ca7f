import { expect, test } from '@jest/globals';
import { readShortAnswer } from '../../src/nlu/short-answer.ts';

test.each([
  ['ừ', 'yes', true],
  ['dạ đúng rồi ạ', 'yes', true],
  ['👍🏽', 'yes', true],
  ['hông phải', 'no', true],
  ['dạ thôi khỏi em', 'no', true],
  ['ko', 'no', true],
  ['không', 'no', true],
  ['2', 'number', 2],
  ['số ba', 'ordinal', 3],
  ['cái thứ hai', 'ordinal', 2],
  ['cai thu hai nha', 'ordinal', 2],
  ['cái đầu tiên nha', 'ordinal', 1],
  ['dòng đầu', 'ordinal', 1],
  ['cai dau', 'ordinal', 1],
  ['cái cuối', 'ordinal', -1],
  ['nhắc lại giùm em', 'repeat', true],
  ['trợ giúp', 'help', true],
  ['ko nhớ', 'unknown', true],
] as const)('reads "%s" as %s %s', (utterance, kind, value) => {
  expect(readShortAnswer(utterance)).toEqual({ kind, value });
});

test.each([
  'tiền điện tháng này bao nhiêu',
  'không có điện từ sáng giờ',
  'nhà số 5 mất điện',
  '',
  '😀',
  'cái đồng hồ hư',
  'vậy đóng ở đâu',
  'vay dong o dau',
])('sees no bare answer in "%s"', (utterance) => {
  expect(readShortAnswer(utterance)).toBeUndefined();
});
