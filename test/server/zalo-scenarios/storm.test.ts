import { expect, test } from '@jest/globals';
import { runStorm } from '../../../scripts/soak/run-storm.ts';
import { SCENARIO_TIMEOUT_MS } from '../../support/zalo-stage.ts';

const REPORTS = 60;
const CALLS_PER_MINUTE = 6;
/** Zalo's patience with a webhook. */
const WEBHOOK_PATIENCE_MS = 2_000;

test(
  'scenario 8, scaled: outage reports beyond the limit of a minute are paced without a storm of refusals, oldest first',
  async () => {
    const result = await runStorm({ reports: REPORTS, callsPerMinute: CALLS_PER_MINUTE, sliceMs: 30_000 });
    // Without the line of those who wait, every third of them is overtaken.
    expect(result).toMatchObject({ answered: REPORTS, overtaken: 0, webhookTimeouts: 0 });
    expect(result.worstWebhookAnswerMs).toBeLessThan(WEBHOOK_PATIENCE_MS);
    // Only while the product has not yet heard how few calls there are.
    expect(result.refused).toBeLessThanOrEqual(CALLS_PER_MINUTE / 2);
    expect(result.mostCallsInAMinute).toBeLessThanOrEqual(CALLS_PER_MINUTE);
  },
  SCENARIO_TIMEOUT_MS,
);
