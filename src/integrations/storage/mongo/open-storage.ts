import type { ProvinceNames } from '../../../bot/incidents/match-outage.ts';
import type { Clock } from '../../../bot/ports.ts';
import { keepErasedOut } from '../../privacy/erased-customers.ts';
import type { Storage } from '../storage.ts';
import { createMongoAccountRecords } from './account-records.ts';
import { createMongoAgentSlots } from './agent-slots.ts';
import { createMongoAgentStore } from './agent-store.ts';
import { createMongoAuditLog } from './audit-log.ts';
import { createMongoBotFrameworkReferences } from './botframework-references.ts';
import { createMongoCampaignStore } from './campaign-store.ts';
import { createMongoCannedChanges } from './canned-changes.ts';
import { createMongoChainRedaction } from './chain-redaction.ts';
import { COLLECTIONS } from './collections.ts';
import { createContactRecount, createMongoContactRecords } from './contacts.ts';
import { createMongoConversationStore, type StoreLog } from './conversation-store.ts';
import { createMongoConversationViews } from './conversation-views.ts';
import { createMongoCrisisRecords } from './crisis-records.ts';
import { createMongoCustomerRecords } from './customer-records.ts';
import { type MongoOptions, openMongoDatabase } from './database.ts';
import { createMongoDeliveryLedger } from './delivery-ledger.ts';
import { createMongoDemoSms } from './demo-sms.ts';
import { createMongoErasures } from './erasures.ts';
import { createMongoEventInbox } from './event-inbox.ts';
import { createSearchFilling } from './fill-search.ts';
import { followInTurn } from './follow-in-turn.ts';
import { createMongoIncidentRecords } from './incident-records.ts';
import { createMongoLegalHolds } from './legal-holds.ts';
import { createMongoMediaStore } from './media-store.ts';
import { createMongoNoticeLedger } from './notice-ledger.ts';
import { createMongoOptOuts } from './opt-outs.ts';
import { createMongoOutageRecords } from './outage-records.ts';
import { createMongoOutageReports } from './outage-reports.ts';
import { createMongoPersonRows } from './person-rows.ts';
import { createMongoRatingRecords } from './rating-records.ts';
import { createRecordListing } from './record-listing.ts';
import { createMongoSearchIndex } from './search-index.ts';
import { createMongoShiftRecords } from './shift-records.ts';
import { createMongoSiteNotices } from './site-notices.ts';
import { createMongoSlotCounter } from './slot-counter.ts';
import { createMongoStormSwitches } from './storm-switches.ts';
import { createMongoSubscriptions } from './subscriptions.ts';
import { createMongoTelegramStore } from './telegram-store.ts';
import { createMongoTicketNews } from './ticket-news.ts';
import { createMongoTicketRedaction } from './ticket-redaction.ts';
import { createMongoTicketStore } from './ticket-store.ts';
import { createMongoUnclearMessages } from './unclear-messages.ts';
import { createMongoUtilityRecords } from './utility-records.ts';
import { createMongoWorkLedger } from './work-ledger.ts';
import { createMongoZaloStore } from './zalo-store.ts';

export interface MongoStorageOptions extends Omit<MongoOptions, 'collections'> {
  readonly clock: Clock;
  /** All names of a province, old and new. */
  readonly provinceNames: ProvinceNames;
  readonly log: StoreLog;
}

/** Connects to the server, makes what indexes are missing, and puts the stores over it. */
export async function openMongoStorage({
  clock,
  provinceNames,
  log,
  ...options
}: MongoStorageOptions): Promise<Storage> {
  const db = await openMongoDatabase({ ...options, collections: COLLECTIONS });
  const incidents = createMongoIncidentRecords(db);
  const erasures = createMongoErasures(db);
  const listing = createRecordListing(db);
  if (db.seeksOnlyById && (await listing.isEmpty())) {
    await listing.follow();
  }
  return {
    conversations: createMongoConversationStore(db, log),
    views: createMongoConversationViews(db),
    inbox: createMongoEventInbox(db),
    deliveries: createMongoDeliveryLedger(db),
    work: createMongoWorkLedger(db),
    slots: createMongoSlotCounter(db, clock),
    customers: createMongoCustomerRecords(db),
    outages: createMongoOutageRecords(db, { provinceNames, incidents }),
    incidents,
    reports: createMongoOutageReports(db),
    storm: createMongoStormSwitches(db),
    crises: createMongoCrisisRecords(db),
    tickets: createMongoTicketStore(db),
    ticketNews: createMongoTicketNews(db),
    ratings: createMongoRatingRecords(db),
    agents: createMongoAgentStore(db),
    agentSlots: createMongoAgentSlots(db),
    optOuts: createMongoOptOuts(db, clock),
    noticeLedger: createMongoNoticeLedger(db, clock),
    subscriptions: createMongoSubscriptions(db),
    campaigns: createMongoCampaignStore(db),
    accounts: createMongoAccountRecords(db),
    siteNotices: createMongoSiteNotices(db),
    media: createMongoMediaStore(db, clock),
    redaction: createMongoChainRedaction(db),
    ticketRedaction: createMongoTicketRedaction(db),
    holds: createMongoLegalHolds(db),
    erasures,
    people: createMongoPersonRows(db),
    canned: createMongoCannedChanges(db),
    audit: createMongoAuditLog(db),
    search: createMongoSearchIndex(db),
    shift: createMongoShiftRecords(db),
    contacts: createMongoContactRecords(db),
    later: followInTurn([createContactRecount(db), createSearchFilling(db), listing]),
    unclear: createMongoUnclearMessages(db),
    zalo: createMongoZaloStore(db),
    telegram: createMongoTelegramStore(db),
    botFramework: createMongoBotFrameworkReferences(db),
    records: keepErasedOut(createMongoUtilityRecords(db), erasures),
    demoSms: createMongoDemoSms(db),
    isShared: true,
    checkReady: () => db.ping(),
    close: () => db.close(),
  };
}
