import { describe, expect, test } from '@jest/globals';
import { asks } from '../../src/nlu/asks.ts';
import { orderRequests } from '../../src/nlu/decide.ts';
import { prepare } from '../../src/nlu/normalize.ts';
import { tokenize } from '../../src/nlu/tokenize.ts';

const RANKED = [
  { intent: 'bill_payment', confidence: 0.7 },
  { intent: 'bill_lookup', confidence: 0.25 },
];
const clausesOf = (asksFirst: boolean) => [
  { intent: 'bill_lookup', confidence: 0.95, asks: () => asksFirst },
  { intent: 'bill_payment', confidence: 0.95, asks: () => true },
];

describe('two requests', () => {
  test('stand in the order in which they are asked', () => {
    const { ranked, secondIntent } = orderRequests(RANKED, clausesOf(true));
    expect([ranked[0]?.intent, secondIntent]).toEqual(['bill_lookup', 'bill_payment']);
  });

  test('keep their order where the first clause only tells what the second asks about', () => {
    const { ranked, secondIntent } = orderRequests(RANKED, clausesOf(false));
    expect([ranked[0]?.intent, secondIntent]).toEqual(['bill_payment', 'bill_lookup']);
  });
});

describe('a clause', () => {
  test.each([
    ['tiền điện tháng này bao nhiêu', true],
    ['mai co cup dien khong', true],
    ['cho tui sang tên hợp đồng', true],
    ['nhà tui mất điện từ sáng', false],
    ['tôi không nhận được hóa đơn tháng trước', false],
  ])('"%s" asks or bids: %s', (text, expected) => {
    const tokens = tokenize(prepare(text));
    expect(asks(tokens, 0, tokens.length)).toBe(expected);
  });
});
