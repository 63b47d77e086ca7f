import type { LegalHold, LegalHolds } from '../../../bot/personal-data.ts';
import { defineCollection, needed, optional } from './collection.ts';
import type { MongoDatabase } from './database.ts';

interface HoldDocument extends Omit<LegalHold, 'id'> {
  readonly _id: string;
}

export const LEGAL_HOLDS = defineCollection<HoldDocument>({
  name: 'legal_holds',
  fields: {
    _id: needed.text,
    subject: needed.any,
    reason: needed.text,
    reference: optional.text,
    byId: needed.text,
    byName: needed.text,
    at: needed.number,
    until: needed.number,
  },
  indexes: [{ key: { until: 1 } }],
});

/** Legal holds on MongoDB. */
export function createMongoLegalHolds(db: MongoDatabase): LegalHolds {
  const holds = db.model(LEGAL_HOLDS);
  return {
    async put({ id, ...hold }) {
      await holds.replaceOne({ _id: id }, { _id: id, ...hold }, { upsert: true });
    },
    async inForce(now) {
      const found = await holds
        .find({ until: { $gt: now } })
        .sort({ at: -1, _id: -1 })
        .lean<HoldDocument[]>();
      return found.map(({ _id, ...hold }) => ({ id: _id, ...hold }));
    },
  };
}
