import type { Subscription, Subscriptions } from '../../../bot/notices/subscription.ts';
import { cursorOf, partsOfCursor } from '../subscription-cursor.ts';
import type { SqliteDatabase } from './database.ts';

interface Row {
  readonly record: string;
}

/** Subscriptions as rows. Whatever comes late is told by the version of its turn. */
export function createSqliteSubscriptions(db: SqliteDatabase): Subscriptions {
  const upsert = db.sqlite.prepare<[object]>(
    `INSERT INTO subscriptions (topic, customer_code, conversation_id, version, record)
     VALUES (@topic, @customerCode, @conversationId, @version, @record)
     ON CONFLICT (topic, customer_code, conversation_id) DO UPDATE
       SET version = excluded.version, ended = NULL, record = excluded.record
       WHERE version < excluded.version`,
  );
  // An end that is carried out before its beginning leaves its version, so that the beginning finds itself older.
  const end = db.sqlite.prepare<[object]>(
    `INSERT INTO subscriptions (topic, customer_code, conversation_id, version, ended, record)
     VALUES (@topic, @customerCode, @conversationId, @version, @version, '{}')
     ON CONFLICT (topic, customer_code, conversation_id) DO UPDATE SET version = @version, ended = @version
       WHERE version < @version`,
  );
  const select = db.sqlite.prepare<[string], Row>(
    'SELECT record FROM subscriptions WHERE conversation_id = ? AND ended IS NULL ORDER BY topic, customer_code',
  );
  const selectPage = db.sqlite.prepare<[object], Row>(
    `SELECT record FROM subscriptions
     WHERE topic = @topic AND (customer_code, conversation_id) > (@customerCode, @conversationId) AND ended IS NULL
     ORDER BY customer_code, conversation_id LIMIT @limit`,
  );
  const tally = db.sqlite
    .prepare<[string], number>('SELECT COUNT(*) FROM subscriptions WHERE topic = ? AND ended IS NULL')
    .pluck();

  return {
    start: (subscription) =>
      db.write('subscribe', () => {
        const { topic, customerCode, conversationId, consent } = subscription;
        const record = JSON.stringify(subscription);
        upsert.run({ topic, customerCode, conversationId, version: consent.version, record });
      }),
    end: (wish) => db.write('unsubscribe', () => void end.run(wish)),
    of: async (conversationId) => select.all(conversationId).map(toSubscription),
    page: async ({ topic, after, limit }) =>
      selectPage
        .all({ topic, ...partsOfCursor(after), limit })
        .map(toSubscription)
        .map((subscription) => ({ cursor: cursorOf(subscription), subscription })),
    count: async (topic) => tally.get(topic) ?? 0,
  };
}

function toSubscription({ record }: Row): Subscription {
  return JSON.parse(record) as Subscription;
}
