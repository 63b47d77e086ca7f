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

/** Slots whose time is over are removed so often, and whenever they are in the way. */
const FORGET_EVERY_MS = 60_000;

/** Counters on MongoDB: each slot is one unique insert, numbered within its key. */
export function createMongoSlotCounter(db: MongoDatabase, clock: Clock): SlotCounter {
  const slots = db.model(SLOTS);
  let forgottenAt = Number.NEGATIVE_INFINITY;

  async function forget(now: number): Promise<void> {
    await slots.deleteMany({ expiresAt: { $lte: now } });
    forgottenAt = now;
  }

  /** The slots of the key that still count: those whose time is over go before anybody looks at the numbers. */
  async function takenOf(key: string, now: number): Promise<readonly SlotDocument[]> {
    const found = await slots.find({ key }).lean<SlotDocument[]>();
    if (found.every((slot) => slot.expiresAt > now)) {
      return found;
    }
    await forget(now);
    return slots.find({ key }).lean<SlotDocument[]>();
  }

  return {
    async take({ key, claim, limit, expiresAt }) {
      const now = clock.now();
      if (Math.abs(now - forgottenAt) >= FORGET_EVERY_MS) {
        await forget(now);
      }
      for (;;) {
        const taken = await takenOf(key, now);
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
