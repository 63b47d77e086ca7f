import type { CannedChange, CannedChanges } from '../../agent-desk/canned-answers.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

/** A ready answer as it was changed at the desk; `_id` is the answer. */
interface CannedDocument extends Omit<CannedChange, 'id'> {
  readonly _id: string;
}

export const CANNED_CHANGES = defineCollection<CannedDocument>({
  name: 'canned_changes',
  fields: {
    _id: needed.text,
    title: needed.text,
    text: needed.text,
    isRemoved: needed.flag,
    changedBy: needed.text,
    changedAt: needed.number,
  },
});

/** Ready answers that were changed at the desk, on MongoDB. */
export function createMongoCannedChanges(db: MongoDatabase): CannedChanges {
  const changes = db.model(CANNED_CHANGES);
  return {
    async cannedChanges() {
      const found = await changes.find().sort({ _id: 1 }).lean<CannedDocument[]>();
      return found.map(({ _id, ...change }) => ({ id: _id, ...change }));
    },
    async changeCanned({ id, ...change }) {
      if (!(await insertOnce<CannedDocument>(changes, { _id: id, ...change }))) {
        await changes.updateOne({ _id: id }, { $set: change });
      }
    },
  };
}
