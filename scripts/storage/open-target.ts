import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { openSqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import type { Storage } from '../../src/integrations/storage/storage.ts';
import { systemClock } from '../../src/integrations/system-clock.ts';
import { DATABASE_FILES, MEDIA_FOLDERS } from '../../src/open-data-folder.ts';
import { openStorage } from '../../src/open-storage.ts';

/** Opens the data of the real service that a command works on: the file given, else what the service would open. */
export async function openTarget(file: string | undefined): Promise<Storage> {
  const options = { clock: systemClock, ...loadUtility() };
  const { DATA_DIR: dataFolder = 'var', MONGODB_URL: mongodbUrl } = process.env;
  if (file === undefined && mongodbUrl) {
    return openStorage({ dataFolder, mode: 'live', mongodbUrl }, { ...options, log: console });
  }
  const path = file ?? join(dataFolder, DATABASE_FILES.live);
  mkdirSync(dirname(path), { recursive: true });
  return openSqliteStorage({ path, mediaFolder: join(dirname(path), MEDIA_FOLDERS.live), ...options });
}
