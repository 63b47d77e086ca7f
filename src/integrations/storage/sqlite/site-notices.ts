import type { SiteNotice, SiteNoticePlan, SiteNotices } from '../../../bot/accounts/site-notice.ts';
import type { SqliteDatabase } from './database.ts';

interface Row {
  readonly record: string;
  readonly reminded_at: number | null;
  readonly confirmed_at: number | null;
  readonly called: string | null;
}

const NAMES_CODE =
  "EXISTS (SELECT 1 FROM json_each(record, '$.codes') WHERE value IN (SELECT value FROM json_each(?)))";
const NAMES_CONVERSATION =
  "EXISTS (SELECT 1 FROM json_each(record, '$.sent') WHERE value ->> 'conversationId' IN (SELECT value FROM json_each(?)))";

/** What is told to accounts, as rows; what came of it stands in columns of its own. */
export function createSqliteSiteNotices(db: SqliteDatabase): SiteNotices {
  const insert = db.sqlite.prepare<[string, number, number, string]>(
    'INSERT INTO site_notices (id, open_until, at, record) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const select = db.sqlite.prepare<[string], Row>('SELECT * FROM site_notices WHERE id = ?');
  const selectOpen = db.sqlite.prepare<[number], Row>(
    'SELECT * FROM site_notices WHERE open_until > ? ORDER BY at, id',
  );
  const selectOfAccount = db.sqlite.prepare<[string, string], Row>(
    `SELECT * FROM site_notices WHERE record ->> 'outageId' = ? AND record ->> 'accountId' = ? ORDER BY at, id`,
  );
  const setSent = db.sqlite.prepare<[string, string]>(
    "UPDATE site_notices SET record = json_set(record, '$.sent', json(?)) WHERE id = ?",
  );
  const setConfirmed = db.sqlite.prepare<[number, string]>(
    'UPDATE site_notices SET confirmed_at = ? WHERE id = ? AND confirmed_at IS NULL',
  );
  const setReminded = db.sqlite.prepare<[number, string]>('UPDATE site_notices SET reminded_at = ? WHERE id = ?');
  const setCalled = db.sqlite.prepare<[string, string]>(
    'UPDATE site_notices SET called = ? WHERE id = ? AND called IS NULL',
  );
  const forgetOld = db.sqlite.prepare<[number, string, string]>(
    `DELETE FROM site_notices WHERE at < ? AND NOT ${NAMES_CODE} AND NOT ${NAMES_CONVERSATION}`,
  );

  const find = (id: string) => {
    const row = select.get(id);
    return row === undefined ? undefined : toNotice(row);
  };

  return {
    plan: (notice) =>
      db.write('plan_site_notice', () => {
        const { id, openUntil, at } = notice;
        const isNew = insert.run(id, openUntil, at, JSON.stringify(notice)).changes > 0;
        if (!isNew) {
          setSent.run(JSON.stringify(notice.sent), id);
        }
        return isNew;
      }),
    find: async (id) => find(id),
    open: async (now) => selectOpen.all(now).map(toNotice),
    ofAccount: async (outageId, accountId) => selectOfAccount.all(outageId, accountId).map(toNotice),
    confirm: (id, at) =>
      db.write('confirm_site_notice', () => {
        setConfirmed.run(at, id);
        return find(id);
      }),
    remind: (id, at) => db.write('remind_site_notice', () => void setReminded.run(at, id)),
    call: (id, called) =>
      db.write('call_site_notice', () => {
        setCalled.run(JSON.stringify(called), id);
        return find(id);
      }),
    prune: (before, { codes, conversations } = { codes: [], conversations: [] }) =>
      db.write(
        'prune_site_notices',
        () => forgetOld.run(before, JSON.stringify(codes), JSON.stringify(conversations)).changes,
      ),
  };
}

function toNotice({ record, reminded_at: remindedAt, confirmed_at: confirmedAt, called }: Row): SiteNotice {
  return {
    ...(JSON.parse(record) as SiteNoticePlan),
    ...(remindedAt !== null && { remindedAt }),
    ...(confirmedAt !== null && { confirmedAt }),
    ...(called !== null && { called: JSON.parse(called) as NonNullable<SiteNotice['called']> }),
  };
}
