import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type ActionBench,
  aBill,
  aCustomer,
  CODE,
  openActionBench,
  PHONE,
  verifiedFor,
} from '../support/action-bench.ts';

let bench: ActionBench;
beforeEach(async () => {
  bench = openActionBench();
  await bench.write('customers', aCustomer({ code: CODE, phone: PHONE }));
});
afterEach(() => bench.close());

const find = (slots: Record<string, string>, change = {}) => bench.run('find_notice_phone', slots, change);
const send = (slots: Record<string, string>, change = {}) =>
  bench.run('send_ticket_sms', { ticket_number: 'SC261122-4K7Q2', ...slots }, change);
const verified = { identities: verifiedFor(CODE) };

describe('the number for notices', () => {
  test('is the mobile number that the customer gave, or that of a contract that is verified', async () => {
    expect(await find({ phone: '0912345678' })).toEqual({
      outcome: 'found',
      slots: { notice_phone: 'số có đuôi 678' },
    });
    expect(await find({ customer_code: CODE }, verified)).toMatchObject({ slots: { notice_phone: 'số có đuôi 001' } });
  });

  test('is no landline, nor the number on record of somebody who is not verified', async () => {
    expect(await find({ phone: '02839123456' })).toEqual({ outcome: 'none' });
    expect(await find({ customer_code: CODE })).toEqual({ outcome: 'none' });
    expect(await find({})).toEqual({ outcome: 'none' });
  });
});

describe('the number of a ticket by SMS', () => {
  test('goes to the number that was given for it, else to the one on record', async () => {
    const { effects } = await send({ phone: '0912345678', customer_code: CODE }, verified);
    expect(effects).toMatchObject([{ kind: 'send_notice', channel: 'sms', to: '0912345678' }]);
    expect(JSON.stringify(effects)).toContain('SC261122-4K7Q2');
    expect((await send({ customer_code: CODE }, verified)).effects).toMatchObject([{ to: PHONE }]);
  });

  test('is not sent where there is no number, and tells nobody the one on record', async () => {
    const result = await send({ customer_code: CODE });
    expect(result).toEqual({ outcome: 'no_phone' });
  });

  test('goes to one number three times a day, and a turn that runs again counts once', async () => {
    const one = { eventKey: 'web/main/one' };
    expect([await send({ phone: '0912345678' }, one), await send({ phone: '0912345678' }, one)]).toMatchObject([
      { outcome: 'sent' },
      { outcome: 'sent' },
    ]);
    await send({ phone: '0912345678' });
    await send({ phone: '0912345678' });
    expect(await send({ phone: '0912345678' })).toEqual({ outcome: 'too_many' });
    expect((await send({ phone: '0912345679' })).outcome).toBe('sent');
    bench.clock.advance(86_400_001);
    expect((await send({ phone: '0912345678' })).outcome).toBe('sent');
  });
});

describe('an invoice by e-mail', () => {
  const invoice = (change = {}) =>
    bench.run('send_invoice', { customer_code: CODE, email: 'hoa@example.vn', ...change }, verified);

  test('is a letter with the figures of the bill and where the legal copy is', async () => {
    await bench.write('bills', aBill());
    const { outcome, effects = [], provenance } = await invoice();
    expect([outcome, effects.length]).toEqual(['sent', 1]);
    expect(effects[0]).toMatchObject({ kind: 'send_notice', channel: 'email', to: 'hoa@example.vn' });
    expect(JSON.stringify(effects)).toContain('636.768');
    expect(JSON.stringify(effects)).toContain('cskh.evnspc.vn');
    expect(provenance).toMatchObject([{ record: 'bill', id: `${CODE}/2026-10/1` }]);
  });

  test('of several months is one letter', async () => {
    await bench.write('bills', aBill(), aBill({ month: '2026-09' }));
    const { effects = [] } = await invoice({ billing_period: '2026-09/2026-10' });
    expect(effects).toHaveLength(1);
    expect(JSON.stringify(effects)).toContain('Tổng cộng 2 hóa đơn');
  });

  test('whose figures do not agree is left to a person', async () => {
    await bench.write('bills', aBill({ total: 1 }));
    expect(await invoice()).toEqual({ outcome: 'not_possible' });
  });

  test('is left to a person where no mail server is set', async () => {
    await bench.write('bills', aBill());
    bench.channels.delete('email');
    expect(await invoice()).toEqual({ outcome: 'not_possible' });
  });
});
