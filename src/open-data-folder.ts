import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from './config.ts';
import {
  openSqliteStorage,
  type SqliteStorage,
  type SqliteStorageOptions,
} from './integrations/storage/sqlite/open-storage.ts';
import { StartError } from './start-error.ts';

/** File names by mode: a demo never opens the database of a real service, nor the other way round. */
export const DATABASE_FILES = { demo: 'demo.sqlite', live: 'lang-nghe.sqlite' } as const;

export const MEDIA_FOLDERS = { demo: 'demo-media', live: 'media' } as const;

/** Makes the data folder if it is not there; throws a `StartError` when it cannot be written. */
export function prepareDataFolder(dataFolder: string): void {
  const folder = resolve(dataFolder);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartError(
      `The folder ${folder} cannot be written: give this user the right to write there, or choose another with DATA_DIR.`,
      { cause },
    );
  }
}

/** Opens the database of this mode in the data folder; throws a `StartError` when the file is broken or locked. */
export function openDataFolder(
  { dataFolder, mode }: Pick<Config, 'dataFolder' | 'mode'>,
  options: Omit<SqliteStorageOptions, 'path' | 'mediaFolder'>,
): SqliteStorage {
  const path = join(resolve(dataFolder), DATABASE_FILES[mode]);
  try {
    return openSqliteStorage({ ...options, path, mediaFolder: join(resolve(dataFolder), MEDIA_FOLDERS[mode]) });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `The database ${path} cannot be opened (${reason}): put a backup in its place, or move the file away to begin anew.`,
      { cause },
    );
  }
}
