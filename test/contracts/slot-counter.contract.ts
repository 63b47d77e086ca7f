import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Clock, SlotCounter } from '../../src/bot/ports.ts';

export interface SlotCounterFixture {
  readonly slots: SlotCounter;
  close(): Promise<void>;
}

/** What every `SlotCounter` promises. */
export function slotCounterContract(name: string, open: (clock: Clock) => Promise<SlotCounterFixture>): void {
  describe(`${name} as a slot counter`, () => {
    let fixture: SlotCounterFixture;
    let now = 1_000;

    beforeEach(async () => {
      now = 1_000;
      fixture = await open({ now: () => now });
    });
    afterEach(() => fixture.close());

    const take = (key: string, claim: string, limit = 3) => fixture.slots.take({ key, claim, limit, expiresAt: 2_000 });

    test('gives as many slots as the limit says, and no more', async () => {
      expect([await take('a', '1', 2), await take('a', '2', 2), await take('a', '3', 2)]).toEqual([true, true, false]);
      expect(await fixture.slots.count('a')).toBe(2);
    });

    test('gives the same claim its slot again, also when all are taken', async () => {
      await take('a', '1', 1);
      expect(await take('a', '1', 1)).toBe(true);
      expect(await take('a', '2', 1)).toBe(false);
      expect(await fixture.slots.count('a')).toBe(1);
    });

    test('counts each key alone', async () => {
      await take('a', '1', 1);
      expect(await fixture.slots.count('b')).toBe(0);
      expect(await take('b', '1', 1)).toBe(true);
    });

    test('never gives more than the limit to claims that come together', async () => {
      const taken = await Promise.all(Array.from({ length: 20 }, (_, index) => take('a', String(index), 3)));
      expect(taken.filter((isTaken) => isTaken)).toHaveLength(3);
      expect(await fixture.slots.count('a')).toBe(3);
    });

    test('forgets a slot when its time is over', async () => {
      await take('a', '1', 1);
      now = 1_999;
      expect(await take('a', '2', 1)).toBe(false);
      now = 2_000;
      expect(await fixture.slots.count('a')).toBe(0);
      expect(await fixture.slots.take({ key: 'a', claim: '2', limit: 1, expiresAt: 3_000 })).toBe(true);
    });
  });
}
