import mongoose from 'mongoose';

/** A database that can be brought back to the documents that it holds now. What is in them stays as it is then. */
export interface KeptDatabase {
  /** Takes out every document that has come since. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export async function openKeptDatabase(url: string, name: string): Promise<KeptDatabase> {
  const client = await mongoose.mongo.MongoClient.connect(url, { directConnection: true });
  const db = client.db(name);
  const collections = async () => (await db.listCollections({}, { nameOnly: true }).toArray()).map((each) => each.name);
  const idsIn = async (collection: string) => {
    const found = await db
      .collection(collection)
      .find({}, { projection: { _id: 1 } })
      .toArray();
    return found.map(({ _id }) => _id);
  };
  const kept = new Map<string, ReadonlySet<string>>();
  for (const collection of await collections()) {
    kept.set(collection, new Set((await idsIn(collection)).map(String)));
  }

  async function forgetIn(collection: string): Promise<void> {
    const stay = kept.get(collection);
    if (stay === undefined || stay.size === 0) {
      await db.collection(collection).deleteMany({});
      return;
    }
    if ((await db.collection(collection).estimatedDocumentCount()) === stay.size) {
      return;
    }
    for (const _id of (await idsIn(collection)).filter((id) => !stay.has(String(id)))) {
      await db.collection(collection).deleteOne({ _id });
    }
  }

  return {
    async forget() {
      for (const collection of await collections()) {
        await forgetIn(collection);
      }
    },
    close: () => client.close(),
  };
}
