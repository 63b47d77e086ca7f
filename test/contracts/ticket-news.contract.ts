import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TicketNewsBox } from '../../src/integrations/storage/ticket-news.ts';

export interface TicketNewsFixture {
  readonly ticketNews: TicketNewsBox;
  close(): Promise<void>;
}

/** What every `TicketNewsBox` promises. */
export function ticketNewsContract(name: string, open: () => Promise<TicketNewsFixture>): void {
  describe(`${name} as the box of ticket news`, () => {
    let fixture: TicketNewsFixture;

    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    test('keeps the newest state of each ticket, the oldest news first, until it is forgotten', async () => {
      const { ticketNews } = fixture;
      const [one, other] = [
        { number: 'N-1', state: 'in_progress', at: 1_000 },
        { number: 'N-2', state: 'done', at: 2_000 },
      ] as const;
      await ticketNews.put([other, one]);
      expect(await ticketNews.list(9)).toEqual([one, other]);
      expect(await ticketNews.list(1)).toEqual([one]);
      const newer = { number: 'N-1', state: 'done', at: 3_000 } as const;
      await ticketNews.put([newer]);
      // What was told meanwhile is not what is new.
      await ticketNews.forget(one);
      await ticketNews.forget(other);
      expect(await ticketNews.list(9)).toEqual([newer]);
      await ticketNews.forget(newer);
      await ticketNews.put([]);
      expect(await ticketNews.list(9)).toEqual([]);
    });
  });
}
