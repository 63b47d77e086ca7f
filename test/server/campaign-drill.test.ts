import { expect, test } from '@jest/globals';
import { runDrill } from '../../scripts/campaign-drill/run-drill.ts';

const RECIPIENTS = 2_000;
const TIMEOUT_MS = 240_000;

test(
  'a campaign that is cut by quiet hours and two kills tells everybody once, and nobody who said no',
  async () => {
    const { violations, told, kills } = await runDrill(RECIPIENTS, () => {});
    expect(violations).toEqual([]);
    expect({ told, kills }).toEqual({ told: 1_960, kills: 2 });
  },
  TIMEOUT_MS,
);
