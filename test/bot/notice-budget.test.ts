import { describe, expect, test } from '@jest/globals';
import { createNoticeBudget } from '../../src/bot/notices/notice-budget.ts';

const paces: Readonly<Record<string, number>> = { zalo: 5, web: 250 };

/** Rounds of so long, with more to be given than there may be; what was given in each. */
function give(channel: string, rounds: number, everyMs: number): readonly number[] {
  const budget = createNoticeBudget((name) => paces[name] ?? 1, 0);
  return Array.from({ length: rounds }, (_, round) => {
    budget.pass(round * everyMs);
    const given = budget.of(channel);
    budget.spend(channel, given);
    return given;
  });
}

const sum = (given: readonly number[]) => given.reduce((total, one) => total + one, 0);

describe('what a channel may be given', () => {
  test.each([
    ['zalo', 100, 5],
    ['zalo', 130, 5],
    ['web', 100, 250],
    ['web', 500, 250],
  ])('on %s is the same in rounds of %i ms as in long ones', (channel, everyMs, pace) => {
    const seconds = 13;
    const given = give(channel, (seconds * 1_000) / everyMs + 1, everyMs);
    // One round more at the start.
    expect(sum(given)).toBeGreaterThanOrEqual(pace * seconds);
    expect(sum(given)).toBeLessThanOrEqual(pace * seconds + Math.max(1, pace / 10));
  });

  test('is no more after a long pause than in half a second, and nothing is saved up while nobody needs it', () => {
    expect(give('web', 2, 60_000)).toEqual([25, 125]);
    const budget = createNoticeBudget(() => 10, 0);
    for (let now = 0; now < 5_000; now += 100) {
      budget.pass(now);
      budget.spend('web', 0);
    }
    expect(budget.of('web')).toBe(1);
  });

  test('is short as long as more waits than may be given, also in rounds in which nothing may', () => {
    const budget = createNoticeBudget(() => 5, 0);
    expect(budget.isShort()).toBe(false);
    budget.spend('zalo', 1);
    expect(budget.isShort()).toBe(true);
    budget.pass(100);
    budget.spend('zalo', budget.of('zalo'));
    expect(budget.isShort()).toBe(true);
    budget.pass(1_000);
    budget.spend('zalo', budget.of('zalo') - 1);
    expect(budget.isShort()).toBe(false);
  });
});
