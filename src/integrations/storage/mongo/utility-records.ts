import type { Model } from 'mongoose';
import type { RecordKind, RecordKinds, UtilityRecords } from '../utility-records.ts';
import { defineCollection, needed } from './collection.ts';
import {
  BILLS,
  CUSTOMERS,
  PAYMENTS,
  toBillDocument,
  toCustomerDocument,
  toPaymentDocument,
} from './customer-records.ts';
import type { MongoDatabase } from './database.ts';
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

/** The utility's records on MongoDB: one bulk write a batch. */
export function createMongoUtilityRecords(db: MongoDatabase): UtilityRecords {
  const marks = db.model(MARKS);
  const shelves: { readonly [Kind in RecordKind]: Shelf<Kind> } = {
    customers: { model: db.model(CUSTOMERS) as never, toDocument: toCustomerDocument },
    bills: { model: db.model(BILLS) as never, toDocument: toBillDocument },
    payments: { model: db.model(PAYMENTS) as never, toDocument: toPaymentDocument },
    outages: { model: db.model(OUTAGES) as never, toDocument: toOutageDocument },
    tickets: { model: db.model(TICKETS) as never, toDocument: toTicketDocument },
  };

  return {
    async put(kind, records) {
      const { model, toDocument } = shelves[kind];
      if (records.length > 0) {
        await model.bulkWrite(
          records.map((record) => {
            const document = toDocument(record) as never;
            return { replaceOne: { filter: { _id: document['_id'] } as never, replacement: document, upsert: true } };
          }),
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
