import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
    async restore() {
      // As docs/operations.md says: the file alone, in its place.
      const there = mkdtempSync(join(folder, 'restored-'));
      const restoredPath = join(there, 'lang-nghe.sqlite');
      copyFileSync(join(folder, 'backup.sqlite'), restoredPath);
      const mediaFolder = join(there, 'media');
      return openSqliteStorage({ path: restoredPath, mediaFolder, clock, provinceNames: (name: string) => [name] });
    },
    async close() {
      await storage.close();
      rmSync(folder, { recursive: true });
    },
  };
});
