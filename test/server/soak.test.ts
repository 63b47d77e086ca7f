import { expect, test } from '@jest/globals';
import { runSoak } from '../../scripts/soak/run-soak.ts';
import { planSoak } from '../../scripts/soak/soak-plan.ts';

const SEED = 4;
const MESSAGES = 150;
const TIMEOUT_MS = 240_000;

test(
  'every Zalo message is answered once and in order, or marked uncertain, through faults and three kills',
  async () => {
    const { violations, messages, kills, faults } = await runSoak(planSoak(SEED, MESSAGES));
    expect(violations).toEqual([]);
    expect([messages, kills]).toEqual([MESSAGES, 3]);
    expect([...faults.keys()]).toEqual(
      expect.arrayContaining(['duplicate', 'duplicateParallel', 'reorder', 'dropFirstAnswer', 'http5xx', 'slowApiMs']),
    );
  },
  TIMEOUT_MS,
);
