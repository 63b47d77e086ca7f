import type { Customer, PlannedOutage } from '../../src/bot/records.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { createMongoAccountRecords } from '../../src/integrations/storage/mongo/account-records.ts';
import { AGENT_SLOTS, createMongoAgentSlots } from '../../src/integrations/storage/mongo/agent-slots.ts';
import { createMongoAgentStore } from '../../src/integrations/storage/mongo/agent-store.ts';
import { AUDIT, createMongoAuditLog } from '../../src/integrations/storage/mongo/audit-log.ts';
import { createMongoBotFrameworkReferences } from '../../src/integrations/storage/mongo/botframework-references.ts';
import { CAMPAIGNS, createMongoCampaignStore } from '../../src/integrations/storage/mongo/campaign-store.ts';
import { createMongoCannedChanges } from '../../src/integrations/storage/mongo/canned-changes.ts';
import type { Collection } from '../../src/integrations/storage/mongo/collection.ts';
import {
  CONTACTS,
  createContactRecount,
  createMongoContactRecords,
} from '../../src/integrations/storage/mongo/contacts.ts';
import { createMongoConversationStore } from '../../src/integrations/storage/mongo/conversation-store.ts';
import { createMongoConversationViews, SUMMARIES } from '../../src/integrations/storage/mongo/conversation-views.ts';
import { CRISIS_MESSAGES, createMongoCrisisRecords } from '../../src/integrations/storage/mongo/crisis-records.ts';
import { CUSTOMERS } from '../../src/integrations/storage/mongo/customer-documents.ts';
import { createMongoCustomerRecords } from '../../src/integrations/storage/mongo/customer-records.ts';
import type { MongoDatabase } from '../../src/integrations/storage/mongo/database.ts';
import { createMongoDeliveryLedger } from '../../src/integrations/storage/mongo/delivery-ledger.ts';
import { createMongoIncidentRecords, INCIDENTS } from '../../src/integrations/storage/mongo/incident-records.ts';
import { createMongoMediaStore, MEDIA, MEDIA_BYTES } from '../../src/integrations/storage/mongo/media-store.ts';
import { createMongoNoticeLedger, NOTICES } from '../../src/integrations/storage/mongo/notice-ledger.ts';
import { createMongoOptOuts } from '../../src/integrations/storage/mongo/opt-outs.ts';
import { createMongoOutageRecords, OUTAGES } from '../../src/integrations/storage/mongo/outage-records.ts';
import { createMongoOutageReports, OUTAGE_REPORTS } from '../../src/integrations/storage/mongo/outage-reports.ts';
import { createMongoPersonRows } from '../../src/integrations/storage/mongo/person-rows.ts';
import { createMongoRatingRecords } from '../../src/integrations/storage/mongo/rating-records.ts';
import { createMongoSearchIndex } from '../../src/integrations/storage/mongo/search-index.ts';
import { createMongoShiftRecords } from '../../src/integrations/storage/mongo/shift-records.ts';
import { createMongoSiteNotices } from '../../src/integrations/storage/mongo/site-notices.ts';
import { createMongoSlotCounter, SLOTS } from '../../src/integrations/storage/mongo/slot-counter.ts';
import { SPOKEN_WORDS } from '../../src/integrations/storage/mongo/spoken-words.ts';
import { createMongoStormSwitches } from '../../src/integrations/storage/mongo/storm-switches.ts';
import { createMongoSubscriptions, SUBSCRIPTIONS } from '../../src/integrations/storage/mongo/subscriptions.ts';
import { createMongoTelegramStore } from '../../src/integrations/storage/mongo/telegram-store.ts';
import { createMongoTicketNews, TICKET_NEWS } from '../../src/integrations/storage/mongo/ticket-news.ts';
import { createMongoTicketStore, TICKETS } from '../../src/integrations/storage/mongo/ticket-store.ts';
import { TURNS } from '../../src/integrations/storage/mongo/turn-document.ts';
import {
  createMongoUnclearMessages,
  UNCLEAR_MESSAGES,
  WORDS_DECISIONS,
} from '../../src/integrations/storage/mongo/unclear-messages.ts';
import { MARKS } from '../../src/integrations/storage/mongo/utility-marks.ts';
import { createMongoUtilityRecords } from '../../src/integrations/storage/mongo/utility-records.ts';
import { createMongoWorkLedger } from '../../src/integrations/storage/mongo/work-ledger.ts';
import { createMongoZaloStore } from '../../src/integrations/storage/mongo/zalo-store.ts';
import { accountRecordsContract } from '../contracts/account-records.contract.ts';
import { agentStoreContract } from '../contracts/agent-desk-store.contract.ts';
import { agentSlotsContract } from '../contracts/agent-slots.contract.ts';
import { auditLogContract } from '../contracts/audit-log.contract.ts';
import { campaignStoreContract } from '../contracts/campaign-store.contract.ts';
import { cannedChangesContract } from '../contracts/canned-changes.contract.ts';
import { contactRecordsContract } from '../contracts/contact-records.contract.ts';
import { crisisRecordsContract } from '../contracts/crisis-records.contract.ts';
import { customerRecordsContract } from '../contracts/customer-records.contract.ts';
import { deliveryLedgerContract } from '../contracts/delivery-ledger.contract.ts';
import { incidentRecordsContract } from '../contracts/incident-records.contract.ts';
import { mediaStoreContract } from '../contracts/media-store.contract.ts';
import { noticeLedgerContract } from '../contracts/notice-ledger.contract.ts';
import { optOutsContract } from '../contracts/opt-outs.contract.ts';
import { outageRecordsContract } from '../contracts/outage-records.contract.ts';
import { outageReportsContract } from '../contracts/outage-reports.contract.ts';
import { ratingRecordsContract } from '../contracts/rating-records.contract.ts';
import { referenceStoreContract } from '../contracts/reference-store.contract.ts';
import { searchIndexContract } from '../contracts/search-index.contract.ts';
import { shiftRecordsContract } from '../contracts/shift-records.contract.ts';
import { slotCounterContract } from '../contracts/slot-counter.contract.ts';
import { subscriptionsContract } from '../contracts/subscriptions.contract.ts';
import { telegramStoreContract } from '../contracts/telegram-store.contract.ts';
import { ticketNewsContract } from '../contracts/ticket-news.contract.ts';
import { ticketStoreContract } from '../contracts/ticket-store.contract.ts';
import { unclearMessagesContract } from '../contracts/unclear-messages.contract.ts';
import { workLedgerContract } from '../contracts/work-ledger.contract.ts';
import { zaloStoreContract } from '../contracts/zalo-store.contract.ts';
import { failingLog } from '../support/failing-log.ts';
import { describeOnMongo } from '../support/servers/describe-on-mongo.ts';

const utility = loadUtility();

describeOnMongo('the stores on MongoDB', (open) => {
  const on =
    <T>(stores: (db: MongoDatabase) => T) =>
    async () => {
      const db = await open();
      return { ...stores(db), close: () => db.close() };
    };
  const onEmpty =
    <T, D>(collection: Collection<D>, stores: (db: MongoDatabase) => T) =>
    async () => {
      const fixture = await on((db) => ({ db, ...stores(db) }))();
      await fixture.db.model(collection).deleteMany({});
      return fixture;
    };
  const conversations = on(conversationStores);

  deliveryLedgerContract('MongoDB', conversations);
  workLedgerContract('MongoDB', conversations);
  ratingRecordsContract('MongoDB', onEmpty(TURNS, conversationStores));
  customerRecordsContract(
    'MongoDB',
    on((opened) => {
      const db = { ...opened, seeksOnlyById: false };
      const records = createMongoUtilityRecords(db);
      return {
        records: createMongoCustomerRecords(db),
        async put({ customers = [], bills = [], payments = [] }) {
          await records.put('customers', customers);
          await records.put('bills', bills);
          await records.put('payments', payments);
        },
      };
    }),
  );
  outageRecordsContract('MongoDB', async () => {
    const fixture = await onEmpty(OUTAGES, (db) => {
      const incidents = createMongoIncidentRecords(db);
      return {
        records: createMongoOutageRecords(db, { ...utility, incidents }),
        append: incidents.append,
        put: (outages: readonly PlannedOutage[]) => createMongoUtilityRecords(db).put('outages', outages),
      };
    })();
    await fixture.db.model(INCIDENTS).deleteMany({});
    return fixture;
  });
  incidentRecordsContract('MongoDB', async () => {
    const fixture = await onEmpty(INCIDENTS, (db) => ({ incidents: createMongoIncidentRecords(db) }))();
    const other = await open();
    return {
      ...fixture,
      other: createMongoIncidentRecords(other),
      async close() {
        await fixture.close();
        await other.close();
      },
    };
  });
  crisisRecordsContract('MongoDB', async () => {
    const fixture = await onEmpty(CRISIS_MESSAGES, (db) => ({ crises: createMongoCrisisRecords(db) }))();
    const other = await open();
    return {
      ...fixture,
      other: createMongoCrisisRecords(other),
      async close() {
        await fixture.close();
        await other.close();
      },
    };
  });
  outageReportsContract(
    'MongoDB',
    onEmpty(OUTAGE_REPORTS, (db) => ({
      reports: createMongoOutageReports(db),
      storm: createMongoStormSwitches(db),
    })),
  );
  ticketStoreContract(
    'MongoDB',
    on((db) => ({ tickets: createMongoTicketStore(db) })),
  );
  accountRecordsContract(
    'MongoDB',
    on((db) => ({
      accounts: createMongoAccountRecords(db),
      siteNotices: createMongoSiteNotices(db),
      records: createMongoUtilityRecords(db),
      people: createMongoPersonRows(db),
    })),
  );
  slotCounterContract('MongoDB', (clock) => onEmpty(SLOTS, (db) => ({ slots: createMongoSlotCounter(db, clock) }))());
  campaignStoreContract(
    'MongoDB',
    onEmpty(CAMPAIGNS, (db) => ({ campaigns: createMongoCampaignStore(db) })),
  );
  subscriptionsContract(
    'MongoDB',
    onEmpty(SUBSCRIPTIONS, (db) => ({ subscriptions: createMongoSubscriptions(db) })),
  );
  noticeLedgerContract('MongoDB', (clock) =>
    onEmpty(NOTICES, (db) => ({ ledger: createMongoNoticeLedger(db, clock) }))(),
  );
  ticketNewsContract(
    'MongoDB',
    onEmpty(TICKET_NEWS, (db) => ({ ticketNews: createMongoTicketNews(db) })),
  );
  optOutsContract('MongoDB', (clock) => on((db) => ({ optOuts: createMongoOptOuts(db, clock) }))());
  mediaStoreContract('MongoDB', async (clock) => {
    const db = await open();
    await db.model(MEDIA).deleteMany({});
    await db.model(MEDIA_BYTES).deleteMany({});
    return {
      media: createMongoMediaStore(db, clock),
      reopen: async () => createMongoMediaStore(await open(), clock),
      async holds(bytes) {
        const parts = await db.model(MEDIA_BYTES).find();
        return parts.some((part) => part.bytes.includes(Buffer.from(bytes)));
      },
      close: () => db.close(),
    };
  });
  shiftRecordsContract('MongoDB', async () => {
    const fixture = await onEmpty(TURNS, (db) => ({ ...conversationStores(db), shift: createMongoShiftRecords(db) }))();
    await fixture.db.model(SUMMARIES).deleteMany({});
    return { ...fixture, catchUp: async () => void (await fixture.store.projectPending(1_000)) };
  });
  contactRecordsContract('MongoDB', async () => {
    const fixture = await onEmpty(TURNS, (db) => ({
      ...conversationStores(db),
      contacts: createMongoContactRecords(db, { readAtOnce: 5 }),
    }))();
    const { db } = fixture;
    for (const collection of [CONTACTS, SUMMARIES, MARKS]) {
      await db.model(collection as typeof CONTACTS).deleteMany({});
    }
    return {
      ...fixture,
      catchUp: async () => void (await fixture.store.projectPending(1_000)),
      async loseContacts() {
        await db.model(CONTACTS).deleteMany({});
        await db.model(MARKS).deleteMany({ _id: { $regex: '^contacts_revision' } });
      },
      async recount() {
        await createContactRecount(db).follow();
      },
      kept: async () => JSON.stringify(await db.model(CONTACTS).find().lean()),
    };
  });
  agentStoreContract(
    'MongoDB',
    on((db) => ({ store: createMongoAgentStore(db) })),
  );
  auditLogContract(
    'MongoDB',
    onEmpty(AUDIT, (db) => ({ audit: createMongoAuditLog(db) })),
  );
  cannedChangesContract(
    'MongoDB',
    on((db) => ({ canned: createMongoCannedChanges(db) })),
  );
  searchIndexContract('MongoDB', async () => {
    const fixture = await onEmpty(SPOKEN_WORDS, (db) => ({
      index: createMongoSearchIndex(db),
      store: createMongoConversationStore(db, failingLog),
      tickets: createMongoTicketStore(db),
      write: (customers: readonly Customer[]) => createMongoUtilityRecords(db).put('customers', customers),
      catchUp: async () => {},
    }))();
    await fixture.db.model(CUSTOMERS).deleteMany({});
    await fixture.db.model(TICKETS).deleteMany({});
    return fixture;
  });
  unclearMessagesContract('MongoDB', async () => {
    const fixture = await onEmpty(UNCLEAR_MESSAGES, (db) => ({
      unclear: createMongoUnclearMessages(db),
      store: createMongoConversationStore(db, failingLog),
      catchUp: async () => {},
    }))();
    await fixture.db.model(WORDS_DECISIONS).deleteMany({});
    return fixture;
  });
  agentSlotsContract(
    'MongoDB',
    onEmpty(AGENT_SLOTS, (db) => ({ slots: createMongoAgentSlots(db) })),
  );
  zaloStoreContract(
    'MongoDB',
    on((db) => ({ store: createMongoZaloStore(db) })),
  );
  telegramStoreContract(
    'MongoDB',
    on((db) => ({ store: createMongoTelegramStore(db) })),
  );
  referenceStoreContract(
    'MongoDB',
    on((db) => ({ store: createMongoBotFrameworkReferences(db) })),
  );
});

function conversationStores(db: MongoDatabase) {
  return {
    store: createMongoConversationStore(db, failingLog),
    views: createMongoConversationViews(db),
    ledger: createMongoDeliveryLedger(db),
    work: createMongoWorkLedger(db),
    ratings: createMongoRatingRecords(db),
  };
}
