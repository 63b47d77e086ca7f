import { createLocalBannerNews } from '../../src/integrations/banner/banner-news.ts';
import { createBannerReader } from '../../src/integrations/banner/read-banner.ts';
import { tellOfChanges } from '../../src/integrations/banner/tell-of-changes.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { createSqliteCrisisRecords } from '../../src/integrations/storage/sqlite/crisis-records.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteIncidentRecords } from '../../src/integrations/storage/sqlite/incident-records.ts';
import { createSqliteOutageReports } from '../../src/integrations/storage/sqlite/outage-reports.ts';
import { createSqliteStormSwitches } from '../../src/integrations/storage/sqlite/storm-switches.ts';
import { createManualClock } from './manual-clock.ts';

const utility = loadUtility();

/** Banners over real records in memory. What is written to `elsewhere` no news tells of, as when another node did it. */
export function openBannerBench() {
  const db = openDatabase({ path: ':memory:' });
  const clock = createManualClock();
  const news = createLocalBannerNews();
  const elsewhere = {
    crises: createSqliteCrisisRecords(db),
    incidents: createSqliteIncidentRecords(db),
    storm: createSqliteStormSwitches(db),
  };
  const reports = createSqliteOutageReports(db);
  const conversations = createSqliteConversationStore(db);
  const here = tellOfChanges(elsewhere, news);
  const customers = { customer: async () => undefined };
  const reader = createBannerReader({ ...here, ...utility, reports, conversations, customers, clock });
  return { ...{ clock, news, reader, here, elsewhere, reports, conversations }, close: () => db.close() };
}
