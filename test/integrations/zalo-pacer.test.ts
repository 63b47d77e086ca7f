import { describe, expect, test } from '@jest/globals';
import { type CallPurpose, createPacer } from '../../src/integrations/channels/zalo/pacer.ts';

const MINUTE = 60_000;

function pacerAt(callsPerMinute = 4_000) {
  const time = { now: 10 * MINUTE };
  const pacer = createPacer({ appId: 'app', clock: { now: () => time.now }, callsPerMinute });
  /** How many of so many calls may go. */
  const taken = async (count: number, purpose: CallPurpose = 'safety') => {
    const calls = await Promise.all(Array.from({ length: count }, () => pacer.take(purpose)));
    return calls.filter(({ ok }) => ok).length;
  };
  return { time, pacer, taken };
}

describe('the pace of calls', () => {
  test('is at most that of the app in a clock minute, and begins anew with the next', async () => {
    const { time, pacer, taken } = pacerAt();
    expect(await taken(4_001)).toBe(4_000);
    time.now += 59_999;
    expect(await pacer.take('safety')).toEqual({ ok: false, afterMs: 501 });
    time.now += 1;
    expect(await taken(4_001)).toBe(4_000);
  });

  test('follows what Zalo says is left, also when others use it', async () => {
    const { pacer, taken } = pacerAt();
    await taken(10);
    pacer.told({ limit: 4_000, remain: 5 });
    expect(await taken(10)).toBe(5);
    pacer.told({ limit: 4_000, remain: 900 });
    expect(await taken(1)).toBe(0);
  });

  test('keeps to the lower limit of the OA from the next minute on, and never goes above that of the app', async () => {
    const { time, pacer, taken } = pacerAt();
    pacer.told({ limit: 600, remain: 599 });
    time.now += MINUTE;
    expect(await taken(1_000)).toBe(600);
    pacer.told({ limit: 9_000, remain: 8_000 });
    time.now += MINUTE;
    expect(await taken(5_000)).toBe(4_000);
  });

  test('keeps a quarter of the limit that holds from calls that nothing hangs on', async () => {
    const { time, pacer, taken } = pacerAt(100);
    expect(await taken(200, 'spare')).toBe(75);
    pacer.told({ limit: 20, remain: 20 });
    time.now += MINUTE;
    expect([await taken(200, 'spare'), await taken(200)]).toEqual([15, 5]);
  });

  test('keeps a twentieth from everything but words of safety', async () => {
    const { time, pacer, taken } = pacerAt();
    expect([await taken(5_000, 'message'), pacer.left()]).toEqual([3_800, 0]);
    expect([await taken(1, 'spare'), await taken(1, 'message'), await taken(300)]).toEqual([0, 0, 200]);
    pacer.told({ limit: 40, remain: 40 });
    time.now += MINUTE;
    expect(pacer.left()).toBe(38);
    expect([await taken(50, 'message'), await taken(50)]).toEqual([38, 2]);
  });

  test('keeps half from notices', async () => {
    const { taken } = pacerAt(100);
    expect([await taken(200, 'notice'), await taken(200, 'message'), await taken(200)]).toEqual([50, 45, 5]);
  });

  test('stops for the rest of the minute when there is nothing left', async () => {
    const { time, pacer, taken } = pacerAt();
    pacer.told({ limit: undefined, remain: 0 });
    expect(await taken(1)).toBe(0);
    time.now += MINUTE;
    expect(await taken(1)).toBe(1);
  });
});
