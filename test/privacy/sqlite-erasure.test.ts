import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import { erasureTests } from './erasure.ts';

erasureTests('SQLite', async (clock) => {
  const folder = mkdtempSync(join(tmpdir(), 'erasure-'));
  const path = join(folder, 'lang-nghe.sqlite');
  const storage = openSqliteStorage({
    ...{ path, mediaFolder: join(folder, 'media'), clock, provinceNames: (name: string) => [name] },
  });
  return {
    storage,
    async dump() {
      // What `sqlite3 … ".backup …"` of docs/operations.md does.
      await storage.db.sqlite.backup(join(folder, 'backup.sqlite'));
      return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
        .join('\n');
    },
    async close() {
      await storage.close();
      rmSync(folder, { recursive: true });
    },
  };
});
