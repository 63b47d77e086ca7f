import mongoose, { type Connection, type ConnectOptions, type Model } from 'mongoose';
import type { Collection } from './collection.ts';
import { keepConnected } from './keep-connected.ts';

/** The server engine: its collections, over one connection pool. */
export interface MongoDatabase {
  /** Whether the engine finds a document without reading the whole collection only where it is asked for one `_id`. */
  readonly seeksOnlyById: boolean;
  model<T>(collection: Collection<T>): Model<T>;
  /** Throws when the server does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface MongoOptions {
  /** `mongodb://…`, with the name of the database in it unless `dbName` says it. */
  readonly url: string;
  readonly dbName?: string;
  /** Those whose indexes are made, or found. */
  readonly collections: readonly Pick<Collection<never>, 'name' | 'indexes'>[];
}

/** How long a command waits for a server that can take it: then the event goes to the spool, and the customer on. */
const SERVER_SELECTION_TIMEOUT_MS = 2_000;
/** A server that is silent for so long is taken for gone, and what waits for it fails. */
const HEARTBEAT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 3_000;
const SOCKET_TIMEOUT_MS = 15_000;
const CONNECTED = mongoose.ConnectionStates.connected;
const DUPLICATE_KEY = 11_000;
const NAMESPACE_EXISTS = 48;
const NOT_IMPLEMENTED = 238;

/** Connects, and makes sure that every index is there. */
export async function openMongoDatabase({ url, dbName, collections }: MongoOptions): Promise<MongoDatabase> {
  const options: ConnectOptions = {
    ...(dbName !== undefined && { dbName }),
    autoCreate: false,
    autoIndex: false,
    // A command that cannot be sent must fail, so that the event goes to the spool; it must not wait in memory.
    bufferCommands: false,
    serverSelectionTimeoutMS: SERVER_SELECTION_TIMEOUT_MS,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    socketTimeoutMS: SOCKET_TIMEOUT_MS,
    // Heads and handled events are read back right after they are written.
    readPreference: 'primary',
  };
  const connection = await mongoose.createConnection(url, { ...options }).asPromise();
  let seeksOnlyById = false;
  try {
    for (const collection of collections) {
      await makeIndexes(connection, collection);
    }
    seeksOnlyById = await isFerretdb1(connection);
    if (seeksOnlyById) {
      await makeCollections(connection, collections);
    }
  } catch (error) {
    await connection.close();
    throw error;
  }
  const endWatch = keepConnected(connection, { url, options });
  return {
    seeksOnlyById,
    model: <T>({ name, schema }: Collection<T>) =>
      (connection.models[name] ?? connection.model<T>(name, schema)) as Model<T>,
    async ping() {
      if (connection.db === undefined || connection.readyState !== CONNECTED) {
        throw new Error('The database is not connected.');
      }
      await connection.db.command({ ping: 1 });
    },
    async close() {
      await endWatch();
      await connection.close();
    },
  };
}

/** Whether an insert met a document with the same key. */
export function isDuplicateKey(error: unknown): boolean {
  return hasCode(error, DUPLICATE_KEY);
}

/** Inserts a document unless its key, or another that is unique, is taken; whether it did. */
export async function insertOnce<T>(model: Model<T>, document: T): Promise<boolean> {
  try {
    await model.insertOne(document as never);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) {
      return false;
    }
    throw error;
  }
}

/** Inserts those documents whose key is not taken, and gives back the others. */
export async function insertMissing<T>(model: Model<T>, documents: readonly T[]): Promise<readonly T[]> {
  if (documents.length === 0) {
    return [];
  }
  try {
    await model.insertMany(documents as T[], { ordered: false, throwOnValidationError: true });
    return [];
  } catch (error) {
    // The server goes through all of them, and reports those that were there. No report: nobody knows what it has done.
    const { writeErrors = [] } = error as { readonly writeErrors?: unknown };
    const refused = [writeErrors].flat();
    if (refused.length === 0 || !refused.every(isDuplicateKey)) {
      throw error;
    }
    return refused.flatMap((refusal) => documents[(refusal as { readonly index?: number }).index ?? 0] ?? []);
  }
}

/** Also those without an index, which would be made with their first document: what is there can be given an index by hand. */
async function makeCollections(
  connection: Connection,
  collections: readonly Pick<Collection<never>, 'name'>[],
): Promise<void> {
  const there = new Set((await connection.listCollections()).map(({ name }) => name));
  for (const name of new Set(collections.map((collection) => collection.name))) {
    if (!there.has(name)) {
      await createOnce(connection, name);
    }
  }
}

/** Several nodes may start at the same moment on an empty database. */
async function createOnce(connection: Connection, name: string): Promise<void> {
  try {
    await connection.createCollection(name);
  } catch (error) {
    if (!hasCode(error, NAMESPACE_EXISTS)) {
      throw error;
    }
  }
}

async function makeIndexes(
  connection: Connection,
  { name, indexes }: Pick<Collection<never>, 'name' | 'indexes'>,
): Promise<void> {
  const collection = connection.collection(name);
  for (const { key, where, unique } of indexes) {
    const options = unique === undefined ? {} : { unique };
    try {
      await collection.createIndex(key, { ...options, ...(where !== undefined && { partialFilterExpression: where }) });
    } catch (error) {
      if (where !== undefined && hasCode(error, NOT_IMPLEMENTED)) {
        // Some compatible engines have no partial indexes. The whole index answers the same question, only larger.
        await collection.createIndex(key, options);
        continue;
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `The index ${JSON.stringify(key)} of the collection ${name} cannot be made (${reason}): drop an older index of that name, or look for documents that are there twice.`,
        { cause: error },
      );
    }
  }
}

/** FerretDB 1 makes the indexes that it is told to make and never reads by them. */
async function isFerretdb1(connection: Connection): Promise<boolean> {
  const { ferretdbVersion } = (await connection.db?.command({ buildInfo: 1 })) ?? {};
  return typeof ferretdbVersion === 'string' && ferretdbVersion.startsWith('v1.');
}

function hasCode(error: unknown, code: number): boolean {
  return typeof error === 'object' && error !== null && (error as { readonly code?: unknown }).code === code;
}
