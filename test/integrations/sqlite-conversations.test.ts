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
