import type { ButtonMeaning, TelegramStore } from '../../channels/telegram/store.ts';
import type { SqliteDatabase } from './database.ts';

/** What the Telegram channel keeps, as rows. */
export function createSqliteTelegramStore(db: SqliteDatabase): TelegramStore {
  const insertButton = db.sqlite.prepare('INSERT INTO telegram_buttons VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const selectButton = db.sqlite.prepare<[string, string], ButtonMeaning>(
    'SELECT value, label FROM telegram_buttons WHERE conversation_id = ? AND data = ?',
  );
  const insertSend = db.sqlite.prepare('INSERT INTO telegram_sends VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const selectSend = db.sqlite.prepare<[string, number, number], { message_id: string }>(
    'SELECT message_id FROM telegram_sends WHERE conversation_id = ? AND seq = ? AND part = ?',
  );
  const insertGroup = db.sqlite.prepare('INSERT INTO telegram_groups VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const dropButtons = db.sqlite.prepare<[number, string]>(
    'DELETE FROM telegram_buttons WHERE at < ? AND conversation_id NOT IN (SELECT value FROM json_each(?))',
  );
  const dropSends = db.sqlite.prepare<[number, string]>(
    'DELETE FROM telegram_sends WHERE at < ? AND conversation_id NOT IN (SELECT value FROM json_each(?))',
  );
  return {
    buttons: {
      put: (conversationId, buttons, at) =>
        db.write('telegram_buttons', () => {
          for (const [data, { value, label }] of buttons) {
            insertButton.run(conversationId, data, value, label, at);
          }
        }),
      find: async (conversationId, data) => selectButton.get(conversationId, data),
    },
    sends: {
      find: async ({ conversationId, seq, part }) => selectSend.get(conversationId, seq, part)?.message_id,
      put: ({ conversationId, seq, part }, messageId, at) =>
        db.write('telegram_send', () => void insertSend.run(conversationId, seq, part, messageId, at)),
    },
    groups: {
      greet: (botId, chatId, at) => db.write('telegram_group', () => insertGroup.run(botId, chatId, at).changes === 1),
    },
    prune: (before, except = []) =>
      db.write('telegram_prune', () => {
        const kept = JSON.stringify(except);
        return dropButtons.run(before, kept).changes + dropSends.run(before, kept).changes;
      }),
  };
}
