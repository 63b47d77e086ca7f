import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CustomerRecords } from '../../src/bot/ports.ts';
import type { Bill, Customer, Payment } from '../../src/bot/records.ts';
import { freshCode, sampleBill, sampleCustomer, samplePayment } from '../support/sample-records.ts';

export interface CustomerRecordsFixture {
  readonly records: CustomerRecords;
  put(all: {
    readonly customers?: readonly Customer[];
    readonly bills?: readonly Bill[];
    readonly payments?: readonly Payment[];
  }): Promise<void>;
  close(): Promise<void>;
}

/** What every `CustomerRecords` promises. */
export function customerRecordsContract(name: string, open: () => Promise<CustomerRecordsFixture>): void {
  describe(`${name} as customer records`, () => {
    let fixture: CustomerRecordsFixture;

    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    test('knows nothing of a code that is not there', async () => {
      const code = freshCode();
      expect(await fixture.records.customer(code)).toBeUndefined();
      expect(await fixture.records.bills(code, { limit: 5 })).toEqual([]);
      expect(await fixture.records.payments(code, 5)).toEqual([]);
    });

    test('gives a customer back as written, Vietnamese and all', async () => {
      const customer = sampleCustomer({ phone: '0911000001', feeder: '471-TAN', households: 1.5 });
      await fixture.put({ customers: [customer] });
      expect(await fixture.records.customer(customer.code)).toEqual(customer);
    });

    test('replaces a customer that comes again, phone included', async () => {
      const customer = sampleCustomer({ phone: '0911000002' });
      const { phone: _phone, ...withoutPhone } = customer;
      await fixture.put({ customers: [customer] });
      await fixture.put({ customers: [{ ...withoutPhone, version: 'v2' }] });
      expect(await fixture.records.customer(customer.code)).toEqual({ ...withoutPhone, version: 'v2' });
      expect(await fixture.records.customersByPhone('0911000002')).toEqual([]);
    });

    test('takes a batch in which some have come before and some have not', async () => {
      const old = Array.from({ length: 25 }, () => sampleCustomer());
      await fixture.put({ customers: old });
      const batch = [...old.map((customer) => ({ ...customer, version: 'v2' })), sampleCustomer({ version: 'v2' })];
      await fixture.put({ customers: batch });
      const found = await Promise.all(batch.map(({ code }) => fixture.records.customer(code)));
      expect(found).toEqual(batch);
    });

    test('finds all contracts of one phone and no others', async () => {
      const phone = '0911000003';
      const mine = [sampleCustomer({ phone }), sampleCustomer({ phone })];
      await fixture.put({ customers: [...mine, sampleCustomer({ phone: '0911000004' }), sampleCustomer()] });
      expect(await fixture.records.customersByPhone(phone)).toEqual(mine);
    });

    test('gives bills newest first, within months, up to a limit', async () => {
      const customerCode = freshCode();
      const bills = ['2026-07', '2026-09', '2026-08'].map((month) => sampleBill({ customerCode, month }));
      const second = sampleBill({ customerCode, month: '2026-09', period: 2 });
      await fixture.put({ bills: [...bills, second, sampleBill({ customerCode: freshCode(), month: '2026-09' })] });
      const found = async (query: Parameters<CustomerRecords['bills']>[1]) =>
        (await fixture.records.bills(customerCode, query)).map(({ month, period }) => `${month}/${period}`);
      expect(await found({ limit: 10 })).toEqual(['2026-09/2', '2026-09/1', '2026-08/1', '2026-07/1']);
      expect(await found({ limit: 1 })).toEqual(['2026-09/2']);
      expect(await found({ fromMonth: '2026-07', toMonth: '2026-08', limit: 10 })).toEqual(['2026-08/1', '2026-07/1']);
      expect(await found({ fromMonth: '2026-10', limit: 10 })).toEqual([]);
      expect(await fixture.records.bills(customerCode, { toMonth: '2026-07', limit: 1 })).toEqual([bills[0]]);
    });

    test('keeps the last version of a bill', async () => {
      const bill = sampleBill({ customerCode: freshCode(), month: '2026-06' });
      await fixture.put({ bills: [bill] });
      await fixture.put({ bills: [{ ...bill, paidAt: '2026-07-02', version: 'v2' }] });
      expect(await fixture.records.bills(bill.customerCode, { limit: 5 })).toEqual([
        { ...bill, paidAt: '2026-07-02', version: 'v2' },
      ]);
    });

    test('gives payments newest first, each once', async () => {
      const customerCode = freshCode();
      const payments = [1_000, 3_000, 2_000].map((at) =>
        samplePayment({ id: `${customerCode}-${at}`, customerCode, at }),
      );
      await fixture.put({ payments });
      await fixture.put({ payments });
      expect((await fixture.records.payments(customerCode, 2)).map(({ at }) => at)).toEqual([3_000, 2_000]);
      expect(await fixture.records.payments(customerCode, 9)).toHaveLength(3);
    });
  });
}
