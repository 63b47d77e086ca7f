import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Ticket } from '../../src/bot/records.ts';
import {
  type ActionBench,
  aBill,
  aCustomer,
  BENCH_NOW,
  CODE,
  openActionBench,
  openTicket,
  ticketIn,
} from '../support/action-bench.ts';

let bench: ActionBench;
beforeEach(() => {
  bench = openActionBench();
});
afterEach(() => bench.close());

describe('an answer', () => {
  const asked = { dialog: 'bill-payment', utterance: 'cho hỏi đóng tiền điện ở đâu' };

  test('names the channels of the utility and says where it comes from', async () => {
    const { slots, provenance } = await bench.run('find_answer', {}, asked);
    expect(slots?.['answer_text']).toContain('CSKH EVNSPC hoặc trang cskh.evnspc.vn');
    expect(slots?.['answer_text']).not.toContain('cập nhật ngày');
    expect(provenance).toEqual([
      { record: 'answer', id: 'bill_payment/ways', version: '2026-11-22', asOf: '2026-11-22' },
    ]);
  });

  test('past its review says the date of its words', async () => {
    const years = 3 * 366 * 86_400_000;
    const { slots } = await bench.run('find_answer', {}, { ...asked, now: BENCH_NOW + years });
    expect(slots?.['answer_text']).toMatch(/\(Thông tin cập nhật ngày 22\/11\/2026\.\)$/);
  });

  test.each([
    ['cho em sang tên hợp đồng qua con trai', true],
    ['nhà em muốn lên điện 3 pha', true],
    ['em muốn thay đổi hợp đồng', false],
    ['đổi hợp đồng thì lệ phí bao nhiêu', false],
  ])('to "%s" knows whether it says what a ticket is about: %s', async (utterance, isNamed) => {
    const { slots } = await bench.run('find_answer', {}, { dialog: 'contract-change', utterance });
    expect(slots?.['request_text']).toBe(isNamed ? utterance : undefined);
  });

  test('that is nowhere is our fault, not a guess', async () => {
    await expect(bench.run('find_answer', {}, { dialog: 'no-such-dialog' })).rejects.toThrow('no_such_dialog.yaml');
  });
});

describe('the own ticket', () => {
  async function reported(conversationId: string, at: number, state: Ticket['state'] = 'open'): Promise<string> {
    const result = await bench.run('open_outage_ticket', { place: 'ấp 3' });
    return openTicket(bench, result, { conversationId, createdAt: at, state });
  }

  test('is told with its number, time and state', async () => {
    const number = await reported('web:main:c1', BENCH_NOW - 3_600_000);
    const { slots } = await bench.run('find_own_ticket', {});
    expect(slots?.['ticket_text']).toBe(
      `phiếu ${number} báo lúc 08:00 Chủ nhật 22/11/2026: đã tiếp nhận, đang chờ đội sửa chữa.`,
    );
  });

  test.each<[string, string, number, Ticket['state']]>([
    ['of somebody else', 'web:main:c2', BENCH_NOW, 'open'],
    ['of last week', 'web:main:c1', BENCH_NOW - 7 * 86_400_000, 'open'],
    ['that is done', 'web:main:c1', BENCH_NOW, 'done'],
  ])('%s is not told', async (_, conversationId, at, state) => {
    await reported(conversationId, at, state);
    expect((await bench.run('find_own_ticket', {})).outcome).toBe('none');
  });

  test('says where its number comes from when it is opened, and as what it stands when it is corrected', async () => {
    const opened = await bench.run('open_outage_ticket', { place: 'ấp 3' });
    const number = await openTicket(bench, opened, { history: [{ at: BENCH_NOW, state: 'open' }] });
    const asOf = new Date(BENCH_NOW).toISOString();
    expect(opened.provenance).toEqual([{ record: 'ticket', id: number, version: '1', asOf }]);
    const corrected = await bench.run('open_outage_ticket', { place: 'ấp 4', earlier_ticket: number });
    expect(corrected.provenance).toEqual([{ record: 'ticket', id: number, version: '2', asOf }]);
  });

  test('that is no outage is not told', async () => {
    await openTicket(bench, await bench.run('open_request', {}, { dialog: 'new-connection' }));
    expect((await bench.run('find_own_ticket', {})).outcome).toBe('none');
  });
});

describe('the tickets that are asked for', () => {
  async function requested(change: Partial<Ticket> = {}): Promise<string> {
    return openTicket(bench, await bench.run('open_request', {}, { dialog: 'new-connection' }), change);
  }

  test('are told with what is done about them, the newest first, with where it stands', async () => {
    const older = await requested({ createdAt: BENCH_NOW - 9 * 86_400_000, state: 'done' });
    const newer = await requested({ createdAt: BENCH_NOW - 3_600_000 });
    const { outcome, slots, provenance } = await bench.run('find_asked_tickets', {});
    expect([outcome, slots?.['ticket_text']]).toEqual([
      'request',
      `phiếu ${newer} lập lúc 08:00 Chủ nhật 22/11/2026: đã tiếp nhận, đang chờ nhân viên xử lý. ` +
        `Phiếu ${older} lập lúc 09:00 thứ Sáu 13/11/2026: đã xử lý xong.`,
    ]);
    expect(provenance?.map(({ id }) => id)).toEqual([newer, older]);
  });

  test('are done only when all are', async () => {
    await requested({ state: 'done' });
    expect((await bench.run('find_asked_tickets', {})).outcome).toBe('done');
  });

  test('are never those of somebody else, unless their number is told', async () => {
    await requested({ conversationId: 'web:main:c2', number: 'YC261122-AB2CD' });
    expect((await bench.run('find_asked_tickets', {})).outcome).toBe('none');
    const { outcome, slots } = await bench.run('find_asked_tickets', {}, { utterance: 'phiếu yc261122 ab2cd sao rồi' });
    expect([outcome, slots?.['ticket_text']]).toEqual([
      'request',
      expect.stringMatching(/^phiếu YC261122-AB2CD lập lúc [^;]*: đã tiếp nhận, đang chờ nhân viên xử lý\.$/),
    ]);
  });

  test('are not made up for a number that nobody has', async () => {
    await requested();
    const { outcome, slots } = await bench.run('find_asked_tickets', {}, { utterance: 'YC261122-AB2CD' });
    expect([outcome, slots]).toEqual(['unknown_number', { asked_number: 'YC261122-AB2CD' }]);
  });
});

describe('a contact', () => {
  test.each([
    ['số 1900 1006 gọi em', 'official'],
    ['1900.9000 phải không', 'official'],
    ['trang cskh.evnspc.vn có thật không', 'official'],
    ['mail cskh@evnspc.vn gửi hóa đơn', 'official'],
    ['trang cskh-evnspc.com.vn co phai web that', 'unknown'],
    ['trang cskh.evnspc.vn.shop nhắn', 'unknown'],
    ['evn-cskh.vip bảo cập nhật', 'unknown'],
    ['nó gửi cskh.evnspc.vn với lại evn.top', 'unknown'],
    ['so 02899991234 goi', 'unknown'],
    ['+84 898 123 456', 'unknown'],
    ['nó đòi 800 ngàn', 'none'],
  ])('in "%s" is %s', async (utterance, outcome) => {
    expect((await bench.run('check_contact', {}, { utterance })).outcome).toBe(outcome);
  });

  test('of another corporation is told with its name', async () => {
    const { slots } = await bench.run('check_contact', {}, { utterance: '19001909 gọi' });
    expect(slots?.['corporation']).toBe('Tổng công ty Điện lực miền Trung');
  });
});

describe('who serves', () => {
  test.each([
    ['ở đà nẵng thì gọi ai', 'Đà Nẵng', 'elsewhere'],
    ['điện lực Bến Tre ở đâu', 'Vĩnh Long', 'ours'],
    ['thứ 7 có làm việc không', 'Đà Nẵng', 'unknown'],
    ['mã PE01 0000 12345 gọi số nào', undefined, 'elsewhere'],
    ['gọi số nào', undefined, 'unknown'],
  ])('"%s" with the place %s is %s', async (utterance, place, outcome) => {
    const slots = { customer_code: 'PE01000012345', ...(place !== undefined && { place }) };
    expect((await bench.run('find_corporation', slots, { utterance })).outcome).toBe(outcome);
  });
});

describe('a reading', () => {
  // The last bill: 28 days until 28 October, 250 kWh, closed at 1250; today is 22 November.
  test.each([
    ['1400', 'plausible', 'Lần chốt gần nhất (28/10/2026) là 1.250, từ đó đến nay là 150 kWh.'],
    ['1250', 'plausible', 'từ đó đến nay là 0 kWh.'],
    ['1240', 'unusual', 'là 1.250, cao hơn số anh/chị báo.'],
    ['2500', 'unusual', 'từ đó đến nay là 1.250 kWh.'],
  ])('of %s is %s', async (reading, outcome, words) => {
    await bench.write('bills', aBill());
    const result = await bench.run('check_reading', { customer_code: CODE, meter_reading: reading });
    expect(result.outcome).toBe(outcome);
    expect(result.slots?.['reading_text']).toContain(words);
    expect(result.provenance?.map(({ id }) => id)).toEqual([`${CODE}/2026-10/1`]);
  });

  test('after the meter has rolled over counts on', async () => {
    await bench.write('bills', aBill({ readingOld: 99_600, readingNew: 99_850 }));
    const result = await bench.run('check_reading', { customer_code: CODE, meter_reading: '120' });
    expect(result.outcome).toBe('plausible');
    expect(result.slots?.['reading_text']).toContain('270 kWh, tính cả việc công tơ quay hết vòng');
  });

  test('is multiplied', async () => {
    await bench.write('bills', aBill({ multiplier: 20 }));
    const result = await bench.run('check_reading', { customer_code: CODE, meter_reading: '1260' });
    expect(result.slots?.['reading_text']).toContain('200 kWh, hệ số nhân 20');
  });

  test('is not compared with a bill that is wrong in itself', async () => {
    await bench.write('bills', aBill({ total: 1 }));
    expect((await bench.run('check_reading', { customer_code: CODE, meter_reading: '1400' })).outcome).toBe(
      'no_history',
    );
  });
});

test('the days of the last readings are told, newest first', async () => {
  await bench.write('bills', aBill({ month: '2026-09' }), aBill());
  const { slots } = await bench.run('find_reading_days', { customer_code: CODE });
  expect(slots?.['reading_days']).toBe('28/10/2026, 28/09/2026');
});

test('the months of a range that have an invoice are told', async () => {
  await bench.write('bills', aBill({ month: '2026-08' }), aBill());
  const { slots } = await bench.run('find_invoice', { customer_code: CODE, billing_period: '2026-08/2026-10' });
  expect(slots?.['month']).toBe('tháng 8/2026, tháng 10/2026');
});

test('a connection is told with the record it comes from', async () => {
  await bench.write('customers', aCustomer({ connection: 'disconnected_debt' }));
  const { provenance } = await bench.run('find_connection', { customer_code: CODE });
  expect(provenance?.[0]).toMatchObject({ record: 'customer', id: CODE });
});

describe('a request', () => {
  const slots = { customer_code: CODE, place: 'ấp 3', phone: '0911222333', request_text: 'sang tên cho con' };

  test.each([
    ['new-connection', 'YC', 'service'],
    ['contract-change', 'YC', 'service'],
    ['rooftop-solar', 'YC', 'service'],
    ['meter-problem', 'CT', 'meter'],
    ['meter-reading-submit', 'CT', 'meter'],
    ['complaint', 'PA', 'service'],
    ['voltage-problem', 'SC', 'outage'],
  ])('of %s becomes a ticket %s of the kind %s', async (dialog, prefix, kind) => {
    const ticket = ticketIn(await bench.run('open_request', slots, { dialog }));
    expect(ticket.number.startsWith(prefix)).toBe(true);
    expect(ticket).toMatchObject({ kind, priority: 'normal', customerCode: CODE, phone: '0911222333' });
    expect(ticket.details).toEqual({ request_text: 'sang tên cho con' });
  });

  test('names the pictures of the day, at which staff look', async () => {
    const picture = (seq: number) => ({ conversationId: 'web:main:c1', seq, number: 1 });
    const bytes = new Uint8Array([1]);
    await bench.storage.media.keep(picture(1), { bytes, mime: 'image/jpeg', extension: 'jpg' });
    bench.clock.advance(25 * 3_600_000);
    await bench.storage.media.keep(picture(3), { bytes, mime: 'image/jpeg', extension: 'jpg' });
    await bench.storage.media.keep(picture(5), { bytes, mime: 'audio/ogg', extension: 'ogg' });
    await bench.storage.media.keep(picture(7), { missing: 'too_large' });
    const ticket = ticketIn(await bench.run('open_request', slots, { dialog: 'meter-reading-submit' }));
    expect(ticket.summary).toBe('Khách tự báo chỉ số, kèm ảnh khách gửi lúc 10:00 thứ Hai 23/11/2026 (ấp 3)');
    expect(ticket.details).toMatchObject({ pictures: 'tin nhắn 3' });
    const other = ticketIn(await bench.run('open_request', slots, { dialog: 'complaint' }));
    expect(other.details).toEqual({ request_text: 'sang tên cho con', pictures: 'tin nhắn 3' });
    const paid = ticketIn(
      await bench.run('open_bill_ticket', { ...slots, bill_problem: 'paid_not_shown', month: '10/2026' }),
    );
    expect(paid.summary).toMatch(/^Khách đã thanh toán nhưng còn báo nợ \(10\/2026\), kèm ảnh khách gửi lúc 10:00/);
    expect(paid.details).toMatchObject({ pictures: 'tin nhắn 3' });
  });

  test('of somebody who depends on the power comes first', async () => {
    const given = { ...slots, priority_reason: 'cơ sở y tế' };
    const ticket = ticketIn(await bench.run('open_request', given, { dialog: 'voltage-problem' }));
    expect(ticket.priority).toBe('high');
    expect(ticket.details['priority_reason']).toBe('cơ sở y tế');
  });

  test('of a dialog that asks for nothing is refused', async () => {
    await expect(bench.run('open_request', slots, { dialog: 'greeting' })).rejects.toThrow('open-request.ts');
  });
});
