import type { Model } from 'mongoose';
import type { RecordKind, RecordKinds, UtilityRecords } from '../utility-records.ts';
import { ACCOUNTS, toAccountDocument } from './account-records.ts';
import { defineCollection, needed } from './collection.ts';
import {
  BILLS,
  CUSTOMERS,
  PAYMENTS,
  toBillDocument,
  toCustomerDocument,
  toPaymentDocument,
} from './customer-records.ts';
import { insertMissing, type MongoDatabase } from './database.ts';
import { OUTAGES, toOutageDocument } from './outage-records.ts';
import { TICKETS, toTicketDocument } from './ticket-store.ts';

interface MarkDocument {
  readonly _id: string;
  readonly value: string;
}

export const MARKS = defineCollection<MarkDocument>({
  name: 'data_marks',
  fields: { _id: needed.text, value: needed.text },
});

/** Where a kind of records is kept, and as what. */
interface Shelf<Kind extends RecordKind> {
  readonly model: Model<never>;
  readonly toDocument: (record: RecordKinds[Kind]) => { readonly _id: string };
}

/** A compatible engine takes up to a tenth of a second for each; all must be done before the socket is given up. */
const REPLACED_AT_ONCE = 20;

/** The utility's records on MongoDB. */
export function createMongoUtilityRecords(db: MongoDatabase): UtilityRecords {
  const marks = db.model(MARKS);
  const shelves: { readonly [Kind in RecordKind]: Shelf<Kind> } = {
    customers: { model: db.model(CUSTOMERS) as never, toDocument: toCustomerDocument },
    bills: { model: db.model(BILLS) as never, toDocument: toBillDocument },
    payments: { model: db.model(PAYMENTS) as never, toDocument: toPaymentDocument },
    outages: { model: db.model(OUTAGES) as never, toDocument: toOutageDocument },
    accounts: { model: db.model(ACCOUNTS) as never, toDocument: toAccountDocument },
    tickets: { model: db.model(TICKETS) as never, toDocument: toTicketDocument },
  };

  return {
    async put(kind, records) {
      const { model, toDocument } = shelves[kind];
      // Inserting is many times faster than asking for each whether it is there, above all on compatible engines.
      const known = await insertMissing<{ readonly _id: string }>(model as never, records.map(toDocument));
      for (let from = 0; from < known.length; from += REPLACED_AT_ONCE) {
        await model.bulkWrite(
          known.slice(from, from + REPLACED_AT_ONCE).map((document) => ({
            replaceOne: { filter: { _id: document._id } as never, replacement: document as never, upsert: true },
          })),
          { ordered: false },
        );
      }
    },
    async forget(kind) {
      await shelves[kind].model.deleteMany({});
    },
    mark: async (name) => (await marks.findOne({ _id: name }).lean<MarkDocument>())?.value,
    async setMark(name, value) {
      await marks.replaceOne({ _id: name }, { _id: name, value }, { upsert: true });
    },
  };
}
