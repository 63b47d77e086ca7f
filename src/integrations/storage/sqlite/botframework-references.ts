import type { ConversationReference, ReferenceStore } from '../../channels/botframework/references.ts';
import type { SqliteDatabase } from './database.ts';

/** The way back to each customer of the Bot Framework, as rows. */
export function createSqliteBotFrameworkReferences(db: SqliteDatabase): ReferenceStore {
  const upsert = db.sqlite.prepare('INSERT OR REPLACE INTO botframework_references VALUES (?, ?, ?, ?, ?, ?, ?)');
  const select = db.sqlite.prepare<[string], ConversationReference>(
    `SELECT service_url AS serviceUrl, channel_id AS channelId, conversation_id AS conversationId,
       bot_id AS botId, user_id AS userId
     FROM botframework_references WHERE customer = ?`,
  );
  return {
    put: (customer, { serviceUrl, channelId, conversationId, botId, userId }, at) =>
      db.write(
        'botframework_reference',
        () => void upsert.run(customer, serviceUrl, channelId, conversationId, botId, userId, at),
      ),
    find: async (customer) => select.get(customer),
  };
}
