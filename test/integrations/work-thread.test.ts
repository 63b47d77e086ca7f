import { afterEach, describe, expect, test } from '@jest/globals';
import { createWorkThread } from '../../src/integrations/work-thread.ts';

/** Doubles numbers; fails at 13, never ends with 77, and ends itself at 99. */
const WORKER = new URL('../support/doubling-worker.ts', import.meta.url);
const thread = createWorkThread<number, number>(WORKER, 'from outside');
afterEach(() => thread.close());

describe('a thread of its own', () => {
  test('does what it is given, each answer to its own job', async () => {
    expect(await Promise.all([1, 2, 3].map((n) => thread.run(n)))).toEqual([2, 4, 6]);
  });

  test('says what failed, and goes on', async () => {
    await expect(thread.run(13)).rejects.toThrow('The work failed: 13 from outside');
    expect(await thread.run(4)).toBe(8);
  });

  test('rejects what it no longer does, and is there for the next job', async () => {
    await expect(thread.run(99)).rejects.toThrow('ended before');
    expect(await thread.run(4)).toBe(8);
    const lost = thread.run(77);
    await thread.close();
    await expect(lost).rejects.toThrow('ended before');
    expect(await thread.run(6)).toBe(12);
  });
});
