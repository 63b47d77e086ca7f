import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadUtility } from '../../../src/integrations/load-utility.ts';
import type { Storage } from '../../../src/integrations/storage/storage.ts';
import { systemClock } from '../../../src/integrations/system-clock.ts';
import { openStorage } from '../../../src/open-storage.ts';
import { FERRETDB, findProgram } from '../../../test/support/servers/find-program.ts';
import { startMongo } from '../../../test/support/servers/start-mongo.ts';
import { indexIds } from '../../ferretdb/index-ids.ts';
import { openTarget } from '../../storage/open-target.ts';

/** Where the rows of a benchmark go. */
export interface ImportTarget {
  readonly engine: 'sqlite' | 'mongo' | 'ferretdb';
  readonly storage: Storage;
  /** Unknown where the server is somebody else's. */
  diskBytes(): number | undefined;
  close(): Promise<void>;
}

const DATABASE = 'bench_import';

/** The server of `MONGODB_URL`, else a FerretDB of our own when a server is asked for, else a file in this folder. */
export async function openImportTarget(folder: string, onServer: boolean): Promise<ImportTarget> {
  const isGiven = Boolean(process.env['MONGODB_URL']);
  if (onServer && !isGiven) {
    return startFerretdb(folder);
  }
  const storage = await openTarget(isGiven ? undefined : join(folder, 'data.sqlite'));
  return {
    engine: isGiven ? 'mongo' : 'sqlite',
    storage,
    diskBytes: () => (isGiven ? undefined : sizeOf(folder)),
    close: () => storage.close(),
  };
}

/** As docs/operations.md says: with the index that lets it find a document by its `_id`. */
async function startFerretdb(dataFolder: string): Promise<ImportTarget> {
  const program = findProgram(FERRETDB.program);
  if (program === undefined) {
    throw new Error('FerretDB is not there: run npm run provision, or set MONGODB_URL.');
  }
  const server = await startMongo(program);
  const mongodbUrl = `mongodb://127.0.0.1:${server.port}/${DATABASE}`;
  const options = { clock: systemClock, ...loadUtility(), log: console };
  try {
    const storage = await openStorage({ dataFolder, mode: 'live', mongodbUrl }, options);
    indexIds(join(server.folder, `${DATABASE}.sqlite`));
    return {
      engine: 'ferretdb',
      storage,
      diskBytes: () => sizeOf(server.folder),
      async close() {
        await storage.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function sizeOf(folder: string): number {
  return readdirSync(folder)
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}
