import mongoose, { type Connection, type Model, type Schema } from 'mongoose';
import type { CollectionIndex } from './collection-index.ts';
import { type EventDocument, eventIndexes, eventSchema } from './event-document.ts';
import { type TurnDocument, turnIndexes, turnSchema } from './turn-document.ts';

/** The collections of the server engine, over one connection pool. */
export interface MongoDatabase {
  readonly turns: Model<TurnDocument>;
  readonly events: Model<EventDocument>;
  close(): Promise<void>;
}

export interface MongoOptions {
  /** `mongodb://…`, with the name of the database in it unless `dbName` says it. */
  readonly url: string;
  readonly dbName?: string;
}

const SERVER_SELECTION_TIMEOUT_MS = 5_000;
const DUPLICATE_KEY = 11_000;
const NOT_IMPLEMENTED = 238;

/** Connects, and makes sure that every index is there. */
export async function openMongoDatabase({ url, dbName }: MongoOptions): Promise<MongoDatabase> {
  const connection = await mongoose
    .createConnection(url, {
      ...(dbName !== undefined && { dbName }),
      autoCreate: false,
      autoIndex: false,
      // A command that cannot be sent must fail, so that the event goes to the spool; it must not wait in memory.
      bufferCommands: false,
      serverSelectionTimeoutMS: SERVER_SELECTION_TIMEOUT_MS,
      // Heads and handled events are read back right after they are written.
      readPreference: 'primary',
    })
    .asPromise();
  try {
    return {
      turns: await openModel(connection, 'Turn', turnSchema, turnIndexes),
      events: await openModel(connection, 'InboundEvent', eventSchema, eventIndexes),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Whether an insert met a document with the same key. */
export function isDuplicateKey(error: unknown): boolean {
  return hasCode(error, DUPLICATE_KEY);
}

async function openModel<T>(
  connection: Connection,
  name: string,
  schema: Schema<T>,
  indexes: readonly CollectionIndex[],
): Promise<Model<T>> {
  const model = connection.model<T>(name, schema);
  for (const { key, where } of indexes) {
    try {
      await model.collection.createIndex(key, where === undefined ? {} : { partialFilterExpression: where });
    } catch (error) {
      if (where === undefined || !hasCode(error, NOT_IMPLEMENTED)) {
        throw error;
      }
      // Some compatible engines have no partial indexes. The whole index answers the same question, only larger.
      await model.collection.createIndex(key);
    }
  }
  return model;
}

function hasCode(error: unknown, code: number): boolean {
  return error instanceof Error && (error as { readonly code?: unknown }).code === code;
}
