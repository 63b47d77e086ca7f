import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { foldForSearch } from '../../agent-desk/search-words.ts';

/** The SQLite file of the embedded engine: migrated on opening, written through one group-committing queue. */
export interface SqliteDatabase {
  /** For reads, and for writes that need not be durable before somebody is answered. */
  readonly sqlite: Database.Database;
  /**
   * Runs `work` inside the next write transaction and resolves when that transaction is on the disk. Works that
   * are ready at the same time share one transaction (group commit); one that throws is rolled back alone. A work may
   * run again, so it changes nothing but the database.
   * `name` names the write boundary, for example `commit_turn`.
   */
  write<T>(name: string, work: () => T): Promise<T>;
  /**
   * Changes whenever another connection has written to the file. Looked up in each write transaction, where nobody can
   * come between, and otherwise once in a round of the event loop.
   */
  othersVersion(): number;
  /** Waits for queued writes, then closes the file. */
  close(): Promise<void>;
}

export interface SqliteOptions {
  /** File path, or `:memory:`. */
  readonly path: string;
  /** Called before and after each transaction with the names of its works: lets a test kill the process there. */
  readonly onBoundary?: ((when: 'before' | 'after', names: readonly string[]) => void) | undefined;
}

interface QueuedWrite {
  readonly name: string;
  readonly work: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

type Written = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

/** The pages that every turn touches stay in memory. */
const CACHE_KB = 32_000;
/** 16 MB: a page that many turns change is brought into the file once for all of them. */
const PAGES_TO_CHECKPOINT = 4_000;
const MIGRATIONS = join(import.meta.dirname, 'migrations');

export function openDatabase({ path, onBoundary }: SqliteOptions): SqliteDatabase {
  const sqlite = new Database(path);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  // What is deleted or redacted must not stay in free pages.
  sqlite.pragma('secure_delete = ON');
  sqlite.pragma('busy_timeout = 5000');
  sqlite.pragma('temp_store = MEMORY');
  sqlite.pragma(`cache_size = -${CACHE_KB}`);
  sqlite.pragma(`wal_autocheckpoint = ${PAGES_TO_CHECKPOINT}`);
  sqlite.function('fold_for_search', { deterministic: true }, (text) => foldForSearch(String(text)));
  migrate(sqlite);

  const dataVersion = sqlite.prepare<[], number>('PRAGMA data_version').pluck();
  let othersVersion = dataVersion.get() ?? 0;
  let isLookedUp = false;

  function lookUpOthers(): void {
    othersVersion = dataVersion.get() ?? 0;
    if (!isLookedUp) {
      isLookedUp = true;
      setImmediate(() => {
        isLookedUp = false;
      });
    }
  }

  let queue: QueuedWrite[] = [];
  let isScheduled = false;

  const runTogether = sqlite.transaction((group: readonly QueuedWrite[]) => {
    lookUpOthers();
    return group.map((write): Written => ({ ok: true, value: write.work() }));
  });
  const inSavepoint = sqlite.transaction((work: () => unknown) => work());
  const runApart = sqlite.transaction((group: readonly QueuedWrite[]) => {
    lookUpOthers();
    return group.map((write): Written => {
      try {
        return { ok: true, value: inSavepoint(write.work) };
      } catch (error) {
        return { ok: false, error };
      }
    });
  });

  /** Savepoints copy every page that is changed, and hardly ever does a work throw: only then the group runs with them. */
  function runGroup(group: readonly QueuedWrite[]): readonly Written[] {
    try {
      return runTogether.immediate(group);
    } catch (error) {
      if (group.length === 1) {
        throw error;
      }
      return runApart.immediate(group);
    }
  }

  function flush(): void {
    isScheduled = false;
    const group = queue;
    queue = [];
    if (group.length === 0) {
      return;
    }
    const names = group.map((write) => write.name);
    try {
      onBoundary?.('before', names);
      const results = runGroup(group);
      onBoundary?.('after', names);
      results.forEach((result, index) => {
        if (result.ok) {
          group[index]?.resolve(result.value);
        } else {
          group[index]?.reject(result.error);
        }
      });
    } catch (error) {
      for (const write of group) {
        write.reject(error);
      }
    }
  }

  return {
    sqlite,
    write<T>(name: string, work: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        queue.push({ name, work, resolve: resolve as (value: unknown) => void, reject });
        if (!isScheduled) {
          isScheduled = true;
          setImmediate(flush);
        }
      });
    },
    othersVersion() {
      if (!isLookedUp) {
        lookUpOthers();
      }
      return othersVersion;
    },
    async close() {
      flush();
      sqlite.close();
    },
  };
}

/** Applies the files of `migrations/` that this database has not seen, in the order of their names. */
function migrate(sqlite: Database.Database): void {
  sqlite.exec(
    'CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT',
  );
  const applied = new Set(
    (sqlite.prepare('SELECT name FROM schema_migrations').all() as { name: string }[]).map((row) => row.name),
  );
  const pending = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql') && !applied.has(name))
    .sort();
  for (const name of pending) {
    sqlite.transaction(() => {
      sqlite.exec(readFileSync(join(MIGRATIONS, name), 'utf8'));
      sqlite.prepare("INSERT INTO schema_migrations VALUES (?, CAST(unixepoch('subsec') * 1000 AS INTEGER))").run(name);
    })();
  }
}
