import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { indexIds } from '../../scripts/ferretdb/index-ids.ts';

let folder: string;
let file: string;

/** The tables as FerretDB 1.24.2 makes them, with its own index over another expression than it asks by. */
function make(table: string): void {
  const sqlite = new Database(file);
  sqlite.exec(`
    CREATE TABLE IF NOT EXISTS _ferretdb_collections (name TEXT NOT NULL UNIQUE, table_name TEXT NOT NULL UNIQUE, settings TEXT NOT NULL) STRICT;
    CREATE TABLE "${table}" (_ferretdb_sjson TEXT NOT NULL CHECK(_ferretdb_sjson != '')) STRICT;
    CREATE UNIQUE INDEX "${table}__id_" ON "${table}" (_ferretdb_sjson->'_id');
    INSERT INTO _ferretdb_collections VALUES ('${table}', '${table}', '{}');
  `);
  sqlite.close();
}

/** How SQLite answers what FerretDB asks when it looks for one `_id`. */
function planOfLookUp(table: string): unknown {
  const sqlite = new Database(file);
  const plan = sqlite.prepare(
    `EXPLAIN QUERY PLAN SELECT _ferretdb_sjson FROM "${table}" WHERE _ferretdb_sjson->'$._id' = ?`,
  );
  const [line] = plan.all('"x"') as { readonly detail: string }[];
  sqlite.close();
  return line?.detail;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferretdb-index-'));
  file = join(folder, 'lang-nghe.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('FerretDB finds a document by its _id in every collection, new ones too after another run', () => {
  make('customers_1a2b');
  expect(planOfLookUp('customers_1a2b')).toBe('SCAN customers_1a2b');
  expect(indexIds(file)).toBe(1);
  expect(planOfLookUp('customers_1a2b')).toMatch(/^SEARCH customers_1a2b USING INDEX/);
  make('bills_3c4d');
  expect(indexIds(file)).toBe(1);
  expect(planOfLookUp('bills_3c4d')).toMatch(/^SEARCH bills_3c4d USING INDEX/);
  expect(indexIds(file)).toBe(0);
});

test('A file that is not there is not made', () => {
  expect(() => indexIds(file)).toThrow();
});
