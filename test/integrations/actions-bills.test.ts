import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Bill } from '../../src/bot/records.ts';
import {
  type ActionBench,
  aBill,
  aCustomer,
  CODE,
  openActionBench,
  saidBy,
  ticketIn,
  verifiedFor,
  writtenTicket,
} from '../support/action-bench.ts';

let bench: ActionBench;
beforeEach(() => {
  bench = openActionBench();
});
afterEach(() => bench.close());

async function findBill(bills: readonly Bill[], period?: string) {
  await bench.write('bills', ...bills);
  return bench.run('find_bill', { customer_code: CODE, ...(period !== undefined && { billing_period: period }) });
}

describe('one bill', () => {
  test('is told with every figure of the record and where they come from', async () => {
    const result = await findBill([aBill({ month: '2026-09' }), aBill()]);
    expect(saidBy(result)).toBe(
      [
        'Tiền điện tháng 10/2026',
        'Mã khách hàng: PB06010001234',
        'Kỳ ghi điện: 01/10/2026 – 28/10/2026',
        'Chỉ số: 1.000 → 1.250',
        'Điện tiêu thụ: 250 kWh',
        'Tiền trước thuế: 589.600 đ',
        'Thuế GTGT (8%): 47.168 đ',
        'Tổng cộng: 636.768 đ',
        'Trạng thái: Chưa thanh toán',
        'Hạn thanh toán: 30/11/2026',
        'Bậc 1: 50 kWh × 1.984 đ = 99.200 đ',
        'Bậc 2: 50 kWh × 2.050 đ = 102.500 đ',
        'Bậc 3: 100 kWh × 2.380 đ = 238.000 đ',
        'Bậc 4: 50 kWh × 2.998 đ = 149.900 đ',
      ].join('\n'),
    );
    expect(result.slots).toEqual({
      month: 'tháng 10/2026',
      kwh: '250 kWh',
      total: '636.768 đ',
      due: '30/11/2026',
      bill_status: 'chưa thanh toán',
    });
    expect(result.provenance).toEqual([
      {
        record: 'bill',
        id: `${CODE}/2026-10/1`,
        version: 'import-2026-11-20T03:00:00.000Z',
        asOf: '2026-11-20T03:00:00.000Z',
      },
    ]);
  });

  test('of the month asked for is told, not the newest', async () => {
    const result = await findBill([aBill({ month: '2026-06', paidAt: '2026-07-05' }), aBill()], '2026-06');
    expect(saidBy(result)).toContain('Tiền điện tháng 6/2026');
    expect(result.slots?.['bill_status']).toBe('đã thanh toán ngày 05/07/2026');
  });

  test('is overdue from the day after its due day', async () => {
    const onTheDay = await findBill([aBill({ due: '2026-11-22' })]);
    const after = await findBill([aBill({ due: '2026-11-21' })]);
    expect([onTheDay.slots?.['bill_status'], after.slots?.['bill_status']]).toEqual([
      'chưa thanh toán',
      'chưa thanh toán, đã quá hạn',
    ]);
  });

  test('shows the multiplier of the meter where it has one', async () => {
    expect(saidBy(await findBill([aBill({ readingNew: 1005, multiplier: 50 })]))).toContain(
      'Chỉ số: 1.000 → 1.005 (hệ số nhân 50)',
    );
  });

  test('names no VAT rate when the rate does not give the amount', async () => {
    const said = saidBy(await findBill([aBill({ vat: 50_000, total: 639_600 })]));
    expect(said).toContain('Thuế GTGT: 50.000 đ');
  });

  test('that is missing for the month asked for is said, with the newest that there is', async () => {
    const result = await findBill([aBill()], '2026-08');
    expect(result).toMatchObject({
      outcome: 'no_bill_for_period',
      slots: { period_text: 'tháng 8/2026', newest_month: 'tháng 10/2026' },
    });
    expect(result.replies ?? []).toEqual([]);
  });

  test('of a month that is not billed yet is the newest, and says so', async () => {
    const result = await findBill([aBill()], '2026-11');
    expect(result).toMatchObject({ outcome: 'found', slots: { month: 'tháng 10/2026' } });
    expect(saidBy(result)).toMatch(
      /^Hóa đơn tháng 11\/2026 chưa có, đây là hóa đơn gần nhất\.\nTiền điện tháng 10\/2026/,
    );
  });
});

describe('several bills', () => {
  test('are listed with their total, and the months without one are named', async () => {
    const paid = { paidAt: '2026-09-09' };
    const result = await findBill(
      [aBill({ month: '2026-07', ...paid }), aBill({ month: '2026-09' })],
      '2026-07/2026-09',
    );
    expect(saidBy(result)).toBe(
      [
        'Tiền điện từ tháng 7/2026 đến tháng 9/2026',
        'Mã khách hàng: PB06010001234',
        'Tháng 7/2026: 250 kWh, 636.768 đ, đã thanh toán',
        'Tháng 9/2026: 250 kWh, 636.768 đ, chưa thanh toán',
        'Tổng cộng 2 hóa đơn: 500 kWh, 1.273.536 đ',
        'Mình chưa thấy hóa đơn tháng 8/2026.',
      ].join('\n'),
    );
    expect(result.slots).toMatchObject({
      kwh: '500 kWh',
      total: '1.273.536 đ',
      bill_status: 'còn 1 hóa đơn chưa thanh toán, tổng 636.768 đ',
    });
    expect(result.provenance).toHaveLength(2);
  });

  test('of months that are not billed yet are not called missing', async () => {
    const result = await findBill([aBill({ month: '2026-09' }), aBill()], '2026-09/2026-12');
    expect(saidBy(result)).not.toContain('chưa thấy');
  });

  test('of one month are two periods of a large customer', async () => {
    const second = aBill({ period: 2, from: '2026-10-16', to: '2026-10-31' });
    const said = saidBy(await findBill([aBill({ to: '2026-10-15' }), second]));
    expect(said).toContain('Tháng 10/2026: 250 kWh');
    expect(said).toContain('Tháng 10/2026 kỳ 2: 250 kWh');
    expect(said).toContain('Tổng cộng 2 hóa đơn: 500 kWh, 1.273.536 đ');
  });

  test('of many years are cut to the newest, and the total is that of what is shown', async () => {
    const months = Array.from(
      { length: 30 },
      (_, n) => `${2024 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`,
    );
    const result = await findBill(
      months.map((month) => aBill({ month })),
      '2024-01/2026-06',
    );
    expect(saidBy(result)).toContain('Tiền điện từ tháng 7/2024 đến tháng 6/2026');
    expect(result.slots?.['kwh']).toBe('6.000 kWh');
    expect(saidBy(result)).not.toContain('chưa thấy');
  });
});

describe('bad records', () => {
  test('no phone on file: no SMS and no number is made up; the ticket has the number that the customer gives', async () => {
    const { phone: _, ...withoutPhone } = aCustomer();
    await bench.write('customers', withoutPhone);
    const slots = { customer_code: CODE };
    const verified = { identities: verifiedFor(CODE) };
    expect((await bench.run('send_otp', slots)).effects).toEqual([]);
    expect(await bench.run('find_notice_phone', slots, verified)).toEqual({ outcome: 'none' });
    const ticket = { ...slots, ticket_number: 'YC261122-4K7Q2' };
    expect(await bench.run('send_ticket_sms', ticket, verified)).toEqual({ outcome: 'no_phone' });
    const change = { dialog: 'contract-change' };
    expect(ticketIn(await bench.run('open_request', slots, change))).not.toHaveProperty('phone');
    expect(ticketIn(await bench.run('open_request', { ...slots, phone: '0912345678' }, change)).phone).toBe(
      '0912345678',
    );
  });

  test('without lines, as everywhere in these records, keep their figures and are no fault', async () => {
    const result = await findBill([aBill({ lines: [] }), aBill({ month: '2026-09', lines: [] })], '2026-10');
    expect(saidBy(result)).toContain('Tổng cộng: 636.768 đ');
    expect(result.effects).toEqual([]);
  });

  test('without lines among bills that have theirs open a ticket', async () => {
    const bills = [aBill({ lines: [] }), aBill({ month: '2026-09', from: '2026-09-01', to: '2026-09-30' })];
    const result = await findBill(bills, '2026-10');
    expect(saidBy(result)).toContain('Tổng cộng: 636.768 đ');
    expect(saidBy(result)).toContain('chỉ nêu số tổng');
    expect(ticketIn(result)).toMatchObject({ kind: 'billing', details: { bills: `${CODE}/2026-10/1` } });
    expect(saidBy(result)).toContain(ticketIn(result).number);
  });

  test.each([
    ['that are not there', { readingOld: 0, readingNew: 0 }, false],
    ['that give another use', { readingNew: 1750 }, false],
    ['of a meter that rolled over', { readingOld: 99_900, readingNew: 150 }, true],
    ['of a meter with a multiplier', { readingNew: 1025, multiplier: 10 }, true],
  ])(
    'with readings %s keep their figures; readings that do not fit are not told, and checked',
    async (_, change, fits) => {
      const result = await findBill([aBill(change)], '2026-10');
      expect(saidBy(result)).toContain('Tổng cộng: 636.768 đ');
      expect([saidBy(result).includes('Chỉ số: '), result.effects?.length === 0]).toEqual([fits, fits]);
      expect(saidBy(result).includes('nên mình không nêu chỉ số')).toBe(!fits);
    },
  );

  test('do not count among the days of the meter reading', async () => {
    await bench.write(
      'bills',
      aBill({ from: '2026-10-31', to: '2026-10-01' }),
      aBill({ month: '2026-09', to: '2026-09-30', from: '2026-09-01' }),
    );
    const { slots } = await bench.run('find_reading_days', { customer_code: CODE });
    expect(slots).toEqual({ reading_days: '30/09/2026' });
  });

  test.each([
    ['with lines that do not add up', { lines: aBill().lines.slice(1) }],
    ['with lines below zero', { lines: [{ label: 'Bậc 1', kwh: -50, price: 1984, amount: -99_200 }] }],
  ])('%s keep their figures, show no tiers and open a ticket', async (_what, change) => {
    const result = await findBill([aBill(change)]);
    const said = saidBy(result);
    expect(said).toContain(ticketIn(result).number);
    expect(said).toContain('Tổng cộng: 636.768 đ');
    expect(said).not.toContain('Bậc');
  });

  test.each([
    ['a negative use', { kwh: -250 }],
    ['a total that is not amount and VAT', { total: 700_000 }],
    ['a total that is missing', { total: undefined as unknown as number }],
    ['a period that ends before it begins', { from: '2026-10-31', to: '2026-10-01' }],
  ])('with %s tell no figure and open a ticket', async (_what, change) => {
    const result = await findBill([aBill(change)]);
    expect(result.outcome).toBe('found');
    expect(`${saidBy(result)} ${Object.values(result.slots ?? {}).join(' ')}`).not.toMatch(/\d (đ|kWh)(?!\p{L})/u);
    expect(ticketIn(result)).toMatchObject({
      kind: 'billing',
      customerCode: CODE,
      details: { bills: `${CODE}/2026-10/1` },
    });
    expect(saidBy(result)).toContain(ticketIn(result).number);
    // The agent sees which record is in doubt.
    expect(result.provenance?.map(({ id }) => id)).toEqual([`${CODE}/2026-10/1`]);
  });

  test('name the ticket that is open already when the customer asks again', async () => {
    const first = await findBill([aBill({ kwh: -250 })]);
    await bench.storage.tickets.open(writtenTicket(first));
    const second = await bench.run('find_bill', { customer_code: CODE });
    expect(second.effects).toEqual([]);
    expect(saidBy(second)).toContain(ticketIn(first).number);
  });

  test('with two bills for the same days add nothing up', async () => {
    const result = await findBill([aBill(), aBill({ period: 2 })]);
    expect(saidBy(result)).toContain('đang kiểm tra');
    expect(saidBy(result)).not.toMatch(/\d (đ|kWh)(?!\p{L})/u);
    expect(result.slots).toMatchObject({ total: 'đang kiểm tra' });
    expect(ticketIn(result).details['bills']).toBe(`${CODE}/2026-10/1, ${CODE}/2026-10/2`);
  });

  test('among good ones leave the good ones standing, without a total', async () => {
    const result = await findBill([aBill({ month: '2026-09', kwh: -1 }), aBill()], '2026-09/2026-10');
    expect(saidBy(result)).toContain('Tháng 9/2026: đang kiểm tra');
    expect(saidBy(result)).toContain('Tháng 10/2026: 250 kWh, 636.768 đ');
    expect(saidBy(result)).not.toContain('Tổng cộng');
  });
});
