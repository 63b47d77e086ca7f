import type { Model } from 'mongoose';
import {
  BILLS,
  type BillDocument,
  CUSTOMERS,
  type CustomerDocument,
  PAYMENTS,
  type PaymentDocument,
} from './customer-documents.ts';
import type { MongoDatabase } from './database.ts';
import { createKeyLists, type KeyLists } from './key-lists.ts';

export interface MonthRange {
  readonly fromMonth?: string | undefined;
  readonly toMonth?: string | undefined;
}

/** How documents of customers are found, on whatever engine. */
export interface CustomerLookUps {
  customer(code: string): Promise<CustomerDocument | undefined>;
  /** In the order of their codes. */
  customersByPhone(phone: string): Promise<readonly CustomerDocument[]>;
  /** Newest first. */
  bills(customerCode: string, range: MonthRange, limit: number): Promise<readonly BillDocument[]>;
  /** Newest first. */
  payments(customerCode: string, limit: number): Promise<readonly PaymentDocument[]>;
}

/** Look-ups that are under way at once: each takes a connection of the pool. */
const ASKED_AT_ONCE = 20;

/** By the index of the collection; where the engine finds documents by `_id` alone, by our own lists of them. */
export function createCustomerLookUps(db: MongoDatabase): CustomerLookUps {
  const lists = createKeyLists(db);
  const byIndex = lookUpsByIndex(db);
  const byId = lookUpsById(db, lists);
  const now = async () => ((await lists.areComplete()) ? byId : byIndex);
  return {
    customer: byIndex.customer,
    customersByPhone: async (phone) => (await now()).customersByPhone(phone),
    bills: async (...query) => (await now()).bills(...query),
    payments: async (...query) => (await now()).payments(...query),
  };
}

function lookUpsByIndex(db: MongoDatabase): CustomerLookUps {
  const customers = db.model(CUSTOMERS);
  return {
    customer: async (code) => (await customers.findOne({ _id: code }).lean<CustomerDocument>()) ?? undefined,
    customersByPhone: (phone) => customers.find({ phone }).sort({ _id: 1 }).lean<CustomerDocument[]>(),
    bills(customerCode, { fromMonth, toMonth }, limit) {
      const months = {
        ...(fromMonth !== undefined && { $gte: fromMonth }),
        ...(toMonth !== undefined && { $lte: toMonth }),
      };
      return db
        .model(BILLS)
        .find({ customerCode, ...(Object.keys(months).length > 0 && { month: months }) })
        .sort({ month: -1, period: -1 })
        .limit(limit)
        .lean<BillDocument[]>();
    },
    payments: (customerCode, limit) =>
      db.model(PAYMENTS).find({ customerCode }).sort({ at: -1 }).limit(limit).lean<PaymentDocument[]>(),
  };
}

function lookUpsById(db: MongoDatabase, lists: Pick<KeyLists, 'keysOf'>): Omit<CustomerLookUps, 'customer'> {
  return {
    async customersByPhone(phone) {
      const found = await findEach<CustomerDocument>(db.model(CUSTOMERS), await lists.keysOf('phones', phone));
      return found.filter((customer) => customer.phone === phone).sort((one, other) => (one._id < other._id ? -1 : 1));
    },
    async bills(customerCode, { fromMonth = '', toMonth = LAST_MONTH }, limit) {
      const keys = (await lists.keysOf('bills', customerCode)).map(placeOf);
      const asked = keys.filter(({ month }) => month >= fromMonth && month <= toMonth).sort(newestFirst);
      return findEach<BillDocument>(
        db.model(BILLS),
        asked.slice(0, limit).map(({ id }) => id),
      );
    },
    async payments(customerCode, limit) {
      const found = await findEach<PaymentDocument>(db.model(PAYMENTS), await lists.keysOf('payments', customerCode));
      const own = found.filter((payment) => payment.customerCode === customerCode);
      return own.sort((one, other) => other.at - one.at).slice(0, limit);
    },
  };
}

const LAST_MONTH = '9999-12';

interface BillPlace {
  readonly id: string;
  readonly month: string;
  readonly period: number;
}

/** Month and period as the `_id` of a bill says them. */
function placeOf(id: string): BillPlace {
  const [, month = '', period = ''] = id.split('/');
  return { id, month, period: Number(period) };
}

function newestFirst(one: BillPlace, other: BillPlace): number {
  return one.month === other.month ? other.period - one.period : one.month < other.month ? 1 : -1;
}

/** The documents with these `_id`s, in their order, each asked for alone: a list of them would be no look-up by `_id`. */
export async function findEach<T>(model: Model<T>, ids: readonly string[]): Promise<T[]> {
  const found: T[] = [];
  for (let from = 0; from < ids.length; from += ASKED_AT_ONCE) {
    const asked = ids.slice(from, from + ASKED_AT_ONCE);
    const documents = await Promise.all(asked.map((_id) => model.findOne({ _id } as never).lean<T>()));
    found.push(...documents.filter((document) => document !== null));
  }
  return found;
}
