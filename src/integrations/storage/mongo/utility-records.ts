import type { Model } from 'mongoose';
import type { RecordKind, RecordKinds, UtilityRecords } from '../utility-records.ts';
import { ACCOUNTS, toAccountDocument } from './account-records.ts';
import {
  BILLS,
  CUSTOMERS,
  PAYMENTS,
  toBillDocument,
  toCustomerDocument,
  toPaymentDocument,
} from './customer-documents.ts';
import { insertMissing, type MongoDatabase } from './database.ts';
import { WRITTEN_AT_ONCE } from './key-lists.ts';
import { OUTAGES, toOutageDocument } from './outage-records.ts';
import { createRecordListing } from './record-listing.ts';
import { TICKETS, toTicketDocument } from './ticket-store.ts';
import { MARKS } from './utility-marks.ts';

/** Where a kind of records is kept, and as what. */
interface Shelf<Kind extends RecordKind> {
  readonly model: Model<never>;
  readonly toDocument: (record: RecordKinds[Kind]) => { readonly _id: string };
}

/** The utility's records on MongoDB. */
export function createMongoUtilityRecords(db: MongoDatabase): UtilityRecords {
  const marks = db.model(MARKS);
  const listing = createRecordListing(db);
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
      const documents = records.map(toDocument);
      await listing.list(kind, documents);
      const known = await insertMissing<{ readonly _id: string }>(model as never, documents);
      await listing.unlistOlder(kind, known);
      for (let from = 0; from < known.length; from += WRITTEN_AT_ONCE) {
        await model.bulkWrite(
          known.slice(from, from + WRITTEN_AT_ONCE).map((document) => ({
            replaceOne: { filter: { _id: document._id } as never, replacement: document as never, upsert: true },
          })),
          { ordered: false },
        );
      }
    },
    async forget(kind) {
      await shelves[kind].model.deleteMany({});
      await listing.forget(kind);
    },
    mark: async (name) => (await marks.findOne({ _id: name }).lean<{ readonly value: string }>())?.value,
    async setMark(name, value) {
      await marks.replaceOne({ _id: name }, { _id: name, value }, { upsert: true });
    },
  };
}
