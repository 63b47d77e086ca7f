import Database from 'better-sqlite3';

/** What FerretDB 1.24 asks by, and makes no index for: its own stands over `->"_id"`, which is another expression to SQLite. */
const ASKED_BY = "_ferretdb_sjson->'$._id'";
const NAME = 'lang_nghe_id';
const WAIT_MS = 60_000;

/**
 * Gives each collection in a database file of FerretDB 1.24 the index by which its look-ups of one `_id` find it; returns
 * to how many. May run beside the server, and again after a release that has more collections.
 */
export function indexIds(file: string): number {
  const sqlite = new Database(file, { fileMustExist: true, timeout: WAIT_MS });
  try {
    const tables = sqlite.prepare<[], string>('SELECT table_name FROM _ferretdb_collections').pluck().all();
    const indexed = new Set(
      sqlite
        .prepare<[string], string>("SELECT tbl_name FROM sqlite_master WHERE name = tbl_name || '_' || ?")
        .pluck()
        .all(NAME),
    );
    const missing = tables.filter((table) => !indexed.has(table));
    for (const table of missing) {
      sqlite.exec(`CREATE INDEX "${table}_${NAME}" ON "${table}" (${ASKED_BY})`);
    }
    return missing.length;
  } finally {
    sqlite.close();
  }
}
