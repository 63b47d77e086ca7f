import type { Erasure, Erasures } from '../../../bot/erasures.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

interface ErasureDocument {
  /** Number of the receipt. */
  readonly _id: string;
  readonly state: Erasure['state'];
  readonly askedAt: number;
  readonly erasure: Erasure;
}

/** Indexed for what is to be done, and by time. */
export const ERASURES = defineCollection<ErasureDocument>({
  name: 'erasures',
  fields: { _id: needed.text, state: needed.text, askedAt: needed.number, erasure: needed.any },
  indexes: [{ key: { state: 1, askedAt: 1 } }, { key: { askedAt: -1 } }],
});

/** `_id` is the salted hash of a customer code. */
interface ErasedCustomerDocument {
  readonly _id: string;
}

export const ERASED_CUSTOMERS = defineCollection<ErasedCustomerDocument>({
  name: 'erased_customers',
  fields: { _id: needed.text },
});

/** Requests for erasure on MongoDB. */
export function createMongoErasures(db: MongoDatabase): Erasures {
  const erasures = db.model(ERASURES);
  const customers = db.model(ERASED_CUSTOMERS);
  return {
    async open(erasure) {
      const { number, state, askedAt } = erasure;
      await insertOnce(erasures, { _id: number, state, askedAt, erasure });
    },
    async save(erasure) {
      await erasures.updateOne({ _id: erasure.number }, { $set: { state: erasure.state, erasure } });
    },
    async pending(limit) {
      const found = await erasures
        .find({ state: { $in: ['open', 'held'] } })
        .sort({ askedAt: 1, _id: 1 })
        .limit(limit)
        .lean<ErasureDocument[]>();
      return found.map(({ erasure }) => erasure);
    },
    async recent(limit) {
      const found = await erasures.find().sort({ askedAt: -1, _id: -1 }).limit(limit).lean<ErasureDocument[]>();
      return found.map(({ erasure }) => erasure);
    },
    async rememberCustomer(hash) {
      await insertOnce(customers, { _id: hash });
    },
    erasedCustomers: async () => (await customers.find().lean<ErasedCustomerDocument[]>()).map(({ _id }) => _id),
  };
}
