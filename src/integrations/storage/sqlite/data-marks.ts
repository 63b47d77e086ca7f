import type { SqliteDatabase } from './database.ts';

/** Short notes about the file itself. Write inside `db.write`. */
export interface DataMarks {
  get(name: 'kind' | 'demo_day'): string | undefined;
  set(name: 'kind' | 'demo_day', value: string): void;
}

/** Keeps demo and real data apart: `kind` is `demo` or `real` once a file has been filled. */
export function createDataMarks({ sqlite }: SqliteDatabase): DataMarks {
  const select = sqlite.prepare<[string], string>('SELECT value FROM data_marks WHERE name = ?').pluck();
  const replace = sqlite.prepare<[string, string]>('INSERT OR REPLACE INTO data_marks (name, value) VALUES (?, ?)');
  return {
    get: (name) => select.get(name),
    set: (name, value) => {
      replace.run(name, value);
    },
  };
}
