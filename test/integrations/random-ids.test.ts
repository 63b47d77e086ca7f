import { expect, test } from '@jest/globals';
import { createRandomIds } from '../../src/integrations/random-ids.ts';

test('a number of a ticket has its day in Vietnam and eight signs that are not confused on the phone', () => {
  const ids = createRandomIds(() => 0);
  const late = Date.UTC(2026, 10, 25, 18);
  const numbers = Array.from({ length: 500 }, () => ids.ticketNumber('SC', late));
  expect(numbers.filter((number) => !/^SC261126-[2-9A-HJKMNP-Z]{8}$/.test(number))).toEqual([]);
});
