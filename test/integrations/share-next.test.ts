import { expect, test } from '@jest/globals';
import { shareNext } from '../../src/integrations/agent-desk/share-next.ts';

test('a crowd that asks while it runs shares the next run, which begins after all of them have asked', async () => {
  const ends: ((answer: number) => void)[] = [];
  let begun = 0;
  const run = shareNext(() => {
    begun += 1;
    return new Promise<number>((resolve) => ends.push(resolve));
  });
  const first = run();
  const crowd = [run(), run(), run()];
  expect(begun).toBe(1);
  ends[0]?.(1);
  expect(await first).toBe(1);
  await Promise.resolve();
  const late = run();
  ends[1]?.(2);
  expect(await Promise.all(crowd)).toEqual([2, 2, 2]);
  expect(begun).toBe(3);
  ends[2]?.(3);
  expect(await late).toBe(3);
});

test('a run that failed fails whoever asked for it, and the next one is made', async () => {
  let times = 0;
  const run = shareNext(async () => {
    times += 1;
    if (times === 1) {
      throw new Error('away');
    }
    return times;
  });
  const [failed, next] = [run(), run()];
  await expect(failed).rejects.toThrow('away');
  expect(await next).toBe(2);
  expect(await run()).toBe(3);
});
