import { Schema, type SchemaDefinitionProperty } from 'mongoose';

/** An index of a collection; `where` leaves out documents that nobody looks for by it. */
export interface CollectionIndex {
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly where?: Readonly<Record<string, unknown>>;
  readonly unique?: true;
}

/** A collection of the server engine: what its documents look like, and by what they are looked for beside `_id`. */
export interface Collection<T> {
  readonly name: string;
  readonly schema: Schema<T>;
  readonly indexes: readonly CollectionIndex[];
}

/**
 * Declares a collection: the compiler asks for one line for each field of `T`, and the schema refuses a field that has
 * none. Writes are durable on a majority when they resolve.
 */
export function defineCollection<T>({
  name,
  fields,
  indexes = [],
}: {
  readonly name: string;
  readonly fields: Record<keyof T, SchemaDefinitionProperty>;
  readonly indexes?: readonly CollectionIndex[];
}): Collection<T> {
  const schema = new Schema<T>(fields, {
    collection: name,
    strict: 'throw',
    strictQuery: 'throw',
    minimize: false,
    versionKey: false,
    id: false,
    writeConcern: { w: 'majority', j: true },
  });
  return { name, schema, indexes };
}

/** Fields that must be there. Not for a text that may be empty: mongoose takes `''` for missing. */
export const needed = {
  text: { type: String, required: true },
  number: { type: Number, required: true },
  flag: { type: Boolean, required: true },
  any: { type: Schema.Types.Mixed, required: true },
} as const;

export const optional = {
  text: { type: String },
  number: { type: Number },
  flag: { type: Boolean },
  any: { type: Schema.Types.Mixed },
} as const;
