import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteDeliveryLedger } from '../../src/integrations/storage/sqlite/delivery-ledger.ts';
import { createSqliteEventInbox } from '../../src/integrations/storage/sqlite/event-inbox.ts';
import { createSqliteRatingRecords } from '../../src/integrations/storage/sqlite/rating-records.ts';
import { createSqliteWorkLedger } from '../../src/integrations/storage/sqlite/work-ledger.ts';
import { conversationStoreContract } from '../contracts/conversation-store.contract.ts';
import { deliveryLedgerContract } from '../contracts/delivery-ledger.contract.ts';
import { eventInboxContract } from '../contracts/event-inbox.contract.ts';
import { ratingRecordsContract } from '../contracts/rating-records.contract.ts';
import { workLedgerContract } from '../contracts/work-ledger.contract.ts';
import { freshConversation, sampleTurn } from '../support/sample-turn.ts';

async function open() {
  const db = openDatabase({ path: ':memory:' });
  return {
    store: createSqliteConversationStore(db),
    views: createSqliteConversationViews(db),
    inbox: createSqliteEventInbox(db),
    ledger: createSqliteDeliveryLedger(db),
    work: createSqliteWorkLedger(db),
    ratings: createSqliteRatingRecords(db),
    close: () => db.close(),
  };
}

conversationStoreContract('SQLite', open);
eventInboxContract('SQLite', open);
deliveryLedgerContract('SQLite', open);
workLedgerContract('SQLite', open);
ratingRecordsContract('SQLite', open);

test('a write that shares its transaction with a new turn goes on with the head of after', async () => {
  const db = openDatabase({ path: ':memory:' });
  const store = createSqliteConversationStore(db);
  const id = freshConversation();
  await store.commit(sampleTurn(id, 1));
  // The attempt of a message and a take-over, written together: what follows the attempt must see the take-over.
  const headAfterAttempt = db.write('begin_attempt', () => {}).then(() => store.head(id));
  const takeOver = store.commit(sampleTurn(id, 2));
  expect((await headAfterAttempt)?.version).toBe(2);
  expect(await takeOver).toBe('committed');
  await db.close();
});

test('turns of an earlier release are there as before, and the oldest words are found without sorting', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-turns-'));
  const path = join(folder, 'data.sqlite');
  const [earlier, id] = [openDatabase({ path }), freshConversation()];
  earlier.sqlite.exec(`
    DELETE FROM schema_migrations WHERE name = '180-turns-by-row.sql';
    DROP TABLE turns;
    CREATE TABLE turns (conversation_id TEXT NOT NULL, version INTEGER NOT NULL, last_seq INTEGER NOT NULL,
      id TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, details TEXT NOT NULL, messages TEXT NOT NULL,
      state TEXT NOT NULL, PRIMARY KEY (conversation_id, version)) STRICT, WITHOUT ROWID;
    ALTER TABLE turns ADD COLUMN redacted_at INTEGER;
    CREATE INDEX turns_with_words ON turns (at) WHERE redacted_at IS NULL;`);
  const turns = [sampleTurn(id, 1), { ...sampleTurn(id, 2), redactedAt: 7 }, sampleTurn(freshConversation(), 1)];
  const store = createSqliteConversationStore(earlier);
  for (const turn of turns) {
    await store.commit(turn);
  }
  earlier.sqlite.exec("UPDATE turns SET redacted_at = details ->> 'redactedAt'");
  const rows = 'SELECT * FROM turns ORDER BY conversation_id, version';
  const before = earlier.sqlite.prepare(rows).all();
  await earlier.close();

  const db = openDatabase({ path });
  expect(db.sqlite.prepare(rows).all()).toEqual(before);
  expect(await createSqliteConversationStore(db).turns(id, 0, 10)).toEqual(turns.slice(0, 2));
  const plan = db.sqlite.prepare(
    'EXPLAIN QUERY PLAN SELECT * FROM turns WHERE redacted_at IS NULL AND at < 9 ORDER BY at, conversation_id, version',
  );
  expect(plan.all()).toMatchObject([{ detail: expect.stringContaining('INDEX turns_with_words (at<?)') }]);
  expect(() => db.sqlite.prepare('SELECT rowid FROM turns')).not.toThrow();
  await db.close();
  rmSync(folder, { recursive: true });
});
