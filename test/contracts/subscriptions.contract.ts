import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Subscription, Subscriptions } from '../../src/bot/notices/subscription.ts';
import type { SubscribedTopic } from '../../src/dialogs/subscribed-topic.ts';
import { freshConversation } from '../support/sample-turn.ts';

export interface SubscriptionsFixture {
  readonly subscriptions: Subscriptions;
  close(): Promise<void>;
}

const CODE = 'PB06010001234';

export function aSubscription(change: Partial<Subscription> = {}, version = 3): Subscription {
  return {
    ...{ topic: 'planned_outage', customerCode: CODE, conversationId: freshConversation('zalo'), isVerified: false },
    consent: { version, at: 5_000, words: 'Mình sẽ nhắn lịch cúp điện. Anh/chị đồng ý không ạ?' },
    ...change,
  };
}

/** What every `Subscriptions` promises. */
export function subscriptionsContract(name: string, open: () => Promise<SubscriptionsFixture>): void {
  describe(`${name} as the list of subscriptions`, () => {
    let fixture: SubscriptionsFixture;

    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    test('gives back what was agreed to, with its proof, and nothing of others', async () => {
      const { subscriptions } = fixture;
      const outage = aSubscription();
      const bill = aSubscription({ ...outage, topic: 'bill', isVerified: true });
      await Promise.all([subscriptions.start(outage), subscriptions.start(outage), subscriptions.start(bill)]);
      await subscriptions.start(aSubscription());
      expect(await subscriptions.of(outage.conversationId)).toEqual([bill, outage]);
      expect(await subscriptions.of('zalo:1:nobody')).toEqual([]);
    });

    test('ends one by topic and code, and begins it anew with the newer proof', async () => {
      const { subscriptions } = fixture;
      const first = aSubscription({}, 3);
      const { topic, customerCode, conversationId } = first;
      const other = aSubscription({ conversationId, customerCode: 'PB06010001242' });
      await subscriptions.start(first);
      await subscriptions.start(other);
      await subscriptions.end({ topic, customerCode, conversationId, version: 5 });
      expect(await subscriptions.of(conversationId)).toEqual([other]);
      const again = aSubscription({ conversationId }, 7);
      await subscriptions.start(again);
      expect(await subscriptions.of(conversationId)).toEqual([again, other]);
    });

    test('is not begun by a consent from before the end, in whatever order both are carried out', async () => {
      const { subscriptions } = fixture;
      const late = aSubscription({}, 3);
      const { topic, customerCode, conversationId } = late;
      await subscriptions.end({ topic, customerCode, conversationId, version: 5 });
      await subscriptions.start(late);
      expect(await subscriptions.of(conversationId)).toEqual([]);
      await subscriptions.start(aSubscription({ conversationId }, 8));
      await subscriptions.end({ topic, customerCode, conversationId, version: 5 });
      expect(await subscriptions.of(conversationId)).toHaveLength(1);
    });

    test('pages through those of a topic without leaving one out or telling one twice', async () => {
      const { subscriptions } = fixture;
      const topic: SubscribedTopic = 'reading_day';
      const before = await subscriptions.count(topic);
      const all = ['zalo:1:a', 'zalo:1:b', 'web:main:c'].flatMap((conversationId) =>
        [CODE, 'PB06010001242'].map((customerCode) => aSubscription({ topic, conversationId, customerCode })),
      );
      await Promise.all(all.map((each) => subscriptions.start(each)));
      await subscriptions.end({ topic, customerCode: CODE, conversationId: 'zalo:1:b', version: 9 });
      const seen: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await subscriptions.page({ topic, limit: 2, ...(after !== undefined && { after }) });
        if (page.length === 0) {
          break;
        }
        seen.push(...page.map(({ subscription }) => `${subscription.customerCode} ${subscription.conversationId}`));
        after = page.at(-1)?.cursor;
      }
      expect(seen).toEqual([
        `${CODE} web:main:c`,
        `${CODE} zalo:1:a`,
        'PB06010001242 web:main:c',
        'PB06010001242 zalo:1:a',
        'PB06010001242 zalo:1:b',
      ]);
      expect(await subscriptions.count(topic)).toBe(before + 5);
    });
  });
}
