import type { Clock, SlotCounter } from '../../../bot/ports.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

/** A slot that is taken; `_id` is `<key>/<number>`, so that no more than the limit can be. */
interface SlotDocument {
  readonly _id: string;
  readonly key: string;
  readonly claim: string;
  readonly number: number;
  readonly expiresAt: number;
}

export const SLOTS = defineCollection<SlotDocument>({
  name: 'slots',
  fields: {
    _id: needed.text,
    key: needed.text,
    claim: needed.text,
    number: needed.number,
    expiresAt: needed.number,
  },
  // One claim is one slot, also when two nodes make it at the same time.
  indexes: [{ key: { key: 1, claim: 1 }, unique: true }, { key: { expiresAt: 1 } }],
});

/** Counters on MongoDB: each slot is one unique insert, numbered within its key. */
export function createMongoSlotCounter(db: MongoDatabase, clock: Clock): SlotCounter {
  const slots = db.model(SLOTS);

  return {
    async take({ key, claim, limit, expiresAt }) {
      await slots.deleteMany({ expiresAt: { $lte: clock.now() } });
      for (;;) {
        const taken = await slots.find({ key }).lean();
        if (taken.some((slot) => slot.claim === claim)) {
          return true;
        }
        const numbers = new Set(taken.map((slot) => slot.number));
        const free = Array.from({ length: limit }, (_, index) => index + 1).find((number) => !numbers.has(number));
        if (free === undefined) {
          return false;
        }
        if (await insertOnce(slots, { _id: `${key}/${free}`, key, claim, number: free, expiresAt })) {
          return true;
        }
        // Somebody else took it, or made the same claim: look again.
      }
    },
    count: (key) => slots.countDocuments({ key, expiresAt: { $gt: clock.now() } }),
  };
}
