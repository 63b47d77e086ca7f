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
