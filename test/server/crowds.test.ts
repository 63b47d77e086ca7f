import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CrowdExplorer, createCrowdExplorer } from '../../scripts/explore/explore-crowds.ts';
import { CROWD, planCalmCrowd, planCrowd } from '../../scripts/explore/plan-crowd.ts';

const TIMEOUT_MS = 480_000;

/** A crowd whose server dies so many boundaries after the beginning of each of these ticks. */
function struckCrowd(strikes: readonly number[]) {
  const calm = planCalmCrowd(0);
  return { ...calm, ticks: calm.ticks.map((tick, index) => ({ ...tick, strike: strikes[index] ?? 0 })) };
}

describe('twelve customers of one server that dies', () => {
  let explorer: CrowdExplorer;

  beforeAll(async () => {
    explorer = await createCrowdExplorer();
  }, TIMEOUT_MS);
  afterAll(() => explorer.close());

  test(
    'see what they would have seen, and each got his answers and his SMS once',
    async () => {
      const { deaths, seats } = await explorer.play(struckCrowd([2, 9, 4]));
      expect(deaths).toHaveLength(3);
      expect(seats.flatMap(({ wrong }) => wrong)).toEqual([]);
      expect(seats.every(({ struck }) => struck > 0)).toBe(true);
    },
    TIMEOUT_MS,
  );

  test.each([
    ['forget_events', [[2]]],
    ['forget_answers', [[2]]],
    // After the turns that ask for one-time codes; at which boundary that is hangs on how writes fall together.
    ['forget_effects', [10, 8, 9, 11, 7, 12, 6, 13].map((boundary) => [0, boundary])],
  ])(
    'are seen to be let down when a server breaks a promise at its start: %s',
    async (fault, deaths) => {
      const wrong: string[] = [];
      for (const strikes of deaths) {
        if (wrong.length === 0) {
          const { seats } = await explorer.play(struckCrowd(strikes), fault);
          wrong.push(...seats.flatMap((seat) => seat.wrong));
        }
      }
      expect(wrong).not.toEqual([]);
    },
    TIMEOUT_MS,
  );
});

test('the same seed draws the same crowd, and everybody talks when the server dies for the first time', () => {
  const plan = planCrowd(7);
  expect(planCrowd(7)).toEqual(plan);
  expect(planCrowd(8)).not.toEqual(plan);
  const struck = plan.ticks.find(({ strike }) => strike !== undefined);
  expect(new Set(struck?.order.map(({ seat }) => seat).filter((seat) => seat !== 'chores')).size).toBe(CROWD);
});
