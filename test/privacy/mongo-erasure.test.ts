import { loadUtility } from '../../src/integrations/load-utility.ts';
import { COLLECTIONS } from '../../src/integrations/storage/mongo/collections.ts';
import { openMongoStorage } from '../../src/integrations/storage/mongo/open-storage.ts';
import { failingLog } from '../support/failing-log.ts';
import { describeOnMongo } from '../support/servers/describe-on-mongo.ts';
import { erasureTests } from './erasure.ts';

/** A document, or a part of a file. */
type Stored = { readonly bytes?: { readonly buffer: Uint8Array } };

describeOnMongo('erasure on the server engine', (open, place) => {
  erasureTests('MongoDB', async (clock) => {
    const db = await open();
    for (const collection of COLLECTIONS) {
      await db.model(collection as never).deleteMany({});
    }
    const storage = await openMongoStorage({ url: place.url(), clock, log: failingLog, ...loadUtility() });
    return {
      storage,
      async dump() {
        const all = await Promise.all(
          COLLECTIONS.map(async (collection) => {
            const documents = (await db
              .model(collection as never)
              .find()
              .lean()) as unknown as readonly Stored[];
            return documents.map(
              ({ bytes, ...rest }) =>
                JSON.stringify(rest) + (bytes === undefined ? '' : Buffer.from(bytes.buffer).toString('utf8')),
            );
          }),
        );
        return all.flat().join('\n');
      },
      close: () => storage.close(),
    };
  });
});
