import { createSqliteChainRedaction } from '../../src/integrations/storage/sqlite/chain-redaction.ts';
import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteDeliveryLedger } from '../../src/integrations/storage/sqlite/delivery-ledger.ts';
import { createHeadCache } from '../../src/integrations/storage/sqlite/head-cache.ts';
import { createSqliteLegalHolds } from '../../src/integrations/storage/sqlite/legal-holds.ts';
import { createSqliteTicketRedaction } from '../../src/integrations/storage/sqlite/ticket-redaction.ts';
import { createSqliteTicketStore } from '../../src/integrations/storage/sqlite/ticket-store.ts';
import { createSqliteUnclearMessages } from '../../src/integrations/storage/sqlite/unclear-messages.ts';
import { personalDataContract } from '../contracts/personal-data.contract.ts';

personalDataContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  const heads = createHeadCache(db);
  return {
    store: createSqliteConversationStore(db, heads),
    views: createSqliteConversationViews(db),
    deliveries: createSqliteDeliveryLedger(db),
    unclear: createSqliteUnclearMessages(db),
    redaction: createSqliteChainRedaction(db, heads),
    tickets: createSqliteTicketStore(db),
    ticketRedaction: createSqliteTicketRedaction(db),
    holds: createSqliteLegalHolds(db),
    close: () => db.close(),
  };
});
