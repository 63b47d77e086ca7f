import type { Subscription, Subscriptions } from '../../../bot/notices/subscription.ts';
import { cursorOf } from '../subscription-cursor.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';

/** What was agreed to or ended last; `_id` is `<topic> <cursor>`. `ended`: the version of the turn that ended it. */
interface SubscriptionDocument {
  readonly _id: string;
  readonly topic: string;
  readonly conversationId: string;
  readonly version: number;
  readonly isOn: boolean;
  /** Absent when its end came first. */
  readonly record?: Subscription;
}

export const SUBSCRIPTIONS = defineCollection<SubscriptionDocument>({
  name: 'subscriptions',
  fields: {
    _id: needed.text,
    topic: needed.text,
    conversationId: needed.text,
    version: needed.number,
    isOn: needed.flag,
    record: optional.any,
  },
  indexes: [{ key: { conversationId: 1 } }, { key: { topic: 1, isOn: 1, _id: 1 } }],
});

type Key = Pick<Subscription, 'topic' | 'customerCode' | 'conversationId'>;

/** Subscriptions on MongoDB. Whatever comes late is told by the version of its turn. */
export function createMongoSubscriptions(db: MongoDatabase): Subscriptions {
  const subscriptions = db.model(SUBSCRIPTIONS);

  async function put(key: Key, { version, ...change }: Pick<SubscriptionDocument, 'version' | 'isOn' | 'record'>) {
    const { topic, conversationId } = key;
    const _id = `${topic} ${cursorOf(key)}`;
    if (!(await insertOnce(subscriptions, { _id, topic, conversationId, version, ...change }))) {
      await subscriptions.updateOne({ _id, version: { $lt: version } }, { $set: { version, ...change } });
    }
  }

  return {
    start: (subscription) =>
      put(subscription, {
        version: subscription.consent.version,
        isOn: true,
        record: toDocumentValue(subscription) as Subscription,
      }),
    end: ({ version, ...wish }) => put(wish, { version, isOn: false }),
    async of(conversationId) {
      const found = await subscriptions.find({ conversationId, isOn: true }).sort({ _id: 1 }).lean();
      return found.map(toSubscription);
    },
    async page({ topic, after = '', limit }) {
      const found = await subscriptions
        .find({ topic, isOn: true, _id: { $gt: `${topic} ${after}` } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return found.map(toSubscription).map((subscription) => ({ cursor: cursorOf(subscription), subscription }));
    },
    count: (topic) => subscriptions.countDocuments({ topic, isOn: true }),
  };
}

function toSubscription({ record }: { readonly record?: unknown }): Subscription {
  return fromDocumentValue<Subscription>(record);
}
