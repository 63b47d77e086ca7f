import { createMongoChainRedaction } from '../../src/integrations/storage/mongo/chain-redaction.ts';
import { createMongoConversationStore } from '../../src/integrations/storage/mongo/conversation-store.ts';
import { createMongoConversationViews } from '../../src/integrations/storage/mongo/conversation-views.ts';
import { createMongoDeliveryLedger } from '../../src/integrations/storage/mongo/delivery-ledger.ts';
import { createMongoLegalHolds } from '../../src/integrations/storage/mongo/legal-holds.ts';
import { createMongoTicketRedaction } from '../../src/integrations/storage/mongo/ticket-redaction.ts';
import { createMongoTicketStore } from '../../src/integrations/storage/mongo/ticket-store.ts';
import { createMongoUnclearMessages } from '../../src/integrations/storage/mongo/unclear-messages.ts';
import { personalDataContract } from '../contracts/personal-data.contract.ts';
import { failingLog } from '../support/failing-log.ts';
import { describeOnMongo } from '../support/servers/describe-on-mongo.ts';

describeOnMongo('personal data on MongoDB', (open) => {
  personalDataContract('MongoDB', async () => {
    const db = await open();
    return {
      store: createMongoConversationStore(db, failingLog),
      views: createMongoConversationViews(db),
      deliveries: createMongoDeliveryLedger(db),
      unclear: createMongoUnclearMessages(db),
      redaction: createMongoChainRedaction(db),
      tickets: createMongoTicketStore(db),
      ticketRedaction: createMongoTicketRedaction(db),
      holds: createMongoLegalHolds(db),
      close: () => db.close(),
    };
  });
});
