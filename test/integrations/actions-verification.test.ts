import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { levelOf } from '../../src/dialogs/identity.ts';
import {
  type ActionBench,
  aBill,
  aCustomer,
  BENCH_NOW,
  CODE,
  OTHER_CODE,
  openActionBench,
  PHONE,
  saidBy,
  UNKNOWN_CODE,
  verifiedFor,
} from '../support/action-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const THIRD_CODE = 'PB06010001259';

let bench: ActionBench;
beforeEach(async () => {
  bench = openActionBench();
  await bench.write(
    'customers',
    aCustomer(),
    aCustomer({ code: OTHER_CODE }),
    aCustomer({ code: THIRD_CODE, phone: '0900000003' }),
  );
});
afterEach(() => bench.close());

describe('checking the shape of a code', () => {
  const check = (customerCode: string) => bench.run('check_customer_code', { customer_code: customerCode });

  test.each([
    ['PB0601000123', 'mã mới có 12 ký tự, mã đúng gồm 13 ký tự'],
    ['PB06010001234567', 'mã có tới 16 ký tự, mã đúng gồm 13 ký tự'],
    ['PB060100A1234', '7 ký tự cuối của mã phải là chữ số'],
    ['0B06010001234', 'mã đúng bắt đầu bằng 2 chữ cái, ví dụ PB'],
    ['XY06010001234', 'mình chưa biết mã nào bắt đầu bằng XY, mã thường bắt đầu bằng PB'],
  ])('says what is wrong with %s', async (code, problem) => {
    expect((await check(code)).slots).toEqual({ code_problem: problem });
  });

  test('answers the same for a customer and for nobody', async () => {
    const { identities: known, ...one } = await check(CODE);
    const { identities: unknown, ...other } = await check(UNKNOWN_CODE);
    expect(one).toEqual(other);
    expect(known?.[CODE]).toEqual(unknown?.[UNKNOWN_CODE]);
    expect(known?.[CODE]?.level).toBe('code_known');
  });

  test('leaves a verified code verified', async () => {
    const result = await bench.run('check_customer_code', { customer_code: CODE }, { identities: verifiedFor(CODE) });
    expect(result).toEqual({ outcome: 'well_formed' });
  });

  test.each([
    ['PB04010001234', '1900 545454'],
    ['PB15010001234', '1900 545454'],
    ['PB18010001234', '1900 1909'],
    ['PA02CK0001234', '1900 6769'],
  ])('sends %s to the corporation that serves it today', async (code, hotline) => {
    const { outcome, slots } = await check(code);
    expect([outcome, slots?.['corporation_hotline']]).toEqual(['foreign', hotline]);
  });

  test('knows that Bình Dương was ours until the end of June 2025', async () => {
    const before = { now: Date.parse('2025-06-30T23:00:00+07:00') };
    const result = await bench.run('check_customer_code', { customer_code: 'PB04010001234' }, before);
    expect(result.outcome).toBe('well_formed');
  });
});

describe('sending a one-time code', () => {
  test('asks for one SMS to the registered phone, and says nothing of it', async () => {
    const result = await bench.run('send_otp', { customer_code: CODE });
    expect(result.effects).toEqual([
      { kind: 'send_otp', customerCode: CODE, challengeId: result.slots?.['challenge_id'], phone: PHONE },
    ]);
    expect(result.replies).toBeUndefined();
    expect(JSON.stringify(result.slots)).not.toContain(PHONE);
  });

  test('says and limits the same for every code, whether an SMS goes out or not', async () => {
    const withoutPhone = 'PB06010001267';
    const { phone: _, ...unreachable } = aCustomer({ code: withoutPhone });
    await bench.write('customers', unreachable);
    // The phone of these two has had its SMS of the hour.
    for (const code of [OTHER_CODE, OTHER_CODE, OTHER_CODE]) {
      await bench.challenge(code);
    }
    const codes = { reachable: THIRD_CODE, unknown: UNKNOWN_CODE, withoutPhone, exhausted: CODE };
    const told = await Promise.all(Object.values(codes).map(askFourTimes));
    expect(told.map(({ said }) => said)).toEqual(told.map(() => told[0]?.said));
    expect(told[0]?.said.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent', 'too_many']);
    expect(told.map(({ sms }) => sms)).toEqual([3, 0, 0, 0]);
  });

  test('takes as many steps where no SMS goes out', async () => {
    const take = jest.spyOn(bench.storage.slots, 'take');
    const stepsFor = async (code: string) => {
      const before = take.mock.calls.length;
      await bench.run('send_otp', { customer_code: code });
      return take.mock.calls.length - before;
    };
    expect(await stepsFor(UNKNOWN_CODE)).toBe(await stepsFor(CODE));
  });

  test('waits for the code that is under way for the same, and for no other', async () => {
    const { slots } = await bench.run('send_otp', { customer_code: CODE });
    const open = slots?.['challenge_id'] ?? '';
    const again = (code: string, now = BENCH_NOW) =>
      bench.run('send_otp', { customer_code: code, open_challenge: open }, { now });
    expect(await again(CODE)).toEqual({ outcome: 'still_open', slots: { challenge_id: open } });
    expect((await again(OTHER_CODE)).outcome).toBe('sent');
    expect((await again(CODE, BENCH_NOW + 5 * MINUTE)).outcome).toBe('sent');
    const unknown = await bench.run('send_otp', { customer_code: UNKNOWN_CODE });
    const { challenge_id: other = '' } = unknown.slots ?? {};
    expect(await bench.run('send_otp', { customer_code: UNKNOWN_CODE, open_challenge: other })).toMatchObject({
      outcome: 'still_open',
    });
  });

  test('counts by phone: contracts of one phone share three an hour, and no reply tells so', async () => {
    const smsFor = async (code: string) => (await bench.run('send_otp', { customer_code: code })).effects?.length;
    const sent = [];
    for (const code of [CODE, OTHER_CODE, CODE, OTHER_CODE, THIRD_CODE]) {
      sent.push(await smsFor(code));
    }
    expect(sent).toEqual([1, 1, 1, 0, 1]);
  });

  test('allows five a day, however the hours fall', async () => {
    const outcomes = [];
    for (let hour = 0; hour < 7; hour += 1) {
      outcomes.push((await bench.run('send_otp', { customer_code: CODE })).outcome);
      bench.clock.advance(HOUR);
    }
    expect(outcomes).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'too_many', 'too_many']);
    bench.clock.advance(17 * HOUR);
    expect((await bench.run('send_otp', { customer_code: CODE })).outcome).toBe('sent');
  });

  test('counts a turn that runs again once', async () => {
    for (let again = 0; again < 6; again += 1) {
      expect((await bench.run('send_otp', { customer_code: CODE }, { eventKey: 'same' })).outcome).toBe('sent');
    }
    await bench.challenge(CODE);
    expect(await bench.challenge(CODE)).not.toBe('too_many');
  });

  test('stores neither phone nor code in its counters', async () => {
    await bench.check(CODE, await bench.challenge(CODE), false);
    const rows = JSON.stringify(bench.storage.db.sqlite.prepare('SELECT key, claim FROM slots').all());
    expect(rows).toContain('sms_hour');
    expect(rows).not.toContain(PHONE);
    expect(rows).not.toContain(CODE);
  });
});

describe('checking a one-time code', () => {
  test('verifies all contracts of the phone for a quarter of an hour', async () => {
    const result = await bench.check(CODE, await bench.challenge(CODE), true);
    const identity = { level: 'verified', validUntil: BENCH_NOW + 15 * MINUTE };
    expect(result).toEqual({ outcome: 'verified', identities: { [CODE]: identity, [OTHER_CODE]: identity } });
    const level = (at: number) => levelOf(result.identities ?? {}, CODE, at);
    expect([level(BENCH_NOW + 15 * MINUTE - 1), level(BENCH_NOW + 15 * MINUTE)]).toEqual(['verified', 'code_known']);
  });

  test('accepts a code until five minutes have passed', async () => {
    const challenge = await bench.challenge(CODE);
    bench.clock.advance(5 * MINUTE - 1);
    const inTime = await bench.check(CODE, challenge, true);
    bench.clock.advance(1);
    const late = await bench.check(CODE, challenge, true);
    expect([inTime.outcome, late.outcome]).toEqual(['verified', 'expired']);
  });

  test('gives three tries, then locks even the right code', async () => {
    const challenge = await bench.challenge(CODE);
    const first = await bench.check(CODE, challenge, false);
    const second = await bench.check(CODE, challenge, false);
    const third = await bench.check(CODE, challenge, false);
    expect([first.slots, second.slots]).toEqual([{ tries_left: '2' }, { tries_left: '1' }]);
    expect(third.outcome).toBe('locked');
    expect((await bench.check(CODE, challenge, true)).outcome).toBe('locked');
  });

  test('takes the right code at the third try', async () => {
    const challenge = await bench.challenge(CODE);
    await bench.check(CODE, challenge, false);
    await bench.check(CODE, challenge, false);
    expect((await bench.check(CODE, challenge, true)).outcome).toBe('verified');
  });

  test('answers a turn that runs again as the first time', async () => {
    const challenge = await bench.challenge(CODE);
    const first = await bench.check(CODE, challenge, false, { eventKey: 'same' });
    const again = await bench.check(CODE, challenge, false, { eventKey: 'same' });
    expect([first, again]).toEqual([
      { outcome: 'wrong', slots: { tries_left: '2' } },
      { outcome: 'wrong', slots: { tries_left: '2' } },
    ]);
    expect((await bench.check(CODE, challenge, false)).slots).toEqual({ tries_left: '1' });
  });

  test('locks a customer code after ten failures in a day, in whatever conversations', async () => {
    const outcomes = await failTimes(CODE, 10);
    expect(outcomes.at(-1)).toBe('locked');
    expect(outcomes.slice(0, 9).filter((outcome) => outcome === 'wrong')).toHaveLength(6);
    const elsewhere = { conversationId: 'zalo:main:someone' };
    const challenge = newChallenge(CODE, PHONE, elsewhere.conversationId);
    expect((await bench.check(CODE, challenge, true, elsewhere)).outcome).toBe('locked');
    expect((await bench.check(THIRD_CODE, newChallenge(THIRD_CODE, '0900000003'), true)).outcome).toBe('verified');
    bench.clock.advance(24 * HOUR);
    expect((await bench.check(CODE, newChallenge(CODE, PHONE), true)).outcome).toBe('verified');
  });

  test('fails and locks alike for a code of nobody', async () => {
    expect(await failTimes(UNKNOWN_CODE, 12, '')).toEqual(await failTimes(CODE, 12));
  });

  test('never verifies a code of nobody, not even with the right digits', async () => {
    expect((await bench.check(UNKNOWN_CODE, await bench.challenge(UNKNOWN_CODE), true)).outcome).toBe('wrong');
  });

  test('does not take the challenge of one customer for another', async () => {
    const own = await bench.challenge(THIRD_CODE);
    expect((await bench.check(CODE, own, true)).outcome).toBe('expired');
  });

  test('does not take a challenge of another conversation', async () => {
    const challenge = await bench.challenge(CODE, { conversationId: 'web:main:c2' });
    expect((await bench.check(CODE, challenge, true)).outcome).toBe('expired');
  });

  test('takes no code that went to the phone of before', async () => {
    const challenge = await bench.challenge(CODE);
    await bench.write('customers', aCustomer({ phone: '0900000099' }));
    expect((await bench.check(CODE, challenge, true)).outcome).toBe('expired');
  });

  test('gives parallel messages three tries together', async () => {
    const challenge = await bench.challenge(CODE);
    const results = await Promise.all(Array.from({ length: 8 }, () => bench.check(CODE, challenge, false)));
    const counted = bench.storage.db.sqlite.prepare("SELECT COUNT(*) AS n FROM slots WHERE key LIKE 'otp_try/%'").get();
    expect(counted).toEqual({ n: 3 });
    expect(results.filter(({ outcome }) => outcome === 'locked').length).toBeGreaterThanOrEqual(6);
  });
});

/** A challenge as `send_otp` makes it, without using up an SMS. */
function newChallenge(customerCode: string, phone: string, conversationId = 'web:main:c1'): string {
  const subject = [conversationId, customerCode, phone];
  return bench.codes.begin({ subject, now: bench.clock.now(), random: `r${Math.random()}` });
}

async function failTimes(customerCode: string, times: number, phone = PHONE): Promise<string[]> {
  const outcomes: string[] = [];
  for (let time = 0; time < times; time += 3) {
    const conversationId = `web:main:${customerCode}-${time}`;
    const challenge = newChallenge(customerCode, phone, conversationId);
    for (let tried = time; tried < Math.min(time + 3, times); tried += 1) {
      outcomes.push((await bench.check(customerCode, challenge, false, { conversationId })).outcome);
    }
  }
  return outcomes;
}

describe('a code of nobody and a contract without a phone', () => {
  /** Which stores are asked, in order, from the code to a wrong one-time code: what takes time. */
  async function lookUps(customerCode: string): Promise<readonly string[]> {
    const asked: string[] = [];
    const watch = <Store extends object>(store: Store, ...names: (keyof Store & string)[]) => {
      for (const name of names) {
        const ask = store[name] as (...given: unknown[]) => unknown;
        Object.assign(store, { [name]: (...given: unknown[]) => [asked.push(name), ask(...given)][1] });
      }
    };
    const { customers, slots } = bench.storage;
    const before = [{ ...customers }, { ...slots }];
    watch(customers, 'customer', 'customersByPhone');
    watch(slots, 'take', 'count');
    await bench.run('check_customer_code', { customer_code: customerCode });
    const { challenge_id: challenge = '' } = (await bench.run('send_otp', { customer_code: customerCode })).slots ?? {};
    await bench.check(customerCode, challenge, false);
    Object.assign(customers, before[0]);
    Object.assign(slots, before[1]);
    return asked;
  }

  test('take the same look-ups as a customer: nobody learns by the time it takes who is one', async () => {
    const { phone: _, ...withoutPhone } = aCustomer({ code: 'PB06010001267' });
    await bench.write('customers', withoutPhone);
    const known = await lookUps(CODE);
    expect(known.filter((name) => name === 'customer').length).toBeGreaterThan(0);
    expect(await lookUps(UNKNOWN_CODE)).toEqual(known);
    expect(await lookUps('PB06010001267')).toEqual(known);
  });
});

describe('the contracts of a phone', () => {
  test('are shown as buttons whose values are codes', async () => {
    const { replies, slots } = await bench.run('find_contracts', { customer_code: CODE });
    expect(replies).toEqual([
      {
        kind: 'choices',
        text: 'Số điện thoại đăng ký có 2 hợp đồng.',
        choices: [
          { label: `${CODE} (10 Hùng Vương)`, value: CODE },
          { label: `${OTHER_CODE} (10 Hùng Vương)`, value: OTHER_CODE },
        ],
      },
    ]);
    expect(slots).toEqual({ contracts: `${CODE}, ${OTHER_CODE}` });
  });

  test('are told with what is to pay only as far as they are proved', async () => {
    await bench.write('bills', aBill({ paidAt: '2026-11-05' }), aBill({ customerCode: OTHER_CODE }));
    const told = async (...codes: string[]) => {
      const change = { identities: Object.assign({}, ...codes.map((code) => verifiedFor(code))) };
      const { replies } = await bench.run('find_contracts', { customer_code: CODE }, change);
      return replies?.[0]?.kind === 'choices' ? replies[0].text : '';
    };
    const count = 'Số điện thoại đăng ký có 2 hợp đồng.';
    expect(await told(CODE)).toBe(count);
    expect(await told(CODE, OTHER_CODE)).toBe(
      `${count}\nCòn phải thanh toán:\n• ${OTHER_CODE}: 636.768 đ (tháng 10/2026).`,
    );
    await bench.write('bills', aBill({ customerCode: OTHER_CODE, paidAt: '2026-11-06' }));
    expect(await told(CODE, OTHER_CODE)).toBe(`${count}\nCác hợp đồng này không còn hóa đơn nào chưa thanh toán.`);
  });

  test('are told with the sum of all, and without a sum that is in doubt', async () => {
    await bench.write('bills', aBill(), aBill({ customerCode: OTHER_CODE }));
    const change = { identities: verifiedFor(CODE, OTHER_CODE) };
    const sound = await bench.run('find_contracts', { customer_code: CODE }, change);
    expect(saidBy(sound)).toContain('Tổng cộng: 1.273.536 đ.');
    expect(sound.provenance?.map(({ record, version }) => [record, version.length > 0])).toEqual([
      ['bill', true],
      ['bill', true],
    ]);
    await bench.write('bills', aBill({ customerCode: OTHER_CODE, total: 1 }));
    const doubtful = saidBy(await bench.run('find_contracts', { customer_code: CODE }, change));
    expect(doubtful).toContain(`• ${OTHER_CODE}: tháng 10/2026, số tiền cần nhân viên xem lại.`);
    expect(doubtful).not.toContain('Tổng cộng');
  });

  test('are cut to ten buttons', async () => {
    const codes = Array.from({ length: 12 }, (_, index) => `PB0601000${2000 + index}`);
    await bench.write('customers', ...codes.map((code) => aCustomer({ code, phone: '0900000012' })));
    const { replies = [] } = await bench.run('find_contracts', { customer_code: 'PB06010002000' });
    expect(replies[0]).toMatchObject({ text: expect.stringContaining('12 hợp đồng. Dưới đây là 10') });
    expect(replies[0]?.kind === 'choices' && replies[0].choices).toHaveLength(10);
  });
});

/** What somebody hears who asks for a one-time code four times, and how many SMS go out. */
async function askFourTimes(customerCode: string) {
  const rounds = [];
  for (let round = 0; round < 4; round += 1) {
    rounds.push(await bench.run('send_otp', { customer_code: customerCode }));
  }
  const said = rounds.map(({ outcome, slots = {}, replies }) => ({
    ...{ outcome, replies, slots: Object.keys(slots), length: slots['challenge_id']?.length },
  }));
  return { said, sms: rounds.flatMap(({ effects = [] }) => effects).length };
}
