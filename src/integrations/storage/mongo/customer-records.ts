import type { CustomerRecords } from '../../../bot/ports.ts';
import type { Bill, Customer, Payment } from '../../../bot/records.ts';
import { createCustomerLookUps } from './customer-look-ups.ts';
import type { MongoDatabase } from './database.ts';
import { fromDocumentValue } from './document-value.ts';

/** Customers, bills and payments on MongoDB, as the import wrote them. */
export function createMongoCustomerRecords(db: MongoDatabase): CustomerRecords {
  const lookUps = createCustomerLookUps(db);
  return {
    async customer(code) {
      const found = await lookUps.customer(code);
      return found === undefined ? undefined : fromDocumentValue<Customer>(found.record);
    },
    customersByPhone: async (phone) => recordsOf<Customer>(await lookUps.customersByPhone(phone)),
    bills: async (code, { limit, ...range }) => recordsOf<Bill>(await lookUps.bills(code, range, limit)),
    payments: async (code, limit) => recordsOf<Payment>(await lookUps.payments(code, limit)),
  };
}

function recordsOf<T>(documents: readonly { readonly record: unknown }[]): readonly T[] {
  return documents.map(({ record }) => fromDocumentValue<T>(record));
}
