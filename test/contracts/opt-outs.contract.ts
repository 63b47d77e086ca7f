import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Clock, OptOuts } from '../../src/bot/ports.ts';
import { freshConversation } from '../support/sample-turn.ts';

export interface OptOutsFixture {
  readonly optOuts: OptOuts;
  close(): Promise<void>;
}

/** What every `OptOuts` promises. */
export function optOutsContract(name: string, open: (clock: Clock) => Promise<OptOutsFixture>): void {
  describe(`${name} as the list of opt-outs`, () => {
    let fixture: OptOutsFixture;

    beforeAll(async () => {
      fixture = await open({ now: () => 1_000 });
    });
    afterAll(() => fixture.close());

    test('knows who wants no notices, however often he says so, and nobody else', async () => {
      const [one, other] = [freshConversation('sms'), freshConversation('sms')];
      await Promise.all([fixture.optOuts.add(one), fixture.optOuts.add(one)]);
      expect(await fixture.optOuts.has(one)).toBe(true);
      expect(await fixture.optOuts.has(other)).toBe(false);
    });

    test('counts a wish from after the last no, and none from before', async () => {
      const id = freshConversation('zalo');
      await fixture.optOuts.add(id, 500);
      expect([await fixture.optOuts.has(id, 500), await fixture.optOuts.has(id, 501)]).toEqual([true, false]);
      await fixture.optOuts.add(id);
      await fixture.optOuts.add(id, 700);
      expect([await fixture.optOuts.has(id, 1_000), await fixture.optOuts.has(id, 1_001)]).toEqual([true, false]);
      expect(await fixture.optOuts.has(id)).toBe(true);
    });

    test('forgets who wants notices again', async () => {
      const id = freshConversation('sms');
      await fixture.optOuts.add(id);
      await fixture.optOuts.remove(id);
      await fixture.optOuts.remove(id);
      expect(await fixture.optOuts.has(id)).toBe(false);
    });
  });
}
