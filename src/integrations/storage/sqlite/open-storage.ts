import type { ProvinceNames } from '../../../bot/incidents/match-outage.ts';
import type { Clock } from '../../../bot/ports.ts';
import { keepErasedOut } from '../../privacy/erased-customers.ts';
import type { Storage } from '../storage.ts';
import { createSqliteAccountRecords } from './account-records.ts';
import { createSqliteAgentSlots } from './agent-slots.ts';
import { createSqliteAuditLog } from './audit-log.ts';
import { createSqliteBotFrameworkReferences } from './botframework-references.ts';
import { createSqliteCampaignStore } from './campaign-store.ts';
import { createSqliteCannedChanges } from './canned-changes.ts';
import { createSqliteChainRedaction } from './chain-redaction.ts';
import { createContactFollower, createContactRecount, createSqliteContactRecords } from './contacts.ts';
import { createSqliteConversationStore } from './conversation-store.ts';
import { createSqliteConversationViews } from './conversation-views.ts';
import { createSqliteCrisisRecords } from './crisis-records.ts';
import { createSqliteCustomerRecords } from './customer-records.ts';
import { openDatabase, type SqliteDatabase, type SqliteOptions } from './database.ts';
import { createSqliteDeliveryLedger } from './delivery-ledger.ts';
import { createSqliteDemoSms } from './demo-sms.ts';
import { createSqliteDeskStore } from './desk-store.ts';
import { createSqliteErasures } from './erasures.ts';
import { createSqliteEventInbox } from './event-inbox.ts';
import { createLaterProjection } from './follow-turns.ts';
import { createHeadCache } from './head-cache.ts';
import { createSqliteIncidentRecords } from './incident-records.ts';
import { createSqliteLegalHolds } from './legal-holds.ts';
import { createSqliteMediaStore } from './media-store.ts';
import { createSqliteNoticeLedger } from './notice-ledger.ts';
import { createSqliteOptOuts } from './opt-outs.ts';
import { createSqliteOutageRecords } from './outage-records.ts';
import { createSqliteOutageReports } from './outage-reports.ts';
import { createSqlitePersonRows } from './person-rows.ts';
import { createSqliteRatingRecords } from './rating-records.ts';
import { createSearchFollower } from './search/search-follower.ts';
import { createSqliteSearchIndex } from './search/search-index.ts';
import { createShiftFollower, createSqliteShiftRecords } from './shift-records.ts';
import { createSqliteSiteNotices } from './site-notices.ts';
import { createSqliteSlotCounter } from './slot-counter.ts';
import { createSqliteStormSwitches } from './storm-switches.ts';
import { createSqliteSubscriptions } from './subscriptions.ts';
import { createSqliteTelegramStore } from './telegram-store.ts';
import { createSqliteTicketNews } from './ticket-news.ts';
import { createSqliteTicketRedaction } from './ticket-redaction.ts';
import { createSqliteTicketStore } from './ticket-store.ts';
import { createSqliteUnclearMessages, createUnclearFollower } from './unclear-messages.ts';
import { createSqliteUtilityRecords } from './utility-records.ts';
import { createSqliteWorkLedger } from './work-ledger.ts';
import { createSqliteZaloStore } from './zalo-store.ts';

export interface SqliteStorageOptions extends SqliteOptions {
  readonly clock: Clock;
  /** Where files of customers are kept; made when the first one comes. */
  readonly mediaFolder: string;
  /** All names of a province, old and new. */
  readonly provinceNames: ProvinceNames;
}

/** Every store of the embedded engine, over one file. */
export interface SqliteStorage extends Storage {
  readonly db: SqliteDatabase;
}

/** Opens the file, brings it up to date, and puts the stores over it. */
export function openSqliteStorage({
  clock,
  provinceNames,
  mediaFolder,
  ...options
}: SqliteStorageOptions): SqliteStorage {
  const db = openDatabase(options);
  const search = createSqliteSearchIndex(db);
  const heads = createHeadCache(db);
  const incidents = createSqliteIncidentRecords(db);
  const erasures = createSqliteErasures(db);
  const recount = createContactRecount(db);
  const later = createLaterProjection(
    db,
    [
      createSearchFollower(db.sqlite),
      createShiftFollower(db.sqlite),
      createUnclearFollower(db.sqlite),
      createContactFollower(db.sqlite),
    ],
    heads,
  );
  return {
    db,
    conversations: createSqliteConversationStore(db, heads),
    views: createSqliteConversationViews(db),
    inbox: createSqliteEventInbox(db),
    deliveries: createSqliteDeliveryLedger(db),
    work: createSqliteWorkLedger(db),
    slots: createSqliteSlotCounter(db, clock),
    customers: createSqliteCustomerRecords(db),
    outages: createSqliteOutageRecords(db, { provinceNames, incidents }),
    incidents,
    reports: createSqliteOutageReports(db),
    storm: createSqliteStormSwitches(db),
    crises: createSqliteCrisisRecords(db),
    tickets: createSqliteTicketStore(db),
    ticketNews: createSqliteTicketNews(db),
    ratings: createSqliteRatingRecords(db),
    agents: createSqliteDeskStore(db),
    agentSlots: createSqliteAgentSlots(db),
    canned: createSqliteCannedChanges(db),
    audit: createSqliteAuditLog(db),
    optOuts: createSqliteOptOuts(db, clock),
    noticeLedger: createSqliteNoticeLedger(db, clock),
    subscriptions: createSqliteSubscriptions(db),
    campaigns: createSqliteCampaignStore(db),
    accounts: createSqliteAccountRecords(db),
    siteNotices: createSqliteSiteNotices(db),
    media: createSqliteMediaStore(db, { folder: mediaFolder, clock }),
    redaction: createSqliteChainRedaction(db, heads),
    ticketRedaction: createSqliteTicketRedaction(db),
    holds: createSqliteLegalHolds(db),
    erasures,
    people: createSqlitePersonRows(db),
    search,
    shift: createSqliteShiftRecords(db),
    unclear: createSqliteUnclearMessages(db),
    contacts: createSqliteContactRecords(db),
    later: { follow: async () => (await later.follow()) + (await recount.follow()) },
    zalo: createSqliteZaloStore(db),
    telegram: createSqliteTelegramStore(db),
    botFramework: createSqliteBotFrameworkReferences(db),
    records: keepErasedOut(createSqliteUtilityRecords(db), erasures),
    demoSms: createSqliteDemoSms(db),
    isShared: false,
    checkReady: async () => void db.sqlite.prepare('SELECT 1').get(),
    async close() {
      await search.close();
      await db.close();
    },
  };
}
