import {
  createContactFollower,
  createContactRecount,
  createSqliteContactRecords,
} from '../../src/integrations/storage/sqlite/contacts.ts';
import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createLaterProjection } from '../../src/integrations/storage/sqlite/follow-turns.ts';
import { createHeadCache } from '../../src/integrations/storage/sqlite/head-cache.ts';
import { contactRecordsContract } from '../contracts/contact-records.contract.ts';

contactRecordsContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  const heads = createHeadCache(db);
  const later = createLaterProjection(db, [createContactFollower(db.sqlite)], heads);
  return {
    contacts: createSqliteContactRecords(db, { readAtOnce: 5 }),
    store: createSqliteConversationStore(db, heads),
    catchUp: async () => void (await later.follow()),
    async loseContacts() {
      db.sqlite.exec("DELETE FROM contacts; DELETE FROM data_marks WHERE name = 'contacts_revision'");
    },
    async recount() {
      await createContactRecount(db).follow();
    },
    kept: async () => JSON.stringify(db.sqlite.prepare('SELECT * FROM contacts').all()).replaceAll('\\', ''),
    close: () => db.close(),
  };
});
