import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createSqliteChainRedaction } from '../../src/integrations/storage/sqlite/chain-redaction.ts';
import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createLaterProjection } from '../../src/integrations/storage/sqlite/follow-turns.ts';
import { createHeadCache } from '../../src/integrations/storage/sqlite/head-cache.ts';
import { createRecordsWriter } from '../../src/integrations/storage/sqlite/records-writer.ts';
import { createSearchFollower } from '../../src/integrations/storage/sqlite/search/search-follower.ts';
import { createSqliteSearchIndex } from '../../src/integrations/storage/sqlite/search/search-index.ts';
import { createSqliteTicketStore } from '../../src/integrations/storage/sqlite/ticket-store.ts';
import { type SearchIndexFixture, searchIndexContract } from '../contracts/search-index.contract.ts';
import { customerMessage, freshConversation, sampleTurn } from '../support/sample-turn.ts';

async function openAt(path: string, keepsTurns: boolean, whenClosed = () => {}): Promise<SearchIndexFixture> {
  const db = openDatabase({ path });
  const heads = createHeadCache(db);
  const index = createSqliteSearchIndex(db);
  const later = createLaterProjection(db, [createSearchFollower(db.sqlite)], keepsTurns ? heads : undefined);
  const writer = createRecordsWriter(db);
  return {
    index,
    store: createSqliteConversationStore(db, heads),
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

searchIndexContract('SQLite in memory, turns read back from their rows', () => openAt(':memory:', false));
searchIndexContract('SQLite in a file, read by a thread, turns kept until they are followed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-search-'));
  return openAt(join(folder, 'data.sqlite'), true, () => rmSync(folder, { recursive: true }));
});

test.each(['this process', 'another'])(
  'words that %s took out before they were followed are not found',
  async (who) => {
    const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-search-'));
    const path = join(folder, 'data.sqlite');
    const [here, there] = [openChain(path), openChain(path)];
    const said = sampleTurn(freshConversation(), 1, { messages: [customerMessage(1, 'số nhà 12 đường Hoa Sữa')] });
    await here.store.commit(said);
    const { redaction } = who === 'another' ? there : here;
    await redaction.replace([{ ...said, messages: [customerMessage(1, '[đã xóa]')], redactedAt: 9 }]);
    // Another process is noticed from the next round of the event loop on.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await here.later.follow()).toBe(1);
    const found = here.db.sqlite.prepare('SELECT count(*) FROM search_message_words WHERE words MATCH ?').pluck();
    expect([found.get('"xoa"'), found.get('"hoa" AND "sua"')]).toEqual([1, 0]);
    await here.db.close();
    await there.db.close();
    rmSync(folder, { recursive: true });
  },
);

function openChain(path: string) {
  const db = openDatabase({ path });
  const heads = createHeadCache(db);
  return {
    db,
    store: createSqliteConversationStore(db, heads),
    redaction: createSqliteChainRedaction(db, heads),
    later: createLaterProjection(db, [createSearchFollower(db.sqlite)], heads),
  };
}
