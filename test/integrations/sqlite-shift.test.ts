import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createLaterProjection } from '../../src/integrations/storage/sqlite/follow-turns.ts';
import { createShiftFollower, createSqliteShiftRecords } from '../../src/integrations/storage/sqlite/shift-records.ts';
import { shiftRecordsContract } from '../contracts/shift-records.contract.ts';

shiftRecordsContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  const later = createLaterProjection(db, [createShiftFollower(db.sqlite)]);
  return {
    shift: createSqliteShiftRecords(db),
    store: createSqliteConversationStore(db),
    catchUp: async () => void (await later.follow()),
    close: () => db.close(),
  };
});
