import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { createSqliteAccountRecords } from '../../src/integrations/storage/sqlite/account-records.ts';
import { createSqliteCampaignStore } from '../../src/integrations/storage/sqlite/campaign-store.ts';
import { createSqliteCrisisRecords } from '../../src/integrations/storage/sqlite/crisis-records.ts';
import { createSqliteCustomerRecords } from '../../src/integrations/storage/sqlite/customer-records.ts';
import { openDatabase, type SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteIncidentRecords } from '../../src/integrations/storage/sqlite/incident-records.ts';
import { createSqliteNoticeLedger } from '../../src/integrations/storage/sqlite/notice-ledger.ts';
import { createSqliteOptOuts } from '../../src/integrations/storage/sqlite/opt-outs.ts';
import { createSqliteOutageRecords } from '../../src/integrations/storage/sqlite/outage-records.ts';
import { createSqliteOutageReports } from '../../src/integrations/storage/sqlite/outage-reports.ts';
import { createSqlitePersonRows } from '../../src/integrations/storage/sqlite/person-rows.ts';
import { createRecordsWriter } from '../../src/integrations/storage/sqlite/records-writer.ts';
import { createSqliteSiteNotices } from '../../src/integrations/storage/sqlite/site-notices.ts';
import { createSqliteSlotCounter } from '../../src/integrations/storage/sqlite/slot-counter.ts';
import { createSqliteStormSwitches } from '../../src/integrations/storage/sqlite/storm-switches.ts';
import { createSqliteSubscriptions } from '../../src/integrations/storage/sqlite/subscriptions.ts';
import { createSqliteTicketNews } from '../../src/integrations/storage/sqlite/ticket-news.ts';
import { createSqliteTicketStore } from '../../src/integrations/storage/sqlite/ticket-store.ts';
import { createSqliteUtilityRecords } from '../../src/integrations/storage/sqlite/utility-records.ts';
import { accountRecordsContract } from '../contracts/account-records.contract.ts';
import { campaignStoreContract } from '../contracts/campaign-store.contract.ts';
import { crisisRecordsContract } from '../contracts/crisis-records.contract.ts';
import { customerRecordsContract } from '../contracts/customer-records.contract.ts';
import { incidentRecordsContract } from '../contracts/incident-records.contract.ts';
import { noticeLedgerContract } from '../contracts/notice-ledger.contract.ts';
import { optOutsContract } from '../contracts/opt-outs.contract.ts';
import { outageRecordsContract } from '../contracts/outage-records.contract.ts';
import { outageReportsContract } from '../contracts/outage-reports.contract.ts';
import { slotCounterContract } from '../contracts/slot-counter.contract.ts';
import { subscriptionsContract } from '../contracts/subscriptions.contract.ts';
import { ticketNewsContract } from '../contracts/ticket-news.contract.ts';
import { ticketStoreContract } from '../contracts/ticket-store.contract.ts';

const utility = loadUtility();

customerRecordsContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  const write = createRecordsWriter(db);
  return {
    records: createSqliteCustomerRecords(db),
    put: ({ customers = [], bills = [], payments = [] }) =>
      db.write('put', () => {
        customers.forEach(write.customers);
        bills.forEach(write.bills);
        payments.forEach(write.payments);
      }),
    close: () => db.close(),
  };
});

outageRecordsContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  const write = createRecordsWriter(db);
  const incidents = createSqliteIncidentRecords(db);
  return {
    records: createSqliteOutageRecords(db, { ...utility, incidents }),
    append: incidents.append,
    put: (outages) => db.write('put', () => outages.forEach(write.outages)),
    close: () => db.close(),
  };
});

incidentRecordsContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'incidents-'));
  const [db, other] = [0, 1].map(() => openDatabase({ path: join(folder, 'data.sqlite') })) as [
    SqliteDatabase,
    SqliteDatabase,
  ];
  return {
    incidents: createSqliteIncidentRecords(db),
    other: createSqliteIncidentRecords(other),
    async close() {
      await db.close();
      await other.close();
      rmSync(folder, { recursive: true });
    },
  };
});

crisisRecordsContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crises-'));
  const [db, other] = [0, 1].map(() => openDatabase({ path: join(folder, 'data.sqlite') })) as [
    SqliteDatabase,
    SqliteDatabase,
  ];
  return {
    crises: createSqliteCrisisRecords(db),
    other: createSqliteCrisisRecords(other),
    async close() {
      await db.close();
      await other.close();
      rmSync(folder, { recursive: true });
    },
  };
});

outageReportsContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  return {
    reports: createSqliteOutageReports(db, { readAtOnce: 2 }),
    storm: createSqliteStormSwitches(db),
    close: () => db.close(),
  };
});

ticketStoreContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  return { tickets: createSqliteTicketStore(db), close: () => db.close() };
});

slotCounterContract('SQLite', async (clock) => {
  const db = openDatabase({ path: ':memory:' });
  return { slots: createSqliteSlotCounter(db, clock), close: () => db.close() };
});

accountRecordsContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  return {
    accounts: createSqliteAccountRecords(db),
    siteNotices: createSqliteSiteNotices(db),
    records: createSqliteUtilityRecords(db),
    people: createSqlitePersonRows(db),
    close: () => db.close(),
  };
});
campaignStoreContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  return { campaigns: createSqliteCampaignStore(db), close: () => db.close() };
});
subscriptionsContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  return { subscriptions: createSqliteSubscriptions(db), close: () => db.close() };
});
noticeLedgerContract('SQLite', async (clock) => {
  const db = openDatabase({ path: ':memory:' });
  return { ledger: createSqliteNoticeLedger(db, clock), close: () => db.close() };
});
ticketNewsContract('SQLite', async () => {
  const db = openDatabase({ path: ':memory:' });
  return { ticketNews: createSqliteTicketNews(db), close: () => db.close() };
});
optOutsContract('SQLite', async (clock) => {
  const db = openDatabase({ path: ':memory:' });
  return { optOuts: createSqliteOptOuts(db, clock), close: () => db.close() };
});
