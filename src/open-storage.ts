import type { Config } from './config.ts';
import type { SqliteStorageOptions } from './integrations/storage/sqlite/open-storage.ts';
import type { Storage } from './integrations/storage/storage.ts';
import { openDataFolder } from './open-data-folder.ts';
import { StartError } from './start-error.ts';

export interface OpenStorageOptions extends Omit<SqliteStorageOptions, 'path' | 'mediaFolder'> {
  readonly log: { error(details: object, message: string): void };
}

/** Names of the databases on a MongoDB server whose address names none: the demo has its own. */
const DATABASE_NAMES = { demo: 'lang-nghe-demo', live: 'lang-nghe' } as const;
const NAMES_DATABASE = /^[^:]+:\/\/[^/]+\/[^?]/;

/** Opens the storage that is set: the MongoDB server of `MONGODB_URL`, else the file in the data folder. */
export async function openStorage(
  config: Pick<Config, 'dataFolder' | 'mode' | 'mongodbUrl'>,
  { log, ...options }: OpenStorageOptions,
): Promise<Storage> {
  const { mongodbUrl: url, mode } = config;
  const storage = url === undefined ? openDataFolder(config, options) : await connect({ url, mode, ...options, log });
  if (mode === 'live') {
    await keepForReal(storage);
  }
  return storage;
}

async function connect({
  url,
  mode,
  ...options
}: OpenStorageOptions & { readonly url: string; readonly mode: Config['mode'] }): Promise<Storage> {
  // Loaded here and nowhere else: a service over a file starts without the driver.
  const { openMongoStorage } = await import('./integrations/storage/mongo/open-storage.ts');
  try {
    return await openMongoStorage({
      ...options,
      url,
      ...(!NAMES_DATABASE.test(url) && { dbName: DATABASE_NAMES[mode] }),
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `The MongoDB server of MONGODB_URL cannot be used (${reason}): see that it runs and lets this user in, or unset MONGODB_URL to keep the data in a file.`,
      { cause },
    );
  }
}

/** The demo never gets at what a real service has opened once, nor the other way round. */
async function keepForReal(storage: Storage): Promise<void> {
  const kind = await storage.records.mark('kind');
  if (kind === 'demo') {
    await storage.close();
    throw new StartError('This database holds the demo data: give the real service one of its own.');
  }
  if (kind === undefined) {
    await storage.records.setMark('kind', 'real');
  }
}
