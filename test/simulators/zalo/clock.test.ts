import { describe, expect, test } from '@jest/globals';
import { createClock } from '../../../simulators/zalo/clock.ts';

describe('a manual clock', () => {
  test('runs tasks at their own moment and in their order, also those that tasks add', async () => {
    const clock = createClock({ mode: 'manual', startTime: 1000 });
    const ran: [string, number][] = [];
    clock.after(300, () => void ran.push(['late', clock.now()]));
    clock.after(100, () => {
      ran.push(['early', clock.now()]);
      clock.after(100, () => void ran.push(['added', clock.now()]));
    });
    await clock.advance(250);
    expect(ran).toEqual([
      ['early', 1100],
      ['added', 1200],
    ]);
    expect(clock.now()).toBe(1250);
    await clock.advance(50);
    expect(ran.at(-1)).toEqual(['late', 1300]);
  });

  test('settles what is under way and leaves the future alone', async () => {
    const clock = createClock({ mode: 'manual', startTime: 0 });
    const ran: string[] = [];
    clock.after(0, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      ran.push('now');
    });
    clock.after(1, () => void ran.push('later'));
    await clock.settle();
    expect(ran).toEqual(['now']);
    clock.clear();
    await clock.advance(10);
    expect(ran).toEqual(['now']);
  });
});

describe('a real clock', () => {
  test('begins where it is told, runs on, and can be advanced', async () => {
    const clock = createClock({ mode: 'real', startTime: 1_000_000 });
    expect(clock.now()).toBeGreaterThanOrEqual(1_000_000);
    expect(clock.now()).toBeLessThan(1_010_000);
    const ran: number[] = [];
    clock.after(3_600_000, () => void ran.push(clock.now()));
    await clock.advance(3_600_000);
    expect(ran).toHaveLength(1);
    expect(clock.now()).toBeGreaterThanOrEqual(4_600_000);
  });

  test('runs a task of the near future by itself', async () => {
    const clock = createClock({ mode: 'real' });
    await new Promise<void>((resolve) => clock.after(5, () => resolve()));
    clock.clear();
  });
});
