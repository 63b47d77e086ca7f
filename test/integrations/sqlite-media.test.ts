import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteMediaStore } from '../../src/integrations/storage/sqlite/media-store.ts';
import { mediaStoreContract } from '../contracts/media-store.contract.ts';

mediaStoreContract('SQLite', async (clock) => {
  const root = mkdtempSync(join(tmpdir(), 'media-'));
  const open = () => openDatabase({ path: join(root, 'a.sqlite') });
  const storeOver = (over: ReturnType<typeof open>) =>
    createSqliteMediaStore(over, { folder: join(root, 'media'), clock });
  const opened = [open()];
  return {
    media: storeOver(opened[0] as ReturnType<typeof open>),
    async reopen() {
      await opened.pop()?.close();
      const again = open();
      opened.push(again);
      return storeOver(again);
    },
    holds: async (bytes) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .map((path) => join(root, path))
        .some((path) => statSync(path).isFile() && readFileSync(path).includes(Buffer.from(bytes))),
    async close() {
      await opened.pop()?.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
});
