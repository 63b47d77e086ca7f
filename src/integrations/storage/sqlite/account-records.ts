import { type Account, type AccountRecords, withoutSite } from '../../../bot/accounts/account.ts';
import type { SiteNoticePlan } from '../../../bot/accounts/site-notice.ts';
import type { ConversationId } from '../../../bot/message.ts';
import type { SqliteDatabase } from './database.ts';

/** Has a site with the code `?`. */
const HAS_SITE = "EXISTS (SELECT 1 FROM json_each(record, '$.sites') WHERE value ->> 'code' = ?)";

/** Accounts as rows. */
export function createSqliteAccountRecords({ sqlite }: Pick<SqliteDatabase, 'sqlite'>): AccountRecords {
  const select = sqlite.prepare<[string], string>('SELECT record FROM accounts WHERE id = ?').pluck();
  const selectPage = sqlite
    .prepare<[object], string>(
      'SELECT record FROM accounts WHERE kind = @kind AND id > @after ORDER BY id LIMIT @limit',
    )
    .pluck();
  const tally = sqlite.prepare<[string], number>('SELECT COUNT(*) FROM accounts WHERE kind = ?').pluck();
  const selectWith = sqlite
    .prepare<[string], string>(`SELECT record FROM accounts WHERE ${HAS_SITE} ORDER BY id`)
    .pluck();
  return {
    async account(id) {
      const record = select.get(id);
      return record === undefined ? undefined : parse(record);
    },
    accountPage: async ({ kind, after = '', limit }) => selectPage.all({ kind, after, limit }).map(parse),
    countAccounts: async (kind) => tally.get(kind) ?? 0,
    accountsWith: async (customerCode) => selectWith.all(customerCode).map(parse),
  };
}

/** What is kept about a contract of an account, and who was told of it. Call inside `db.write`. */
export function createSqliteAccountSites({ sqlite }: Pick<SqliteDatabase, 'sqlite'>) {
  const selectWith = sqlite.prepare<[string], string>(`SELECT record FROM accounts WHERE ${HAS_SITE}`).pluck();
  const replace = sqlite.prepare<[string, string]>('UPDATE accounts SET record = ? WHERE id = ?');
  const forget = sqlite.prepare<[string]>('DELETE FROM accounts WHERE id = ?');
  const selectNotices = sqlite
    .prepare<[string], string>(
      "SELECT record FROM site_notices WHERE EXISTS (SELECT 1 FROM json_each(record, '$.codes') WHERE value = ?)",
    )
    .pluck();
  const replaceNotice = sqlite.prepare<[string, string]>('UPDATE site_notices SET record = ? WHERE id = ?');
  const forgetNotice = sqlite.prepare<[string]>('DELETE FROM site_notices WHERE id = ?');
  const forgetTold = sqlite.prepare<[string]>(
    "DELETE FROM site_notices WHERE EXISTS (SELECT 1 FROM json_each(record, '$.sent') WHERE value ->> 'conversationId' = ?)",
  );
  return {
    forgetToldTo: (conversationId: ConversationId): void => void forgetTold.run(conversationId),
    /** Takes a contract out of its account and of the notices; an account without any other is forgotten. */
    forgetSite(customerCode: string): void {
      for (const account of selectWith.all(customerCode).map(parse)) {
        const rest = withoutSite(account, customerCode);
        if (rest === undefined) {
          forget.run(account.id);
        } else {
          replace.run(JSON.stringify(rest), account.id);
        }
      }
      for (const record of selectNotices.all(customerCode)) {
        const plan = JSON.parse(record) as SiteNoticePlan;
        const codes = plan.codes.filter((code) => code !== customerCode);
        if (codes.length === 0) {
          forgetNotice.run(plan.id);
        } else {
          replaceNotice.run(JSON.stringify({ ...plan, codes }), plan.id);
        }
      }
    },
  };
}

function parse(record: string): Account {
  return JSON.parse(record) as Account;
}
