import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConversationStore, RatingRecords } from '../../src/bot/ports.ts';
import type { Rating } from '../../src/bot/rating.ts';
import { freshConversation, sampleTurn } from '../support/sample-turn.ts';

export interface RatingRecordsFixture {
  readonly store: ConversationStore;
  readonly ratings: RatingRecords;
  close(): Promise<void>;
}

const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 100 };

/** What every `RatingRecords` promises of the ratings in committed turns. */
export function ratingRecordsContract(name: string, open: () => Promise<RatingRecordsFixture>): void {
  describe(`${name} as rating records`, () => {
    let fixture: RatingRecordsFixture;

    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(() => fixture.close());

    const rate = (id: string, version: number, rating: Rating, at: number) =>
      fixture.store.commit(sampleTurn(id, version, { rating, at }));

    /** Three closings of two conversations, one of them rated twice. */
    async function rateSome() {
      const [one, other] = [freshConversation(), freshConversation()];
      await rate(one, 1, { closing: 3, score: 2, agentId: 'lan' }, 1_000);
      await rate(other, 1, { closing: 5, score: 4, agentId: 'minh' }, 2_000);
      await rate(one, 2, { closing: 3, score: 5, agentId: 'lan' }, 3_000);
      await rate(one, 3, { closing: 7, score: 1, agentId: 'minh' }, 4_000);
      await fixture.store.projectPending(10);
      return { one, other };
    }

    test('gives each closing with its last rating, newest first', async () => {
      const { one, other } = await rateSome();
      expect(await fixture.ratings.ratings(ALWAYS)).toEqual([
        { conversationId: one, closing: 7, score: 1, agentId: 'minh', at: 4_000 },
        { conversationId: one, closing: 3, score: 5, agentId: 'lan', at: 3_000 },
        { conversationId: other, closing: 5, score: 4, agentId: 'minh', at: 2_000 },
      ]);
    });

    test('keeps to the window, its end left out, and to the limit', async () => {
      await rateSome();
      const times = async (query: object) =>
        (await fixture.ratings.ratings({ ...ALWAYS, ...query })).map(({ at }) => at);
      expect(await times({ from: 2_000, to: 4_000 })).toEqual([3_000, 2_000]);
      expect(await times({ limit: 1 })).toEqual([4_000]);
    });
  });
}
