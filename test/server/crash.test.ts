import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CrashExplorer,
  createCrashExplorer,
  RUNS_ON_ONE_DATABASE,
} from '../../scripts/explore/explore-crashes.ts';
import { journeys } from '../../scripts/explore/journeys.ts';

const AT_ONCE = 2;
const TIMEOUT_MS = 480_000;

/** The server is killed at every write boundary of a journey, in turn, and started again; the customer sees no difference. */
describe('killed at every write boundary', () => {
  let explorer: CrashExplorer;

  beforeAll(async () => {
    explorer = await createCrashExplorer();
  }, TIMEOUT_MS);
  afterAll(() => explorer.close());

  test.each(journeys)(
    'the journey "$name" loses nothing, answers nothing twice and shows nothing by halves',
    async (journey) => {
      const expected = await explorer.expect(journey);
      const plans = Array.from({ length: expected.boundaries }, (_, index) => [index + 1]);
      const work = chunks(plans, RUNS_ON_ONE_DATABASE)[Symbol.iterator]();
      const wrong: string[] = [];
      async function worker(): Promise<void> {
        for (const chunk of work) {
          wrong.push(...(await explorer.run(chunk, expected)));
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      expect(expected.boundaries).toBeGreaterThan(10);
      expect(wrong).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
