import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { createSqliteAccountRecords } from '../../src/integrations/storage/sqlite/account-records.ts';
import { createSqliteCustomerRecords } from '../../src/integrations/storage/sqlite/customer-records.ts';
import { openDatabase, type SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteIncidentRecords } from '../../src/integrations/storage/sqlite/incident-records.ts';
import { createSqliteOutageRecords } from '../../src/integrations/storage/sqlite/outage-records.ts';
import { createRecordsWriter } from '../../src/integrations/storage/sqlite/records-writer.ts';
import { createIndexReader } from '../../src/integrations/storage/sqlite/search/read-index.ts';
import { createSqliteTicketStore } from '../../src/integrations/storage/sqlite/ticket-store.ts';

/** Tables that hold millions of rows at a large utility. */
const LARGE = ['customers', 'bills', 'payments', 'search_customers', 'outages'];

let db: SqliteDatabase;
let asked: string[];

beforeAll(() => {
  db = openDatabase({ path: ':memory:' });
  asked = [];
  const prepare = db.sqlite.prepare.bind(db.sqlite);
  db.sqlite.prepare = ((sql: string) => {
    asked.push(sql);
    return prepare(sql);
  }) as typeof db.sqlite.prepare;
  createSqliteCustomerRecords(db);
  createSqliteOutageRecords(db, { ...loadUtility(), incidents: createSqliteIncidentRecords(db) });
  createSqliteTicketStore(db);
  createSqliteAccountRecords(db);
  createRecordsWriter(db);
  createIndexReader(db.sqlite);
  db.sqlite.prepare = prepare;
});
afterAll(() => db.close());

/** What SQLite says it would do, a line for each table. */
function planOf(sql: string): readonly string[] {
  const names = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, name = '']) => [name, 'x']));
  const values = Object.keys(names).length > 0 ? [names] : [...sql.matchAll(/\?/g)].map(() => 'x');
  const plan = db.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { readonly detail: string }[];
  return plan.map(({ detail }) => detail);
}

/** Lines that go through all rows of a large table, under its name or the short one that the query gives it. */
function scansOf(sql: string): readonly string[] {
  const names = LARGE.flatMap((table) => {
    const [, short] = new RegExp(`\\b${table} (?!WHERE|ORDER|JOIN|ON|SET)(\\w+)`).exec(sql) ?? [];
    return [table, ...(short === undefined ? [] : [short])];
  });
  return planOf(sql).filter((line) =>
    names.some((name) => line === `SCAN ${name}` || line.startsWith(`SCAN ${name} `)),
  );
}

test('No look-up of a customer, his bills and payments, an outage or the search goes through a whole table', () => {
  const lookUps = asked.filter((sql) => /^\s*SELECT/.test(sql) && LARGE.some((table) => sql.includes(table)));
  expect(lookUps.length).toBeGreaterThanOrEqual(8);
  expect(lookUps.flatMap((sql) => scansOf(sql).map((line) => ({ sql, line })))).toEqual([]);
});

test('A look-up that goes through a whole table would be seen', () => {
  expect(scansOf("SELECT record FROM bills WHERE record ->> 'total' > ?")).toEqual(['SCAN bills']);
  expect(scansOf('SELECT c.record FROM customers c WHERE c.search = ?')).toEqual(['SCAN c']);
});
