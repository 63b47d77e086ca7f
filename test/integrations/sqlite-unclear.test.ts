import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createLaterProjection } from '../../src/integrations/storage/sqlite/follow-turns.ts';
import {
  createSqliteUnclearMessages,
  createUnclearFollower,
} from '../../src/integrations/storage/sqlite/unclear-messages.ts';
import { unclearMessagesContract } from '../contracts/unclear-messages.contract.ts';

unclearMessagesContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  const later = createLaterProjection(db, [createUnclearFollower(db.sqlite)]);
  return {
    unclear: createSqliteUnclearMessages(db),
    store: createSqliteConversationStore(db),
    catchUp: async () => void (await later.follow()),
    close: () => db.close(),
  };
});
