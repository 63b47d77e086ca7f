import { expect, test } from '@jest/globals';
import { runStormDrill } from '../../scripts/storm-drill/run-storm-drill.ts';

const SEED = 164;
const REPORTS = 60;
const SLICE_MS = 20_000;
const TIMEOUT_MS = 240_000;

test(
  'a storm on three channels, with two kills: everybody is answered, danger first, and told once when the power is back',
  async () => {
    const drill = await runStormDrill({ seed: SEED, reports: REPORTS, sliceMs: SLICE_MS });
    // Whether storm mode comes on is a matter of the moment with so few reports.
    expect({ violations: drill.violations, stories: drill.violations.length > 0 ? drill.stories : [] }).toEqual({
      ...{ violations: [], stories: [] },
    });
    expect(drill).toMatchObject({ people: REPORTS, kills: 2 });
    expect([drill.emergencies > 0, drill.nestedTickets > 0, drill.clearRecall > 0.8]).toEqual([true, true, true]);
  },
  TIMEOUT_MS,
);
