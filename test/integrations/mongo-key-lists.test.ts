import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { COLLECTIONS } from '../../src/integrations/storage/mongo/collections.ts';
import { createMongoCustomerRecords } from '../../src/integrations/storage/mongo/customer-records.ts';
import type { MongoDatabase } from '../../src/integrations/storage/mongo/database.ts';
import { KEY_LISTS, type KeyListDocument } from '../../src/integrations/storage/mongo/key-lists.ts';
import { createMongoPersonRows } from '../../src/integrations/storage/mongo/person-rows.ts';
import { createRecordListing } from '../../src/integrations/storage/mongo/record-listing.ts';
import { MARKS } from '../../src/integrations/storage/mongo/utility-marks.ts';
import { createMongoUtilityRecords } from '../../src/integrations/storage/mongo/utility-records.ts';
import { customerRecordsContract } from '../contracts/customer-records.contract.ts';
import { freshCode, sampleBill, sampleCustomer, samplePayment } from '../support/sample-records.ts';
import { describeOnMongo, type OpenMongo } from '../support/servers/describe-on-mongo.ts';

interface Asked {
  readonly collection: string;
  readonly filter: Readonly<Record<string, unknown>>;
}

const READS = ['find', 'findOne'];

/** Looks a customer up in all the ways that the product has, and gives back what the server was asked meanwhile. */
async function askedFor(db: MongoDatabase, { code, phone }: { readonly code: string; readonly phone: string }) {
  const asked: Asked[] = [];
  mongoose.set('debug', (collection: string, method: string, filter: unknown) => {
    if (READS.includes(method) && collection !== MARKS.name) {
      asked.push({ collection, filter: filter as Asked['filter'] });
    }
  });
  try {
    const records = createMongoCustomerRecords(db);
    const found = {
      customer: await records.customer(code),
      ofPhone: await records.customersByPhone(phone),
      bills: await records.bills(code, { limit: 2 }),
      some: await records.bills(code, { fromMonth: '2026-07', toMonth: '2026-07', limit: 9 }),
      payments: await records.payments(code, 9),
    };
    return { asked, found };
  } finally {
    mongoose.set('debug', false);
  }
}

/** As on an engine that finds by `_id` alone, or as on one with indexes, whichever this is. */
const opened = async (open: OpenMongo, seeksOnlyById: boolean): Promise<MongoDatabase> => ({
  ...(await open()),
  seeksOnlyById,
});

function sampleHousehold() {
  const customer = sampleCustomer({ phone: '0911222333' });
  const { code } = customer;
  const bills = ['2026-06', '2026-07', '2026-08'].map((month) => sampleBill({ customerCode: code, month }));
  const payments = [samplePayment({ id: `${code}-p`, customerCode: code, at: 5_000 })];
  return { customer, bills, payments };
}

async function put(db: MongoDatabase, { customer, bills, payments }: ReturnType<typeof sampleHousehold>) {
  const records = createMongoUtilityRecords(db);
  await records.put('customers', [customer]);
  await records.put('bills', bills);
  await records.put('payments', payments);
}

describeOnMongo('customers on an engine that finds documents by their _id alone', (open) => {
  customerRecordsContract('MongoDB by lists of keys', async () => {
    const db = await opened(open, true);
    await createRecordListing(db).follow();
    const records = createMongoUtilityRecords(db);
    return {
      records: createMongoCustomerRecords(db),
      async put({ customers = [], bills = [], payments = [] }) {
        await records.put('customers', customers);
        await records.put('bills', bills);
        await records.put('payments', payments);
      },
      close: () => db.close(),
    };
  });

  describe('after the lists were made', () => {
    let db: MongoDatabase;
    const household = sampleHousehold();
    const { code } = household.customer;
    const who = { code, phone: '0911222333' };
    const listsWith = async (key: RegExp) =>
      (await db.model(KEY_LISTS).find().lean<KeyListDocument[]>()).filter(
        ({ _id, keys }) => key.test(_id) || keys.some((one) => key.test(one)),
      );

    beforeEach(async () => {
      db = await opened(open, true);
      await createMongoUtilityRecords(db).forget('customers');
      await createRecordListing(db).follow();
      await put(db, household);
    });
    afterEach(() => db.close());

    test('every look-up asks for one document by its _id', async () => {
      const { asked, found } = await askedFor(db, who);
      expect(found).toMatchObject({
        ...{ customer: { code }, ofPhone: [{ code }] },
        bills: [{ month: '2026-08' }, { month: '2026-07' }],
        ...{ some: [{ month: '2026-07' }], payments: [{ at: 5_000 }] },
      });
      expect(asked.length).toBeGreaterThan(8);
      expect(
        asked.filter(({ filter }) => Object.keys(filter).join() !== '_id' || typeof filter['_id'] !== 'string'),
      ).toEqual([]);
    });

    test('a customer with another phone leaves the list of the old one', async () => {
      await createMongoUtilityRecords(db).put('customers', [{ ...household.customer, phone: '0911222444' }]);
      // Nothing is left of the old number when nobody else has it.
      expect((await listsWith(/0911222/)).map(({ _id }) => _id)).toEqual(['phones/0911222444']);
    });

    test('who is erased is in no list, and another customer of his phone stays', async () => {
      const other = sampleCustomer({ phone: '0911222333' });
      await createMongoUtilityRecords(db).put('customers', [other]);
      expect(await createMongoPersonRows(db).forgetCustomer({ customerCode: code, phone: '0911222333' })).toBe(5);
      const { found } = await askedFor(db, who);
      expect(found).toEqual({ customer: undefined, ofPhone: [other], bills: [], some: [], payments: [] });
      expect(await listsWith(new RegExp(code))).toEqual([]);
    });
  });
});

describeOnMongo('customers that an earlier release has kept on such an engine', (open) => {
  test('are found before the lists are made and after', async () => {
    const household = sampleHousehold();
    const who = { code: household.customer.code, phone: '0911222333' };
    const before = await opened(open, false);
    await put(before, household);
    expect(await before.model(KEY_LISTS).countDocuments()).toBe(0);
    const db = await opened(open, true);
    const { found } = await askedFor(db, who);
    expect(found).toMatchObject({ ofPhone: [{}], bills: [{}, {}], some: [{}], payments: [{}] });
    const listing = createRecordListing(db);
    expect(await listing.isEmpty()).toBe(false);
    expect(await listing.follow()).toBe(5);
    const later = await askedFor(db, who);
    expect(later.found).toEqual(found);
    expect(later.asked.some(({ collection }) => collection === KEY_LISTS.name)).toBe(true);
    expect(await listing.follow()).toBe(0);
  });
});

describeOnMongo('an engine that finds documents by their _id alone', (open) => {
  test('has every collection from the start, so that each can be given an index, when nodes start at once, too', async () => {
    const [db] = await Promise.all([open(), open(), open(), open()]);
    const names = (await db.model(KEY_LISTS).db.listCollections()).map(({ name }) => name);
    const missing = COLLECTIONS.filter(({ name }) => !names.includes(name)).map(({ name }) => name);
    expect(db.seeksOnlyById ? missing : []).toEqual([]);
    await db.close();
  });
});

describeOnMongo('customers on an engine with indexes', (open) => {
  test('every look-up begins with what an index of its collection begins with', async () => {
    const db = await opened(open, false);
    const { asked } = await askedFor(db, { code: freshCode(), phone: '0911222333' });
    const indexed = (name: string) => [
      '_id',
      ...COLLECTIONS.filter((one) => one.name === name).flatMap(({ indexes }) =>
        indexes.map(({ key }) => Object.keys(key)[0]),
      ),
    ];
    expect(asked).toHaveLength(5);
    expect(asked.filter(({ collection, filter }) => !indexed(collection).includes(Object.keys(filter)[0]))).toEqual([]);
  });
});
