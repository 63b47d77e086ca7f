import type { SearchIndex } from '../../../agent-desk/search-index.ts';
import type { SqliteDatabase } from '../database.ts';
import { createIndexReader } from './read-index.ts';
import { createSearchThread } from './search-thread.ts';

/** Searches in a thread of its own; a database in memory can only be read where it is. */
export function createSqliteSearchIndex({ sqlite }: SqliteDatabase): SearchIndex & { close(): Promise<void> } {
  if (!sqlite.memory) {
    return createSearchThread(sqlite.name);
  }
  const read = createIndexReader(sqlite);
  return { search: async (query) => read(query), close: async () => {} };
}
