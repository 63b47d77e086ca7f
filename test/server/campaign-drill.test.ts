import { expect, test } from '@jest/globals';
import { runDrill } from '../../scripts/campaign-drill/run-drill.ts';

const RECIPIENTS = 1_000;
const TIMEOUT_MS = 240_000;

test(
  'a campaign on three channels that is cut by quiet hours and two kills tells everybody once, and nobody who said no',
  async () => {
    const { violations, sms, email, kills, optedOut, uncertain, underWay } = await runDrill(RECIPIENTS, () => {});
    expect(violations).toEqual([]);
    expect(kills).toBe(2);
    // Who takes nothing on Zalo or Telegram.
    expect(sms + email).toBeGreaterThan(0);
    // 21 before, the others in the night.
    expect(optedOut).toBeGreaterThan(21);
    expect(uncertain).toBeLessThanOrEqual(underWay);
  },
  TIMEOUT_MS,
);
