import { parseConversationId } from '../../../bot/conversation.ts';
import type { PersonRows } from '../../../bot/erasures.ts';
import { ERASED } from '../../../bot/redact-turn.ts';
import { wordsOf } from '../../agent-desk/unclear-messages.ts';
import { createSqliteAccountSites } from './account-records.ts';
import type { SqliteDatabase } from './database.ts';

/** Tables with a column `conversation_id` whose rows go with the words. */
const OF_CONVERSATION = [
  ...['zalo_buttons', 'zalo_sends', 'zalo_waiting', 'zalo_interactions', 'telegram_buttons', 'telegram_sends'],
  ...['effects', 'notices', 'conversation_codes', 'subscriptions', 'outage_reports', 'incident_links'],
];
const OF_CUSTOMER = { customers: 'code', bills: 'customer_code', payments: 'customer_code' } as const;
const SEARCHES = ['search_message_words', 'search_customer_words', 'search_ticket_words'];
/** Pages of the search that are merged in one write: messages must not wait long. */
const PAGES_AT_ONCE = 200;

/** Rows about a person in the SQLite file. */
export function createSqlitePersonRows(db: SqliteDatabase): PersonRows {
  const { sqlite } = db;
  const forgetRows = OF_CONVERSATION.map((table) => sqlite.prepare(`DELETE FROM ${table} WHERE conversation_id = ?`));
  const forgetReference = sqlite.prepare('DELETE FROM botframework_references WHERE customer = ?');
  const forgetRecords = Object.entries(OF_CUSTOMER).map(([table, column]) =>
    sqlite.prepare(`DELETE FROM ${table} WHERE ${column} = ?`),
  );
  const forgetCodes = sqlite.prepare('DELETE FROM conversation_codes WHERE customer_code = ?');
  const forgetSubscriptions = sqlite.prepare('DELETE FROM subscriptions WHERE customer_code = ?');
  const forgetUnclear = sqlite.prepare('DELETE FROM unclear_messages WHERE words = ?');
  const forgetDecisions = sqlite.prepare('DELETE FROM words_decisions WHERE words = ?');
  const forgetNotices = sqlite.prepare('DELETE FROM notices WHERE instr(key, ?) > 0');
  const accounts = createSqliteAccountSites(db);
  const forgetDemoSms = sqlite.prepare('DELETE FROM demo_sms WHERE recipient = ?');
  const forgetHolds = sqlite.prepare('DELETE FROM legal_holds WHERE instr(hold, ?) > 0');
  const coverAudit = sqlite.prepare(
    `UPDATE audit_log SET subject = iif(instr(subject, :words), '${ERASED}', subject),
       reason = iif(instr(reason, :words), '${ERASED}', reason)
     WHERE instr(subject, :words) > 0 OR instr(reason, :words) > 0`,
  );

  /** Brings the parts of a search together, which leaves out what was deleted; in small writes. */
  async function mergeSearch(table: string): Promise<void> {
    const merge = sqlite.prepare(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`);
    const changes = sqlite.prepare<[], number>('SELECT total_changes()').pluck();
    for (let pages = -PAGES_AT_ONCE; ; pages = PAGES_AT_ONCE) {
      const isDone = await db.write('merge_search', () => {
        const before = changes.get() ?? 0;
        merge.run(pages);
        // As the manual of FTS5 says: fewer than two changes mean that there was nothing to merge.
        return (changes.get() ?? 0) - before < 2;
      });
      if (isDone) {
        return;
      }
    }
  }

  return {
    forgetConversation: (conversationId) =>
      db.write('forget_conversation', () => {
        for (const forget of forgetRows) {
          forget.run(conversationId);
        }
        accounts.forgetToldTo(conversationId);
        forgetReference.run(parseConversationId(conversationId).customer);
      }),
    forgetWords: (texts) =>
      db.write('forget_words', () => {
        for (const words of texts.map(wordsOf)) {
          forgetUnclear.run(words);
          forgetDecisions.run(words);
        }
      }),
    forgetCustomer: ({ customerCode, name, phone }) =>
      db.write('forget_customer', () => {
        const records = forgetRecords.reduce((sum, forget) => sum + forget.run(customerCode).changes, 0);
        forgetCodes.run(customerCode);
        forgetSubscriptions.run(customerCode);
        forgetNotices.run(customerCode);
        forgetHolds.run(customerCode);
        accounts.forgetSite(customerCode);
        forgetDemoSms.run(phone ?? '');
        for (const words of [customerCode, name, phone]) {
          if (words !== undefined) {
            coverAudit.run({ words });
          }
        }
        return records;
      }),
    async compact() {
      for (const table of SEARCHES) {
        await mergeSearch(table);
      }
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
    },
  };
}
