import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Customer } from '../../src/bot/records.ts';
import { ACTIONS } from '../../src/dialogs/actions.ts';
import { hasFigure } from '../../src/dialogs/has-figure.ts';
import { type Reply, toPlainText } from '../../src/dialogs/reply.ts';
import type { ActionResult, Slots } from '../../src/dialogs/run-action.ts';
import {
  type ActionBench,
  aBill,
  aCustomer,
  anIncident,
  anOutage,
  BENCH_NOW,
  CODE,
  OTHER_CODE,
  openActionBench,
  openTicket,
  PHONE,
  saidBy,
  tellOfTheEnd,
  verifiedFor,
} from '../support/action-bench.ts';
import { longerThanCounted, tooLong } from '../support/longest-reply.ts';

let bench: ActionBench;
beforeEach(() => {
  bench = openActionBench();
});
afterEach(() => bench.close());

const RUNNING = { from: BENCH_NOW - 3_600_000, to: BENCH_NOW + 3_600_000 };
const EMAIL = 'hoa@example.vn';
const UNIT = CODE.slice(0, 6);
const PLACE = 'Long An / Tây Ninh';
const PAID_TWICE = { customer_code: CODE, claimed_problem: 'paid_twice' };
const METER_CHECK = { customer_code: CODE, bill_problem: 'meter_check' };
const OCTOBER = { customer_code: CODE, billing_period: '2026-10' };
const VULNERABLE = { priority_reason: 'có người phụ thuộc thiết bị y tế' };

const NOTICE = {
  notice_topic: 'planned_outage',
  notice_consent: 'Mình nhắn lịch cúp điện. Anh/chị đồng ý không ạ?',
  customer_code: CODE,
};

type Case = readonly [action: string, outcome: string, run: () => Promise<ActionResult>];

/** The ways to ask for the schedule. */
const BY_WHERE = [
  ['find_outages_by_code', { customer_code: CODE }],
  ['find_outages_by_place', { place: PLACE }],
  ['find_outages_by_unit', { unit_code: UNIT }],
] as const;

const CASES: readonly Case[] = [
  ['check_customer_code', 'well_formed', () => bench.run('check_customer_code', { customer_code: CODE })],
  ['check_customer_code', 'malformed', () => bench.run('check_customer_code', { customer_code: 'PB0601000123' })],
  ['check_customer_code', 'foreign', () => bench.run('check_customer_code', { customer_code: 'PE01000012345' })],
  ['send_otp', 'sent', () => bench.run('send_otp', { customer_code: CODE })],
  ['send_otp', 'still_open', afterAnother],
  ['send_otp', 'too_many', afterCodes(3)],
  ['check_otp', 'verified', async () => bench.check(CODE, await withCustomer(), true)],
  ['check_otp', 'wrong', async () => bench.check(CODE, await withCustomer(), false)],
  ['check_otp', 'expired', () => bench.check(CODE, 'nothing of ours', true)],
  ['check_otp', 'locked', afterWrongCodes],
  ['find_contracts', 'one', () => bench.run('find_contracts', { customer_code: CODE })],
  ['find_contracts', 'several', () => withTwoContracts('find_contracts')],
  ['find_bill', 'found', async () => withBill({ customer_code: CODE })],
  ['find_bill', 'no_bill_for_period', () => withBill({ customer_code: CODE, billing_period: '2020-01' })],
  ['find_bill', 'no_bills', () => bench.run('find_bill', { customer_code: CODE })],
  ['explain_bill', 'found', () => withBills('explain_bill', { month: '2026-09' }, {})],
  ['explain_bill', 'doubtful', () => withBills('explain_bill', { month: '2026-09', total: 1 }, {})],
  [
    'explain_bill',
    'no_bill_for_period',
    () => withBill({ customer_code: CODE, compared_months: '2020-01' }, 'explain_bill'),
  ],
  ['explain_bill', 'no_compared_bill', () => withBill({ customer_code: CODE }, 'explain_bill')],
  ['explain_bill', 'no_bills', () => bench.run('explain_bill', { customer_code: CODE })],
  ['list_usage', 'found', () => withBill({ customer_code: CODE }, 'list_usage')],
  [
    'list_usage',
    'no_bill_for_period',
    () => withBill({ customer_code: CODE, billing_period: '2020-01' }, 'list_usage'),
  ],
  ['list_usage', 'no_bills', () => bench.run('list_usage', { customer_code: CODE })],
  ['check_payment', 'paid', () => withBills('check_payment', { paidAt: '2026-11-05' })],
  ['check_payment', 'owed', () => withBill({ customer_code: CODE }, 'check_payment')],
  [
    'check_payment',
    'claimed',
    () => withBill({ customer_code: CODE, claimed_problem: 'paid_not_shown' }, 'check_payment'),
  ],
  ['check_payment', 'paid_twice', () => withBill(PAID_TWICE, 'check_payment', 'web', { paidAt: '2026-11-05' })],
  ['check_payment', 'listed', () => withTwoContracts('check_payment', { claimed_problem: 'contracts' })],
  ['check_payment', 'doubtful', () => withBills('check_payment', { total: 1 })],
  [
    'check_payment',
    'no_bill_for_period',
    () => withBill({ customer_code: CODE, billing_period: '2020-01' }, 'check_payment'),
  ],
  ['check_payment', 'no_bills', () => bench.run('check_payment', { customer_code: CODE })],
  ['open_bill_ticket', 'opened', () => bench.run('open_bill_ticket', METER_CHECK)],
  ['open_bill_ticket', 'corrected', () => bench.run('open_bill_ticket', { ...METER_CHECK, earlier_ticket: 'CT1' })],
  ['estimate_bill', 'estimated', () => bench.run('estimate_bill', { kwh_used: '320' })],
  ['estimate_bill', 'not_covered', () => bench.run('estimate_bill', { kwh_used: '320', billing_period: '2027-01' })],
  ['estimate_bill', 'bad_usage', () => bench.run('estimate_bill', { kwh_used: '12.5' })],
  ['estimate_bill', 'bad_households', () => bench.run('estimate_bill', { kwh_used: '320', households: 'nhiều' })],
  ['export_conversation', 'linked', () => bench.run('export_conversation', {})],
  ['export_customer', 'linked', () => bench.run('export_customer', { customer_code: CODE })],
  ['erase_conversation', 'asked', () => bench.run('erase_conversation', {})],
  ['erase_conversation', 'held', () => whileHeld('erase_conversation', {})],
  ['erase_customer', 'held', () => whileHeld('erase_customer', { customer_code: CODE })],
  ['erase_customer', 'asked', () => bench.run('erase_customer', { customer_code: CODE })],
  ['tell_tariff', 'told', () => bench.run('tell_tariff', {})],
  [
    'tell_tariff',
    'not_covered',
    () => bench.run('tell_tariff', { tariff_topic: 'vat' }, { now: Date.UTC(2027, 0, 2) }),
  ],
  ...BY_WHERE.flatMap(([action, where]): Case[] => [
    [action, 'found', () => withOutage(action, where)],
    [action, 'found_priority', () => withOutage(action, { ...where, ...VULNERABLE })],
    [action, 'none', () => withCustomer().then(() => bench.run(action, where))],
    [action, 'none_priority', () => bench.run(action, { ...where, ...VULNERABLE })],
  ]),
  ['find_outages_by_place', 'elsewhere', () => bench.run('find_outages_by_place', { place: 'Hải Châu / Đà Nẵng' })],
  ['find_outages_by_place', 'unclear_place', () => bench.run('find_outages_by_place', { place: 'gần chùa' })],
  ['find_outages_by_unit', 'elsewhere', () => bench.run('find_outages_by_unit', { unit_code: 'PB0401' })],
  ['find_known_outage', 'planned', () => withOutage('find_known_outage', { place: PLACE }, RUNNING)],
  [
    'find_known_outage',
    'planned_priority',
    () => withOutage('find_known_outage', { place: PLACE, ...VULNERABLE }, RUNNING),
  ],
  [
    'find_known_outage',
    'incident',
    async () => {
      await bench.storage.incidents.append(anIncident());
      return bench.run('find_known_outage', { place: PLACE });
    },
  ],
  ['find_known_outage', 'suspected', () => inStorm('find_known_outage', 'suspected')],
  ['find_storm_incident', 'incident', () => inStorm('find_storm_incident', 'ongoing')],
  ['find_storm_incident', 'suspected', () => inStorm('find_storm_incident', 'suspected')],
  ['find_storm_incident', 'calm', () => bench.run('find_storm_incident', { place: PLACE })],
  ['join_incident', 'opened', () => bench.run('join_incident', { place: 'ấp 3, cạnh chùa' })],
  ['note_power_back', 'noted', () => bench.run('note_power_back', {})],
  ['open_nested_ticket', 'opened', toldOfTheEnd],
  ['open_nested_ticket', 'known', async () => toldOfTheEnd(await toldOfTheEnd())],
  ['open_nested_ticket', 'not_told', () => bench.run('open_nested_ticket', {})],
  ['find_known_outage', 'disconnected_debt', whenCutOff],
  ['find_known_outage', 'none', () => bench.run('find_known_outage', {})],
  ['find_next_outage', 'found', () => withOutage('find_next_outage', { place: PLACE })],
  ['find_next_outage', 'none', () => bench.run('find_next_outage', { place: PLACE })],
  ['open_outage_ticket', 'opened', () => bench.run('open_outage_ticket', { place: 'ấp 3, cạnh chùa' })],
  ['find_notice_phone', 'found', () => bench.run('find_notice_phone', { phone: '0912345678' })],
  ['find_notice_phone', 'none', () => bench.run('find_notice_phone', {})],
  ['send_ticket_sms', 'sent', () => ticketSms({ phone: '0912345678' })],
  ['send_ticket_sms', 'no_phone', () => ticketSms({})],
  ['send_ticket_sms', 'too_many', afterThreeTicketSms],
  ['open_emergency_ticket', 'opened', () => bench.run('open_emergency_ticket', {})],
  ['find_notice', 'open', () => bench.run('find_notice', NOTICE)],
  ['find_notice', 'personal', () => bench.run('find_notice', { ...NOTICE, notice_topic: 'bill' })],
  ['find_notice', 'already', () => subscribed('find_notice')],
  ['find_notice', 'too_many', () => subscribed('find_notice', 30, { customer_code: OTHER_CODE })],
  ['subscribe_notice', 'subscribed', () => bench.run('subscribe_notice', NOTICE)],
  [
    'subscribe_personal_notice',
    'subscribed',
    () => bench.run('subscribe_personal_notice', NOTICE, { identities: verifiedFor(CODE) }),
  ],
  ['list_notices', 'found', () => subscribed('list_notices')],
  ['list_notices', 'none', () => bench.run('list_notices', {})],
  ['stop_notice', 'stopped', () => subscribed('stop_notice')],
  ['stop_notice', 'none', () => bench.run('stop_notice', NOTICE)],
  ['stop_all_notices', 'stopped', () => subscribed('stop_all_notices')],
  ['stop_all_notices', 'none', () => bench.run('stop_all_notices', {})],
  ['find_hotline', 'found', () => bench.run('find_hotline', {})],
  ['find_answer', 'found', () => bench.run('find_answer', {})],
  ['find_own_ticket', 'found', () => afterReport('find_own_ticket')],
  ['find_own_ticket', 'none', () => bench.run('find_own_ticket', {})],
  ['find_asked_tickets', 'outage', () => afterReport('find_asked_tickets')],
  ['find_asked_tickets', 'request', () => afterRequest('open')],
  ['find_asked_tickets', 'done', () => afterRequest('done')],
  ['find_asked_tickets', 'none', () => bench.run('find_asked_tickets', {})],
  ['find_asked_tickets', 'unknown_number', () => bench.run('find_asked_tickets', {}, { utterance: 'SC261122-AB2CD' })],
  ['find_corporation', 'ours', () => bench.run('find_corporation', { place: PLACE }, { utterance: 'ở Tây Ninh' })],
  ['find_corporation', 'elsewhere', () => bench.run('find_corporation', { place: 'Huế' }, { utterance: 'ở huế' })],
  ['find_corporation', 'unknown', () => bench.run('find_corporation', {})],
  ['check_contact', 'official', () => bench.run('check_contact', {}, { utterance: 'số 19001006 phải không' })],
  ['check_contact', 'unknown', () => bench.run('check_contact', {}, { utterance: 'số 0898 123 456 hả' })],
  ['check_contact', 'none', () => bench.run('check_contact', {}, { utterance: 'có người gọi tôi' })],
  ['find_connection', 'connected', () => connectionOf({})],
  ['find_connection', 'disconnected_debt', () => connectionOf({ connection: 'disconnected_debt' })],
  ['find_connection', 'disconnected', () => connectionOf({ connection: 'ended' })],
  ['find_connection', 'unknown', () => bench.run('find_connection', { customer_code: CODE })],
  ['find_invoice', 'found', () => withBill({ customer_code: CODE, billing_period: '2026-10' }, 'find_invoice')],
  ['find_invoice', 'found_for_email', () => withBill({ customer_code: CODE, sent_by: 'email' }, 'find_invoice')],
  [
    'find_invoice',
    'no_bill_for_period',
    () => withBill({ customer_code: CODE, billing_period: '2020-01' }, 'find_invoice'),
  ],
  ['find_invoice', 'no_bills', () => bench.run('find_invoice', { customer_code: CODE })],
  ['send_invoice', 'sent', () => invoiceEmail()],
  ['send_invoice', 'too_many', afterThreeInvoices],
  ['send_invoice', 'not_possible', () => bench.run('send_invoice', { customer_code: CODE, email: EMAIL })],
  ['give_bill_sheet', 'linked', () => withBill(OCTOBER, 'give_bill_sheet')],
  ['give_bill_sheet', 'given', () => withBill(OCTOBER, 'give_bill_sheet', 'zalo')],
  ['give_bill_sheet', 'not_possible', () => bench.run('give_bill_sheet', { customer_code: CODE })],
  ['find_reading_days', 'found', () => withBill({ customer_code: CODE }, 'find_reading_days')],
  ['find_reading_days', 'no_bills', () => bench.run('find_reading_days', { customer_code: CODE })],
  ['check_reading', 'plausible', () => withBill({ customer_code: CODE, meter_reading: '1400' }, 'check_reading')],
  ['check_reading', 'unusual', () => withBill({ customer_code: CODE, meter_reading: '1200' }, 'check_reading')],
  ['check_reading', 'no_history', () => bench.run('check_reading', { customer_code: CODE, meter_reading: '1' })],
  ['open_request', 'opened', () => bench.run('open_request', {})],
];

async function afterAnother(): Promise<ActionResult> {
  const { slots } = await bench.run('send_otp', { customer_code: CODE });
  return bench.run('send_otp', { customer_code: CODE, open_challenge: slots?.['challenge_id'] ?? '' });
}

function afterCodes(count: number) {
  return async () => {
    for (let sent = 0; sent < count; sent += 1) {
      await bench.challenge(CODE);
    }
    return bench.run('send_otp', { customer_code: CODE });
  };
}

async function withCustomer(): Promise<string> {
  await bench.write('customers', aCustomer());
  return bench.challenge(CODE);
}

async function afterWrongCodes(): Promise<ActionResult> {
  const challenge = await withCustomer();
  await bench.check(CODE, challenge, false);
  await bench.check(CODE, challenge, false);
  return bench.check(CODE, challenge, false);
}

async function withTwoContracts(action: string, slots: Slots = {}): Promise<ActionResult> {
  await bench.write('customers', aCustomer(), aCustomer({ code: OTHER_CODE }));
  await bench.write('bills', aBill());
  return bench.run(action, { customer_code: CODE, ...slots });
}

async function withBill(slots: Slots, action = 'find_bill', channel = 'web', change = {}): Promise<ActionResult> {
  await bench.write('bills', aBill(change));
  return bench.run(action, slots, { channel });
}

async function withBills(action: string, ...changes: readonly Parameters<typeof aBill>[0][]): Promise<ActionResult> {
  await bench.write('bills', ...changes.map((change) => aBill(change)));
  return bench.run(action, { customer_code: CODE });
}

async function afterRequest(state: 'open' | 'done'): Promise<ActionResult> {
  await openTicket(bench, await bench.run('open_request', {}, { dialog: 'new-connection' }), { state });
  return bench.run('find_asked_tickets', {});
}

async function afterReport(action: string): Promise<ActionResult> {
  await openTicket(bench, await bench.run('open_outage_ticket', { place: PLACE }));
  return bench.run(action, {});
}

function ticketSms(slots: Slots): Promise<ActionResult> {
  return bench.run('send_ticket_sms', { ticket_number: 'SC261122-4K7Q2', ...slots });
}

async function afterThreeTicketSms(): Promise<ActionResult> {
  for (let count = 0; count < 3; count += 1) {
    await ticketSms({ phone: '0912345678' });
  }
  return ticketSms({ phone: '0912345678' });
}

function invoiceEmail(): Promise<ActionResult> {
  return withBill({ customer_code: CODE, email: EMAIL }, 'send_invoice');
}

async function afterThreeInvoices(): Promise<ActionResult> {
  for (let count = 0; count < 3; count += 1) {
    await invoiceEmail();
  }
  return invoiceEmail();
}

async function subscribed(action: string, count = 1, change: Slots = {}): Promise<ActionResult> {
  for (let number = 0; number < count; number += 1) {
    await bench.storage.subscriptions.start({
      ...{ topic: 'planned_outage', customerCode: number === 0 ? CODE : `PB0601000${1000 + number}` },
      ...{ conversationId: 'web:main:c1', isVerified: false, consent: { version: 1, at: 0, words: 'Đồng ý.' } },
    });
  }
  return bench.run(action, { ...NOTICE, ...change });
}

async function connectionOf(change: Partial<Customer>): Promise<ActionResult> {
  await bench.write('customers', aCustomer(change));
  return bench.run('find_connection', { customer_code: CODE });
}

async function withOutage(
  action: string,
  slots: Readonly<Record<string, string>>,
  change: Parameters<typeof anOutage>[0] = {},
): Promise<ActionResult> {
  await bench.write('customers', aCustomer());
  await bench.write('outages', anOutage(change));
  return bench.run(action, slots);
}

async function inStorm(action: string, state: 'suspected' | 'ongoing'): Promise<ActionResult> {
  await bench.storage.incidents.append(anIncident({ state }));
  await bench.storage.storm.appendSwitch({ number: 1, isOn: true, by: 'rate', reason: '42 báo', at: BENCH_NOW });
  return bench.run(action, { place: PLACE });
}

async function whileHeld(action: string, slots: Slots): Promise<ActionResult> {
  const hold = { reason: 'Công văn 12', byId: 'lan', byName: 'Chị Lan', at: BENCH_NOW, until: BENCH_NOW + 1_000 };
  const subjects = [
    { kind: 'customer', customerCode: CODE },
    { kind: 'conversation', conversationId: 'web:main:c1' },
  ] as const;
  for (const subject of subjects) {
    await bench.storage.holds.put({ ...hold, id: subject.kind, subject });
  }
  return bench.run(action, slots);
}

/** Who was told that the power is back says that it is not; once more after what came of the first time. */
async function toldOfTheEnd(first?: ActionResult): Promise<ActionResult> {
  await tellOfTheEnd(bench);
  if (first !== undefined) {
    await openTicket(bench, first);
  }
  return bench.run('open_nested_ticket', {});
}

async function whenCutOff(): Promise<ActionResult> {
  await bench.write('customers', aCustomer({ connection: 'disconnected_debt' }));
  return bench.run('find_known_outage', { customer_code: CODE }, { identities: verifiedFor(CODE) });
}

describe('the actions of the catalogue', () => {
  test.each(CASES)('%s reaches the outcome %s', async (_action, outcome, run) => {
    expect((await run()).outcome).toBe(outcome);
  });

  test.each(CASES)('%s says with the outcome %s no more than anybody reads', async (_action, _outcome, run) => {
    const { replies = [], slots = {} } = await run();
    expect([...tooLong(replies), ...longerThanCounted(slots)]).toEqual([]);
  });

  test.each(CASES)('%s says with the outcome %s where each figure comes from', async (_action, _outcome, run) => {
    const { slots = {}, replies = [], provenance = [] } = await run();
    const told = [...Object.values(slots).map((text): Reply => ({ kind: 'text', text })), ...replies].filter(hasFigure);
    const isBare = told.length > 0 && provenance.length === 0;
    expect(isBare ? told.map(toPlainText) : []).toEqual([]);
    const tickets = provenance.filter(({ record }) => record === 'ticket').map(({ id }) => id);
    expect(tickets).toEqual(expect.arrayContaining([slots['ticket_number'] ?? []].flat()));
    expect(provenance.filter(({ id, version, asOf }) => !id || !version || !/^\d{4}-\d\d-\d\d/.test(asOf))).toEqual([]);
  });

  test('are all carried out, with every outcome listed and no other', () => {
    const listed = Object.entries(ACTIONS).flatMap(([name, { outcomes }]) =>
      Object.keys(outcomes).map((outcome) => `${name} ${outcome}`),
    );
    expect(CASES.map(([action, outcome]) => `${action} ${outcome}`).sort()).toEqual(listed.sort());
  });

  test('refuse a name that the catalogue does not have', () =>
    expect(bench.run('find_everything', {})).rejects.toThrow('find_everything'));
});

describe('below the level verified', () => {
  const open = Object.entries(ACTIONS).filter(([, { identity }]) => identity !== 'verified');
  const slots = {
    place: PLACE,
    unit_code: UNIT,
    challenge_id: 'none',
    otp: '000000',
    phone: '0911222333',
    bill_problem: 'meter_check',
    ticket_number: 'SC261122-4K7Q2',
    kwh_used: '320',
    ...NOTICE,
  };

  test.each(open.map(([name]) => name))('%s tells no name, phone, address, debt or bill', async (name) => {
    const customer = aCustomer({ connection: 'disconnected_debt' });
    await bench.write('customers', customer, aCustomer({ code: OTHER_CODE }));
    await bench.write('bills', aBill());
    await bench.write('outages', anOutage(RUNNING));
    const result = await bench.run(name, slots);
    const told = `${saidBy(result)} ${JSON.stringify(result.slots ?? {})} ${JSON.stringify(result.provenance ?? [])}`;
    for (const secret of [customer.name, PHONE, customer.address, '10 Hùng Vương', '636.768', '250 kWh', OTHER_CODE]) {
      expect(told).not.toContain(secret);
    }
    expect(result.outcome).not.toBe('disconnected_debt');
  });

  test('the bill and the contracts are kept for verified customers by the catalogue', () => {
    const kept = Object.entries(ACTIONS).filter(([, { identity }]) => identity === 'verified');
    expect(kept.map(([name]) => name).sort()).toEqual([
      'check_payment',
      'check_reading',
      'erase_customer',
      'explain_bill',
      'export_customer',
      'find_bill',
      'find_connection',
      'find_contracts',
      'find_invoice',
      'find_reading_days',
      'give_bill_sheet',
      'list_usage',
      'send_invoice',
      'subscribe_personal_notice',
    ]);
  });

  test('an incident is told alike whether the contract is cut off for debt or not', async () => {
    await bench.storage.incidents.append(anIncident());
    await bench.write('customers', aCustomer(), aCustomer({ code: OTHER_CODE, connection: 'disconnected_debt' }));
    // What is reported carries the code that was given; it is told to nobody.
    const { effects: _own, ...paying } = await bench.run('find_known_outage', { customer_code: CODE });
    const { effects: _other, ...cutOff } = await bench.run('find_known_outage', { customer_code: OTHER_CODE });
    expect(cutOff).toEqual(paying);
  });
});
