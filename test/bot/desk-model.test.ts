import { describe, expect, test } from '@jest/globals';
import { runModel } from '../desk-model/run-model.ts';

describe('random agents, customers, drops and kills', () => {
  test.each([1, 2])(
    'hold the invariants of the desk (seed %i; more by npm run test:desk-model)',
    async (seed) => {
      const report = await runModel({ seed, steps: 450 });
      expect(report.violations).toEqual([]);
      // The run has done something: people spoke, things were sent, the service died.
      expect(Math.min(report.turns, report.sends)).toBeGreaterThan(100);
      expect(report.kills).toBeGreaterThan(5);
    },
    60_000,
  );

  test('are noticed when the fence is taken out: the bot speaks after a take-over', async () => {
    const report = await runModel({ seed: 1, steps: 3_000, fence: () => true });
    expect(report.violations.join()).toContain('of the bot began to be sent after a take-over');
  }, 60_000);
});
