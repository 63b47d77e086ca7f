import { BILLS, CUSTOMERS, PAYMENTS, type PaymentDocument } from './customer-documents.ts';
import { findEach } from './customer-look-ups.ts';
import type { MongoDatabase } from './database.ts';
import { createKeyLists } from './key-lists.ts';

/** Removes a customer with his bills and payments; returns how many records that were. May be done again. */
export function createRecordRemoval(db: MongoDatabase): (customerCode: string) => Promise<number> {
  const [customers, bills, payments] = [db.model(CUSTOMERS), db.model(BILLS), db.model(PAYMENTS)];
  const lists = createKeyLists(db);

  /** Each by its `_id`, the lists last: what is broken off is found again. */
  async function removeListed(customerCode: string): Promise<number> {
    const found = await findEach<PaymentDocument>(payments, await lists.keysOf('payments', customerCode));
    const phone = (await customers.findOne({ _id: customerCode }).lean())?.phone;
    let removed = 0;
    for (const _id of await lists.keysOf('bills', customerCode)) {
      removed += (await bills.deleteOne({ _id })).deletedCount;
    }
    for (const { _id } of found.filter((payment) => payment.customerCode === customerCode)) {
      removed += (await payments.deleteOne({ _id })).deletedCount;
    }
    if (phone !== undefined) {
      await lists.remove({ list: 'phones', value: phone, key: customerCode });
    }
    removed += (await customers.deleteOne({ _id: customerCode })).deletedCount;
    await lists.forget('bills', customerCode);
    await lists.forget('payments', customerCode);
    return removed;
  }

  return async (customerCode) => {
    if (await lists.areComplete()) {
      return removeListed(customerCode);
    }
    const gone = [
      await customers.deleteMany({ _id: customerCode }),
      await bills.deleteMany({ customerCode }),
      await payments.deleteMany({ customerCode }),
    ];
    return gone.reduce((sum, { deletedCount }) => sum + deletedCount, 0);
  };
}
