import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { openSqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import type { Storage } from '../../src/integrations/storage/storage.ts';
import { systemClock } from '../../src/integrations/system-clock.ts';
import { DATABASE_FILES, MEDIA_FOLDERS } from '../../src/open-data-folder.ts';
import { openStorage } from '../../src/open-storage.ts';

/**
 * Opens the data of the real service that a command works on: the file given, else what the service would open. Whoever
 * only reads says `mustExist`: where there is no file none is made.
 */
export async function openTarget(
  file: string | undefined,
  { mustExist = false }: { readonly mustExist?: boolean } = {},
): Promise<Storage> {
  const options = { clock: systemClock, ...loadUtility() };
  const { DATA_DIR: dataFolder = 'var', MONGODB_URL: mongodbUrl } = process.env;
  if (file === undefined && mongodbUrl) {
    return openStorage({ dataFolder, mode: 'live', mongodbUrl }, { ...options, log: console });
  }
  const path = file ?? join(dataFolder, DATABASE_FILES.live);
  if (mustExist && !existsSync(path)) {
    throw new Error(`There is no database at ${resolve(path)}: say with --db FILE or DATA_DIR where it is.`);
  }
  mkdirSync(dirname(path), { recursive: true });
  return openSqliteStorage({ path, mediaFolder: join(dirname(path), MEDIA_FOLDERS.live), ...options });
}
