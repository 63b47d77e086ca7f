import type { MediaKey, MediaRecord } from '../../../bot/media.ts';
import type { Clock, MediaStore } from '../../../bot/ports.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { numberedKey, numberedOf } from './numbered-key.ts';

/** What is known of a file that a customer sent; `_id` is `<conversation>/<zero-padded seq>/<number>`. */
interface MediaDocument extends MediaKey {
  readonly _id: string;
  readonly state: MediaRecord['state'];
  readonly at: number;
  readonly mime?: string;
  readonly extension?: string;
  readonly size?: number;
  readonly reason?: string;
  readonly removedBy?: string;
  readonly removedByName?: string;
  readonly removedAt?: number;
}

/** Indexed for what is old. */
export const MEDIA = defineCollection<MediaDocument>({
  name: 'media',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    seq: needed.number,
    number: needed.number,
    state: needed.text,
    at: needed.number,
    mime: optional.text,
    extension: optional.text,
    size: optional.number,
    reason: optional.text,
    removedBy: optional.text,
    removedByName: optional.text,
    removedAt: optional.number,
  },
  indexes: [{ key: { at: 1 } }],
});

/** Some of the bytes of a file, apart from what is known of it: any node may be asked for them. */
interface BytesDocument {
  /** `<file>/<part>`. */
  readonly _id: string;
  readonly file: string;
  /** From 0. */
  readonly part: number;
  readonly bytes: Buffer;
}

export const MEDIA_BYTES = defineCollection<BytesDocument>({
  name: 'media_bytes',
  fields: { _id: needed.text, file: needed.text, part: needed.number, bytes: { type: Buffer, required: true } },
  indexes: [{ key: { file: 1, part: 1 } }],
});

/** A document may hold 16 MB, and a file more than that. */
const PART_BYTES = 4 * 1024 * 1024;

const PRUNED_AT_ONCE = 500;

/** Files of customers on MongoDB, bytes and all. */
export function createMongoMediaStore(db: MongoDatabase, clock: Clock): MediaStore {
  const media = db.model(MEDIA);
  const contents = db.model(MEDIA_BYTES);
  const stateOf = async (_id: string) => (await media.findOne({ _id }, { state: 1 }).lean())?.state;

  async function writeBytes(file: string, bytes: Uint8Array): Promise<void> {
    for (let part = 0; part * PART_BYTES < bytes.length; part += 1) {
      const some = Buffer.from(bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES));
      const _id = `${file}/${part}`;
      await contents.replaceOne({ _id }, { _id, file, part, bytes: some }, { upsert: true });
    }
  }

  async function readBytes(file: string, size: number): Promise<Uint8Array | undefined> {
    const parts = await contents.find({ file }).sort({ part: 1 });
    const bytes = Buffer.concat(parts.map((part) => part.bytes)).subarray(0, size);
    return bytes.length === size ? new Uint8Array(bytes) : undefined;
  }

  /** What was missing may come later; what was kept or removed stays. */
  async function note(document: MediaDocument): Promise<void> {
    if (!(await insertOnce(media, document))) {
      const { _id, state, at, mime, extension, size, reason } = document;
      await media.updateOne(
        { _id, state: 'missing' },
        {
          $set: {
            ...{ state, at },
            ...(state === 'missing' ? { reason } : { mime, extension, size }),
          },
          ...(state === 'kept' && { $unset: { reason: 1 } }),
        },
      );
    }
  }

  return {
    async keep(key, outcome) {
      const _id = keyOf(key);
      const known = await stateOf(_id);
      if (known === 'kept' || known === 'removed') {
        return;
      }
      const { conversationId, seq, number } = key;
      const document = { _id, conversationId, seq, number, at: clock.now() };
      if ('missing' in outcome) {
        await note({ ...document, state: 'missing', reason: outcome.missing });
        return;
      }
      const { bytes, mime, extension } = outcome;
      // First the bytes: a record that says "kept" is never without them.
      await writeBytes(_id, bytes);
      await note({ ...document, state: 'kept', mime, extension, size: bytes.length });
      if ((await stateOf(_id)) === 'removed') {
        await contents.deleteMany({ file: _id });
      }
    },
    async records(conversationId) {
      const found = await media.find(numberedOf(conversationId)).sort({ seq: 1, number: 1 }).lean<MediaDocument[]>();
      return found.map(toRecord);
    },
    async open(key) {
      const _id = keyOf(key);
      const record = await media.findOne({ _id, state: 'kept' }).lean<MediaDocument>();
      const bytes = record === null ? undefined : await readBytes(_id, record.size ?? 0);
      return bytes && { bytes, mime: record?.mime ?? '', extension: record?.extension ?? '' };
    },
    async forget(key) {
      const _id = keyOf(key);
      await contents.deleteMany({ file: _id });
      await media.deleteOne({ _id });
    },
    async remove(key, { agentId, agentName }) {
      const _id = keyOf(key);
      if ((await stateOf(_id)) !== 'kept') {
        return false;
      }
      // First the bytes: a record that says "removed" never has any.
      await contents.deleteMany({ file: _id });
      const { modifiedCount } = await media.updateOne(
        { _id, state: 'kept' },
        {
          $set: { state: 'removed', removedBy: agentId, removedByName: agentName, removedAt: clock.now() },
          $unset: { mime: 1, extension: 1, size: 1 },
        },
      );
      return modifiedCount > 0;
    },
    async prune(before, except = []) {
      const old = await media
        .find({ at: { $lt: before }, conversationId: { $nin: [...except] } }, { _id: 1 })
        .limit(PRUNED_AT_ONCE)
        .lean();
      const ids = old.map(({ _id }) => _id);
      if (ids.length > 0) {
        await contents.deleteMany({ file: { $in: ids } });
        await media.deleteMany({ _id: { $in: ids } });
      }
      return ids.length;
    },
  };
}

function keyOf({ conversationId, seq, number }: MediaKey): string {
  return `${numberedKey(conversationId, seq)}/${number}`;
}

function toRecord(document: MediaDocument): MediaRecord {
  const { seq, number, at, state, mime = '', extension = '', size = 0, reason = '' } = document;
  switch (state) {
    case 'kept':
      return { seq, number, at, state, mime, extension, size };
    case 'missing':
      return { seq, number, at, state, reason };
    case 'removed':
      return { seq, number, at, state, removedBy: document.removedByName ?? '', removedAt: document.removedAt ?? at };
  }
}
