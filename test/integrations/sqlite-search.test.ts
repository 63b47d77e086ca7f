import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createLaterProjection } from '../../src/integrations/storage/sqlite/follow-turns.ts';
import { createRecordsWriter } from '../../src/integrations/storage/sqlite/records-writer.ts';
import { createSearchFollower } from '../../src/integrations/storage/sqlite/search/search-follower.ts';
import { createSqliteSearchIndex } from '../../src/integrations/storage/sqlite/search/search-index.ts';
import { createSqliteTicketStore } from '../../src/integrations/storage/sqlite/ticket-store.ts';
import { type SearchIndexFixture, searchIndexContract } from '../contracts/search-index.contract.ts';

async function openAt(path: string, whenClosed = () => {}): Promise<SearchIndexFixture> {
  const db = openDatabase({ path });
  const index = createSqliteSearchIndex(db);
  const later = createLaterProjection(db, [createSearchFollower(db.sqlite)]);
  const writer = createRecordsWriter(db);
  return {
    index,
    store: createSqliteConversationStore(db),
    tickets: createSqliteTicketStore(db),
    write: (customers) => db.write('customers', () => customers.forEach(writer.customers)),
    catchUp: async () => void (await later.follow()),
    async close() {
      await index.close();
      await db.close();
      whenClosed();
    },
  };
}

searchIndexContract('SQLite in memory', () => openAt(':memory:'));
searchIndexContract('SQLite in a file, read by a thread', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-search-'));
  return openAt(join(folder, 'data.sqlite'), () => rmSync(folder, { recursive: true }));
});
