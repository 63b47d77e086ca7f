import { defineCollection, needed } from './collection.ts';
import { insertMissing, type MongoDatabase } from './database.ts';
import { MARKS } from './utility-marks.ts';

/** The `_id`s of the documents that belong to a value; `_id` is `<list>/<value>`. */
export interface KeyListDocument {
  readonly _id: string;
  readonly keys: readonly string[];
}

export const KEY_LISTS = defineCollection<KeyListDocument>({
  name: 'key_lists',
  fields: { _id: needed.text, keys: { type: [String], required: true } },
});

/** Bills and payments by customer code, customers by phone. */
export type KeyListName = 'bills' | 'payments' | 'phones';

export interface KeyListEntry {
  readonly list: KeyListName;
  readonly value: string;
  readonly key: string;
}

/**
 * What an index is elsewhere, for engines that find documents by `_id` alone (`seeksOnlyById`). A list may name what is
 * not there, or belongs to another value by now: whoever reads looks. It never leaves out what is there.
 */
export interface KeyLists {
  add(entries: readonly KeyListEntry[]): Promise<void>;
  remove(entry: KeyListEntry): Promise<void>;
  forget(list: KeyListName, value?: string): Promise<void>;
  keysOf(list: KeyListName, value: string): Promise<readonly string[]>;
  /** Whether whatever is there is listed, so that nobody need go through the records themselves. */
  areComplete(): Promise<boolean>;
  setComplete(): Promise<void>;
}

/** FerretDB keeps a connection of its pool for each update of a command, and hangs when there is none left. */
export const WRITTEN_AT_ONCE = 20;
const MARK = 'key_lists';
const COMPLETE = 'complete';

export function createKeyLists(db: MongoDatabase): KeyLists {
  const lists = db.model(KEY_LISTS);
  const marks = db.model(MARKS);
  let areComplete = false;
  return {
    async add(entries) {
      const byId = Map.groupBy(entries, ({ list, value }) => idOf(list, value));
      const documents = [...byId].map(([_id, own]) => ({ _id, keys: [...new Set(own.map(({ key }) => key))] }));
      const known = await insertMissing<KeyListDocument>(lists, documents);
      for (let from = 0; from < known.length; from += WRITTEN_AT_ONCE) {
        await lists.bulkWrite(
          known.slice(from, from + WRITTEN_AT_ONCE).map(({ _id, keys }) => ({
            updateOne: { filter: { _id }, update: { $addToSet: { keys: { $each: [...keys] } } } },
          })),
          { ordered: false },
        );
      }
    },
    async remove({ list, value, key }) {
      const _id = idOf(list, value);
      await lists.updateOne({ _id }, { $pull: { keys: key } });
      const left = await lists.findOne({ _id }).lean<KeyListDocument>();
      // An empty list would still say the phone of somebody who is erased.
      if (left?.keys.length === 0) {
        await lists.deleteOne({ _id });
      }
    },
    async forget(list, value) {
      await lists.deleteMany({ _id: value === undefined ? { $regex: `^${list}/` } : idOf(list, value) });
    },
    keysOf: async (list, value) =>
      (await lists.findOne({ _id: idOf(list, value) }).lean<KeyListDocument>())?.keys ?? [],
    async areComplete() {
      areComplete ||=
        db.seeksOnlyById && (await marks.findOne({ _id: MARK }).lean<{ readonly value: string }>())?.value === COMPLETE;
      return areComplete;
    },
    async setComplete() {
      await marks.replaceOne({ _id: MARK }, { _id: MARK, value: COMPLETE }, { upsert: true });
    },
  };
}

function idOf(list: KeyListName, value: string): string {
  return `${list}/${value}`;
}
