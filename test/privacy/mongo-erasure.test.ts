import { expect } from '@jest/globals';
import mongoose from 'mongoose';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { COLLECTIONS } from '../../src/integrations/storage/mongo/collections.ts';
import { openMongoStorage } from '../../src/integrations/storage/mongo/open-storage.ts';
import { failingLog } from '../support/failing-log.ts';
import { describeOnMongo } from '../support/servers/describe-on-mongo.ts';
import { erasureTests } from './erasure.ts';

/** Everything in a database as `mongodump` takes it: each document of each collection there is, whoever made it. */
type Backup = ReadonlyMap<string, readonly Stored[]>;
/** A document, or a part of a file. */
type Stored = { readonly bytes?: { readonly buffer: Uint8Array } };

async function inDatabase<T>(
  url: string,
  work: (db: NonNullable<mongoose.Connection['db']>) => Promise<T>,
): Promise<T> {
  const connection = await mongoose.createConnection(url).asPromise();
  try {
    return await work(connection.db as NonNullable<mongoose.Connection['db']>);
  } finally {
    await connection.close();
  }
}

const backUp = (url: string): Promise<Backup> =>
  inDatabase(url, async (db) => {
    const all = await db.listCollections().toArray();
    const documents = all.map(async ({ name }) => [name, await db.collection<Stored>(name).find().toArray()] as const);
    return new Map(await Promise.all(documents));
  });

describeOnMongo('erasure on the server engine', (open, place) => {
  erasureTests('MongoDB', async (clock) => {
    const db = await open();
    for (const collection of COLLECTIONS) {
      await db.model(collection as never).deleteMany({});
    }
    const storage = await openMongoStorage({ url: place.url(), clock, log: failingLog, ...loadUtility() });
    const restoredUrl = place.url().replace(/(\/[^/?]+)(\?|$)/, '$1-restored$2');
    let backup: Backup = new Map();
    return {
      storage,
      async dump() {
        backup = await backUp(place.url());
        expect(COLLECTIONS.map(({ name }) => name)).toEqual(expect.arrayContaining([...backup.keys()]));
        return [...backup].flatMap(([name, documents]) => [name, ...documents.map(textOf)]).join('\n');
      },
      async restore() {
        await inDatabase(restoredUrl, async (other) => {
          await other.dropDatabase();
          for (const [name, documents] of backup) {
            if (documents.length > 0) {
              await other.collection(name).insertMany([...documents] as never);
            }
          }
        });
        return openMongoStorage({ url: restoredUrl, clock, log: failingLog, ...loadUtility() });
      },
      async close() {
        await storage.close();
        await inDatabase(restoredUrl, (other) => other.dropDatabase());
      },
    };
  });
});

function textOf({ bytes, ...rest }: Stored): string {
  return JSON.stringify(rest) + (bytes === undefined ? '' : Buffer.from(bytes.buffer).toString('utf8'));
}
