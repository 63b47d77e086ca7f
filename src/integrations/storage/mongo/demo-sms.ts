import type { DemoSms, DemoSmsStore } from '../../demo/demo-phone.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

interface DemoSmsDocument extends Omit<DemoSms, 'number'> {
  /** Counts from 1. */
  readonly _id: number;
  readonly key: string;
}

export const DEMO_SMS = defineCollection<DemoSmsDocument>({
  name: 'demo_sms',
  fields: { _id: needed.number, key: needed.text, at: needed.number, to: needed.text, text: needed.text },
  indexes: [{ key: { key: 1 }, unique: true }],
});

/** SMS of the demo on MongoDB, numbered by unique inserts. */
export function createMongoDemoSms(db: MongoDatabase): DemoSmsStore {
  const messages = db.model(DEMO_SMS);
  return {
    async keep({ key, at, to, text }) {
      while ((await messages.exists({ key })) === null) {
        const last = await messages.findOne().sort({ _id: -1 }).lean();
        // When somebody else took the number, or wrote the same SMS, the next round knows.
        await insertOnce<DemoSmsDocument>(messages, { _id: (last?._id ?? 0) + 1, key, at, to, text });
      }
    },
    async after(number, limit) {
      const found = await messages
        .find({ _id: { $gt: number } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<DemoSmsDocument[]>();
      return found.map(({ _id, at, to, text }) => ({ number: _id, at, to, text }));
    },
  };
}
