import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Bill } from '../../src/bot/records.ts';
import type { ActionResult, Slots } from '../../src/dialogs/run-action.ts';
import { calculateBill } from '../../src/tariffs/calculate-bill.ts';
import { daysInMonth } from '../../src/tariffs/days.ts';
import { loadTariffs } from '../../src/tariffs/load-tariffs.ts';
import {
  type ActionBench,
  aBill,
  aCustomer,
  CODE,
  openActionBench,
  saidBy,
  ticketIn,
  writtenTicket,
} from '../support/action-bench.ts';

const tariffs = loadTariffs();
let bench: ActionBench;
beforeEach(() => {
  bench = openActionBench();
});
afterEach(() => bench.close());

/** The bill that the tables give for a whole month. */
function billFor(month: string, kwh: number, change: Partial<Bill> = {}): Bill {
  const [from, to] = [`${month}-01`, `${month}-${daysInMonth(month)}`];
  const bill = calculateBill({ from, to, group: 'household', usage: { kwh } }, tariffs);
  if (!bill.covered) {
    throw new Error(bill.reason);
  }
  const { lines, amount, vat, total } = bill;
  return aBill({ month, from, to, kwh, lines, amount, vat, total, readingNew: 1000 + kwh, ...change });
}

async function run(action: string, bills: readonly Bill[], slots: Slots = {}) {
  await bench.write('customers', aCustomer());
  await bench.write('bills', ...bills);
  return bench.run(action, { customer_code: CODE, ...slots });
}

/** The đồng after the colon of each line of an explanation. */
function partsIn(text: string): readonly number[] {
  return [...text.matchAll(/: ([+−])([\d.]+) đ$/gm)].map(
    ([, sign, digits = '']) => Number(digits.replaceAll('.', '')) * (sign === '+' ? 1 : -1),
  );
}

/** The words of an explanation, without the chart that follows them. */
function answerOf({ replies = [] }: ActionResult): string {
  const [answer] = replies;
  return answer?.kind === 'text' ? answer.text : '';
}

describe('the explanation of a bill', () => {
  test('names each part in đồng, and they add up to the difference', async () => {
    const result = await run('explain_bill', [billFor('2026-09', 191), billFor('2026-10', 250)]);
    const said = answerOf(result);
    expect(said).toBe(
      [
        'Hóa đơn tháng 10/2026 là 636.768 đ, cao hơn tháng 9/2026 (451.742 đ) 185.026 đ, gồm:',
        '• Kỳ ghi điện dài hơn (31 so với 30 ngày): +16.365 đ',
        '• Mỗi ngày dùng nhiều hơn (8,06 so với 6,37 kWh): +124.834 đ',
        '• Nhiều điện hơn ở bậc giá cao (bậc 4, trước là bậc 3): +43.827 đ',
        'Các khoản này đã gồm thuế và cộng lại đúng bằng phần chênh lệch.',
      ].join('\n'),
    );
    expect(partsIn(said).reduce((sum, part) => sum + part, 0)).toBe(636_768 - 451_742);
    expect(said.split(/\s+/).length).toBeLessThan(120);
    expect(result.slots).toEqual({ month: 'tháng 10/2026', compared_month: 'tháng 9/2026' });
  });

  test('shows both bills among thirteen months, without those in doubt', async () => {
    const months = ['2025-09', '2025-10', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'];
    const bills = months.map((month) => billFor(month, month === '2026-08' ? 300 : 200));
    const doubtful = billFor('2026-06', 200, { kwh: -5 });
    const chosen = { compared_months: '2026-09/2026-10' };
    const { replies = [], provenance = [] } = await run('explain_bill', [...bills, doubtful], chosen);
    const chart = replies.find((reply) => reply.kind === 'chart');
    expect(chart?.months.map(({ label, mark = '' }) => `${label} ${mark}`.trim())).toEqual([
      ...['10/2025', '11/2025', '12/2025', '1/2026', '2/2026', '3/2026', '4/2026', '5/2026', '6/2026'],
      ...['7/2026', '8/2026', '9/2026 compared', '10/2026 asked'],
    ]);
    expect(chart?.months[8]).toEqual({ label: '6/2026', isMissing: true });
    expect(chart?.description).toContain('Đang xem tháng 10/2026 (200 kWh), so với tháng 9/2026 (200 kWh).');
    expect(provenance.filter(({ record }) => record === 'bill')).toHaveLength(5);
  });

  test('names no tier where the lines of a bill are not there', async () => {
    const bills = [billFor('2026-09', 191), billFor('2026-10', 250, { lines: [] })];
    const said = saidBy(await run('explain_bill', bills));
    expect(said).toContain('• Nhiều điện hơn ở bậc giá cao: +43.827 đ');
    expect(said).not.toContain('không dùng');
  });

  test('has one ticket for bills that overlap, whichever is named first', async () => {
    const bills = [billFor('2026-10', 250), billFor('2026-10', 250, { period: 2, id: `${CODE}/2026-10/2` })];
    const asked = ticketIn(await run('find_bill', bills, { billing_period: '2026-10' }));
    const explained = ticketIn(await run('explain_bill', [...bills, billFor('2026-09', 191)]));
    expect(explained.details['bills']).toBe(asked.details['bills']);
  });

  test('says where its figures come from: both bills and the price decision', async () => {
    const { provenance = [] } = await run('explain_bill', [billFor('2026-09', 191), billFor('2026-10', 250)]);
    expect(provenance.map(({ record, id }) => `${record} ${id}`)).toEqual([
      `bill ${CODE}/2026-09/1`,
      `bill ${CODE}/2026-10/1`,
      'tariff household/2025-05-10',
    ]);
    expect(provenance.every(({ version, asOf }) => version !== '' && asOf !== '')).toBe(true);
  });

  test('compares the months that are named', async () => {
    const bills = [billFor('2026-08', 300), billFor('2026-09', 191), billFor('2026-10', 250)];
    const said = saidBy(await run('explain_bill', bills, { compared_months: '2026-08/2026-10' }));
    expect(said).toContain('Hóa đơn tháng 10/2026 là 636.768 đ, thấp hơn tháng 8/2026 (798.660 đ) 161.892 đ, gồm:');
    expect(partsIn(said).reduce((sum, part) => sum + part, 0)).toBe(-161_892);
  });

  test('compares the newest bill with a month that it is held against', async () => {
    const bills = [billFor('2026-08', 300), billFor('2026-09', 191), billFor('2026-10', 250)];
    expect(saidBy(await run('explain_bill', bills, { compared_months: '2026-08/' }))).toContain(
      'thấp hơn tháng 8/2026',
    );
    const chosen = { customer_code: CODE, compared_months: '2026-08', compare_with: 'newest' };
    expect(saidBy(await bench.run('explain_bill', chosen))).toContain('thấp hơn tháng 8/2026');
  });

  test('compares with the same month of a year that is named', async () => {
    const bills = [billFor('2025-10', 200), billFor('2026-10', 250)];
    const said = saidBy(await run('explain_bill', bills, { compared_months: '2025-01/2025-12' }));
    expect(said).toContain('cao hơn tháng 10/2025 (474.876 đ) 161.892 đ');
  });

  test('takes the newest bill for a month that is not billed yet, and says so', async () => {
    const bills = [billFor('2026-09', 191), billFor('2026-10', 250)];
    const said = saidBy(await run('explain_bill', bills, { compared_months: '2026-11' }));
    expect(said).toMatch(/^Hóa đơn tháng 11\/2026 chưa có, mình xem hóa đơn gần nhất\. Hóa đơn tháng 10\/2026/);
  });

  test('names no tier where the tables do not give the bill', async () => {
    const odd = billFor('2026-10', 250, { amount: 600_000, vat: 48_000, total: 648_000, lines: [] });
    const said = saidBy(await run('explain_bill', [billFor('2026-09', 191), odd]));
    expect(said).not.toMatch(/[Bb]ậc/);
    expect(said).toContain('Giá bình quân mỗi kWh thay đổi (2.400 đ so với 2.190 đ, chưa thuế)');
    expect(partsIn(said).reduce((sum, part) => sum + part, 0)).toBe(648_000 - 451_742);
  });

  test('with one part alone does not speak of several', async () => {
    const shop = (month: string, kwh: number) => {
      const amount = kwh * 3152;
      const vat = Math.round(amount * 0.08);
      const lines = [{ label: 'Giờ bình thường', kwh, price: 3152, amount }];
      return billFor(month, kwh, { lines, amount, vat, total: amount + vat });
    };
    await bench.write('customers', aCustomer({ tariffGroup: 'business_low' }));
    await bench.write('bills', shop('2026-07', 500), shop('2026-08', 600));
    expect(answerOf(await bench.run('explain_bill', { customer_code: CODE }))).toBe(
      [
        'Hóa đơn tháng 8/2026 là 2.042.496 đ, cao hơn tháng 7/2026 (1.702.080 đ) 340.416 đ, gồm:',
        '• Điện dùng nhiều hơn (600 kWh so với 500 kWh): +340.416 đ',
        'Khoản này đã gồm thuế.',
      ].join('\n'),
    );
  });

  test('says that two bills are alike', async () => {
    const [one, other] = [billFor('2026-07', 200), billFor('2026-08', 200)];
    expect(answerOf(await run('explain_bill', [one, other]))).toBe(
      'Hóa đơn tháng 8/2026 là 474.876 đ, bằng tháng 7/2026 (474.876 đ).',
    );
  });

  test('tells no figure of a bill in doubt, and has it checked once', async () => {
    const result = await run('explain_bill', [billFor('2026-09', 191), billFor('2026-10', 250, { total: 999_999 })]);
    expect(result.outcome).toBe('doubtful');
    expect(saidBy(result)).not.toMatch(/\d đ/);
    await bench.storage.tickets.open(writtenTicket(result));
    const again = await bench.run('explain_bill', { customer_code: CODE });
    expect(again.effects).toEqual([]);
    expect(saidBy(again)).toContain(ticketIn(result).number);
  });
});

describe('the usage', () => {
  test('is told for thirteen months with both kWh and đồng', async () => {
    const months = Array.from({ length: 15 }, (_, index) =>
      index < 7 ? `2025-${`${index + 6}`.padStart(2, '0')}` : `2026-${`${index - 6}`.padStart(2, '0')}`,
    );
    const result = await run(
      'list_usage',
      months.map((month, index) => billFor(month, 200 + index)),
    );
    const said = saidBy(result);
    expect(said).toContain('Điện tiêu thụ từ tháng 8/2025 đến tháng 8/2026');
    expect(said).toContain('Tháng 8/2025: 202 kWh, 481.352 đ');
    expect(said).not.toContain('Tháng 7/2025:');
    expect(said).toContain('Cao nhất tháng 8/2026 (214 kWh), thấp nhất tháng 8/2025 (202 kWh).');
    expect(result.provenance).toHaveLength(13);
  });

  test('names the months between that have no bill', async () => {
    const result = await run('list_usage', [billFor('2026-07', 191), billFor('2026-10', 250)]);
    expect(saidBy(result)).toContain(
      'Tháng 8/2026: chưa có số liệu\nTháng 9/2026: chưa có số liệu\nTháng 10/2026: 250 kWh',
    );
  });

  test('is a chart on which the newest month stands beside the same one a year before', async () => {
    const months = ['2025-10', '2026-09', '2026-10'];
    const { replies } = await run(
      'list_usage',
      months.map((month, index) => billFor(month, 200 + index)),
    );
    expect(replies).toMatchObject([
      {
        kind: 'chart',
        months: expect.arrayContaining([
          expect.objectContaining({ label: '10/2025', kwh: 200, mark: 'compared' }),
          expect.objectContaining({ label: '10/2026', mark: 'asked' }),
        ]),
      },
    ]);
  });

  test('of a month in doubt is left out, and has a ticket', async () => {
    const result = await run('list_usage', [billFor('2026-09', 191), billFor('2026-10', 250, { kwh: -5 })]);
    expect(saidBy(result)).toContain('Tháng 10/2026: đang kiểm tra');
    expect(saidBy(result)).not.toContain('Cao nhất');
    expect(ticketIn(result).kind).toBe('billing');
  });
});

describe('the payment', () => {
  const payment = {
    id: 'TT1',
    customerCode: CODE,
    billId: `${CODE}/2026-10/1`,
    amount: 636_768,
    at: Date.parse('2026-11-05T09:30:00+07:00'),
    method: 'Ví MoMo',
    reference: 'GD123',
    version: 'v1',
  };

  test('is told with its day, its way and its reference', async () => {
    await bench.write('payments', payment);
    const result = await run('check_payment', [billFor('2026-10', 250, { paidAt: '2026-11-05' })]);
    expect(saidBy(result)).toBe(
      'Hóa đơn tháng 10/2026 (636.768 đ): đã thanh toán ngày 05/11/2026, qua Ví MoMo, mã giao dịch GD123.',
    );
    expect(result.provenance?.map(({ record }) => record)).toEqual(['bill', 'payment']);
  });

  test('of all that is owed is summed up', async () => {
    const result = await run('check_payment', [
      billFor('2026-08', 200, { paidAt: '2026-09-05' }),
      billFor('2026-09', 191, { due: '2026-10-10' }),
      billFor('2026-10', 250),
    ]);
    expect(saidBy(result).split('\n')).toEqual([
      'Hóa đơn tháng 10/2026 (636.768 đ): chưa thanh toán, hạn 30/11/2026.',
      'Hóa đơn tháng 9/2026 (451.742 đ): chưa thanh toán, đã quá hạn, hạn 10/10/2026.',
      'Tổng còn phải thanh toán: 1.088.510 đ.',
    ]);
    expect(result).toMatchObject({ outcome: 'owed', slots: { total: '1.088.510 đ' } });
  });

  test('made twice is told as two', async () => {
    await bench.write('payments', payment, { ...payment, id: 'TT2', reference: 'GD124' });
    const said = saidBy(await run('check_payment', [billFor('2026-10', 250, { paidAt: '2026-11-05' })]));
    expect(said).toContain('2 lần thanh toán');
    expect(said).toContain('GD124');
  });

  test('that the customer says was made twice is not only told as paid', async () => {
    const bills = [billFor('2026-10', 250, { paidAt: '2026-11-05' })];
    const result = await run('check_payment', bills, { claimed_problem: 'paid_twice' });
    expect(result).toMatchObject({
      outcome: 'paid_twice',
      slots: { bill_problem: 'paid_twice', month: 'tháng 10/2026' },
    });
    const owed = await run('check_payment', [billFor('2026-11', 250)], { claimed_problem: 'paid_twice' });
    expect(owed.outcome).toBe('claimed');
  });

  test('that has come in for a bill still owed is told', async () => {
    await bench.write('payments', { ...payment, amount: 300_000 });
    const said = saidBy(await run('check_payment', [billFor('2026-10', 250)]));
    expect(said).toContain('Hệ thống có ghi nhận 300.000 đ ngày 05/11/2026, qua Ví MoMo');
  });

  test('of a month that is not billed yet is told of the bills that are', async () => {
    const bills = [billFor('2026-10', 250, { paidAt: '2026-11-05' })];
    const said = saidBy(await run('check_payment', bills, { billing_period: '2026-11' }));
    expect(said).toMatch(/^Hóa đơn tháng 11\/2026 chưa có/);
  });

  test('that is not shown gets a ticket with everything the customer said', async () => {
    const slots = { bill_problem: 'paid_not_shown', month: 'tháng 10/2026', paid_when: 'hôm qua', paid_amount: '742k' };
    const result = await run('open_bill_ticket', [], slots);
    const { number, kind, summary, details, customerCode } = ticketIn(result);
    expect(number).toMatch(/^HD/);
    expect({ kind, summary, details, customerCode }).toEqual({
      kind: 'billing',
      summary: 'Khách đã thanh toán nhưng còn báo nợ (tháng 10/2026)',
      details: { problem: 'paid_not_shown', month: 'tháng 10/2026', paid_when: 'hôm qua', paid_amount: '742k' },
      customerCode: CODE,
    });
  });

  test('ticket for a meter goes to those who look after meters', async () => {
    const ticket = ticketIn(await run('open_bill_ticket', [], { bill_problem: 'meter_check', phone: '0911222333' }));
    expect(ticket).toMatchObject({ kind: 'meter', phone: '0911222333' });
    expect(ticket.number).toMatch(/^CT/);
  });
});

describe('the estimate', () => {
  test.each([
    [{ kwh_used: '250' }, '636.768 đ'],
    [{ kwh_used: '120' }, '269.244 đ'],
    [{ kwh_used: '320', households: '2' }, '744.120 đ'],
    [{ kwh_used: '320', households: '2 hộ' }, '744.120 đ'],
    [{ kwh_used: '320', households: 'hai hộ' }, '744.120 đ'],
    [{ kwh_used: '320', households: '1.5' }, '777.071 đ'],
    [{ kwh_used: '320', tariff_group: 'household_undeclared_tenants' }, '822.528 đ'],
    [{ kwh_used: '100', tariff_group: 'business_low' }, '340.416 đ'],
  ])('of %j is %s, and is called an estimate with the decision and its day', async (slots, total) => {
    const result = await bench.run('estimate_bill', slots);
    expect(result.slots?.['estimated_total']).toBe(total);
    expect(saidBy(result)).toContain('ước tính');
    expect(saidBy(result)).toContain('Quyết định 1279/QĐ-BCT áp dụng từ 10/05/2025, thuế GTGT 8% đến hết 31/12/2026');
    expect(result.provenance?.map(({ record }) => record)).toEqual(['tariff', 'tariff']);
  });

  test('say each stretch and each rate where the VAT changed within the days', async () => {
    const said = saidBy(await bench.run('estimate_bill', { kwh_used: '200', date: '2023-06-15/2023-07-14' }));
    expect(said).toContain('Từ 15/06/2023 đến 30/06/2023:\nBậc 1: 27 kWh × 1.728 đ = 46.656 đ');
    expect(said).toContain('Từ 01/07/2023 đến 14/07/2023:\nBậc 1: 23 kWh × 1.728 đ = 39.744 đ');
    expect(said).toContain('thuế GTGT 10% đến hết 30/06/2023 rồi 8% đến hết');
  });

  test('are for the month to come that is named without its year, when that is nearer', async () => {
    const estimate = async (billing_period: string, utterance: string) =>
      saidBy(await bench.run('estimate_bill', { kwh_used: '320', billing_period }, { utterance }));
    expect(await estimate('2025-12', 'tính giúp 320 số tháng 12')).toContain('trọn tháng 12/2026');
    expect(await estimate('2025-12', 'tính giúp 320 số tháng 12 năm ngoái')).toContain('trọn tháng 12/2025');
    expect(await estimate('2025-12', 'tính giúp 320 số tháng 12/2025')).toContain('trọn tháng 12/2025');
    expect(await estimate('2026-09', 'tính giúp 320 số tháng 9')).toContain('trọn tháng 9/2026');
  });

  test('between two readings is split by days where the price changed', async () => {
    const result = await bench.run('estimate_bill', { kwh_used: '300', date: '2025-04-15/2025-05-14' });
    // 25 of 30 days at the old price: 587.531 đ; 5 at the new one: 123.698 đ; each with 8 % of VAT.
    expect(result.slots?.['estimated_total']).toBe('768.127 đ');
    expect(saidBy(result)).toContain('kỳ từ 15/04/2025 đến 14/05/2025');
  });

  test('of a week is that of a month: no bill is of a week', async () => {
    const result = await bench.run('estimate_bill', { kwh_used: '120', date: '2026-11-16/2026-11-22' });
    expect([result.slots?.['estimated_total'], saidBy(result).includes('trọn tháng 11/2026')]).toEqual([
      '269.244 đ',
      true,
    ]);
  });

  test('turns a sum of money into kWh', async () => {
    const result = await bench.run('estimate_bill', { money_amount: '1000000' });
    expect(saidBy(result)).toContain('ước tính dùng được khoảng 355 kWh');
    expect(result.slots?.['estimated_total']).toBe('997.650 đ');
  });

  test('of a month without a rate of VAT is not guessed', async () => {
    const result = await bench.run('estimate_bill', { kwh_used: '250' }, { now: Date.UTC(2027, 0, 5) });
    expect(result).toEqual({
      outcome: 'not_covered',
      slots: { uncovered_what: 'thuế suất thuế GTGT', uncovered_day: '01/01/2027' },
      provenance: [{ record: 'tariff', id: 'vat/2027-01-01', version: 'none', asOf: tariffs.verifiedOn }],
    });
  });
});

describe('the tariff', () => {
  async function told(topic: string, now?: number): Promise<string> {
    return saidBy(await bench.run('tell_tariff', { tariff_topic: topic }, now === undefined ? {} : { now }));
  }

  test('of households is six tiers with decision and day', async () => {
    const said = await told('household');
    expect(said).toContain('Bậc 1 (0–50 kWh): 1.984 đ\nBậc 2 (51–100 kWh): 2.050 đ\nBậc 3 (101–200 kWh): 2.380 đ');
    expect(said).toContain('Bậc 6 (từ 401 kWh): 3.460 đ');
    expect(said).toContain('Áp dụng từ 10/05/2025 theo Quyết định 1279/QĐ-BCT. Thuế GTGT hiện là 8%');
  });

  test.each([
    ['business', 'Kinh doanh dưới 6 kV: 3.152 đ / 1.918 đ / 5.422 đ'],
    ['production', 'Sản xuất dưới 6 kV: 1.987 đ / 1.300 đ / 3.640 đ'],
    ['public', 'trường phổ thông dưới 6 kV: 2.072 đ'],
    ['peak_hours', 'Cao điểm: 09:30–11:30 và 17:00–20:00 thứ Hai đến thứ Bảy'],
    ['peak_hours', 'chưa dùng để tính tiền'],
    ['vat', 'hiện là 8%, áp dụng đến hết 31/12/2026'],
    ['vat', 'Từ 01/01/2027 mình chưa có văn bản chính thức'],
    ['five_tiers', 'đã ban hành nhưng chưa áp dụng'],
    ['changes', 'từ 10/05/2025 theo Quyết định 1279/QĐ-BCT'],
    ['tenants', 'một giá 2.380 đ/kWh'],
    ['landlord', '20–30 triệu đồng'],
  ])('on %s says "%s"', async (topic, words) => {
    expect(await told(topic)).toContain(words);
  });

  test('names its rows as the source of every figure', async () => {
    for (const topic of ['household', 'business', 'production', 'public', 'peak_hours', 'vat', 'tenants', 'landlord']) {
      const { provenance = [] } = await bench.run('tell_tariff', { tariff_topic: topic });
      expect(provenance.length).toBeGreaterThan(0);
      expect(provenance.every(({ record, version }) => record === 'tariff' && /^[0-9a-f]{12}$/.test(version))).toBe(
        true,
      );
    }
  });

  test('does not name a rate of VAT for next year', async () => {
    const said = await told('household', Date.UTC(2027, 0, 5));
    expect(said).not.toContain('%');
    expect(said).toContain('chưa có văn bản chính thức');
  });
});
