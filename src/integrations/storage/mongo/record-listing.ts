import type { RecordKind } from '../utility-records.ts';
import {
  BILLS,
  type BillDocument,
  CUSTOMERS,
  type CustomerDocument,
  PAYMENTS,
  type PaymentDocument,
} from './customer-documents.ts';
import { findEach } from './customer-look-ups.ts';
import type { MongoDatabase } from './database.ts';
import { createKeyLists, type KeyListName, type KeyLists } from './key-lists.ts';

interface Listed {
  readonly _id: string;
}

interface ListedKind {
  readonly list: KeyListName;
  /** By what it is found besides its `_id`. */
  readonly valueOf: (document: never) => string | undefined;
}

/** Kinds of records that are found by more than their `_id`. */
const LISTED: { readonly [Kind in RecordKind]?: ListedKind } = {
  customers: { list: 'phones', valueOf: ({ phone }: CustomerDocument) => phone },
  bills: { list: 'bills', valueOf: ({ customerCode }: BillDocument) => customerCode },
  payments: { list: 'payments', valueOf: ({ customerCode }: PaymentDocument) => customerCode },
};
const FILLED_AT_ONCE = 500;

/** Keeps the lists of an engine that finds documents by `_id` alone; on any other there is nothing to do. */
export function createRecordListing(db: MongoDatabase) {
  const lists: KeyLists | undefined = db.seeksOnlyById ? createKeyLists(db) : undefined;
  const models = { customers: db.model(CUSTOMERS), bills: db.model(BILLS), payments: db.model(PAYMENTS) } as const;

  async function list(kind: RecordKind, documents: readonly Listed[]): Promise<void> {
    const listed = LISTED[kind];
    if (lists !== undefined && listed !== undefined) {
      await lists.add(
        documents.flatMap((document) => {
          const value = listed.valueOf(document as never);
          return value === undefined ? [] : [{ list: listed.list, value, key: document._id }];
        }),
      );
    }
  }

  return {
    /** Call before the documents are written: what is listed and not there does no harm. */
    list,
    /** Takes a customer who has another phone now from the list of the old one. Call before the documents are replaced. */
    async unlistOlder(kind: RecordKind, documents: readonly Listed[]): Promise<void> {
      if (lists === undefined || kind !== 'customers') {
        return;
      }
      const phones = new Map((documents as readonly CustomerDocument[]).map(({ _id, phone }) => [_id, phone]));
      for (const { _id, phone } of await findEach<CustomerDocument>(models.customers, [...phones.keys()])) {
        if (phone !== undefined && phone !== phones.get(_id)) {
          await lists.remove({ list: 'phones', value: phone, key: _id });
        }
      }
    },
    async forget(kind: RecordKind): Promise<void> {
      const listed = LISTED[kind];
      if (lists !== undefined && listed !== undefined) {
        await lists.forget(listed.list);
      }
    },
    /** Lists what an earlier release has kept, once; returns how much that was. May be done again. */
    async follow(): Promise<number> {
      if (lists === undefined || (await lists.areComplete())) {
        return 0;
      }
      let listed = 0;
      for (const [kind, model] of Object.entries(models)) {
        let part: Listed[] = [];
        for await (const document of (model as (typeof models)['bills']).find().lean<BillDocument>().cursor()) {
          part.push(document as Listed);
          if (part.length >= FILLED_AT_ONCE) {
            await list(kind as RecordKind, part);
            part = [];
          }
          listed += 1;
        }
        await list(kind as RecordKind, part);
      }
      await lists.setComplete();
      return listed;
    },
    /** Whether no record is there yet: then the lists are complete as soon as anybody says so. */
    async isEmpty(): Promise<boolean> {
      const found = await Promise.all(
        Object.values(models).map((model) => (model as (typeof models)['bills']).findOne().lean()),
      );
      return found.every((document) => document === null);
    },
  };
}
