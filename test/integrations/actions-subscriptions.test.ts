import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EffectHandlers } from '../../src/bot/effect-handlers.ts';
import type { EffectRequest } from '../../src/dialogs/run-action.ts';
import { createEffectHandlers } from '../../src/integrations/actions/effect-handlers.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import {
  type ActionBench,
  BENCH_NOW,
  CODE,
  OTHER_CODE,
  openActionBench,
  verifiedFor,
} from '../support/action-bench.ts';
import { longerThanCounted } from '../support/longest-reply.ts';

let bench: ActionBench;
let handlers: EffectHandlers;
beforeEach(() => {
  bench = openActionBench();
  handlers = createEffectHandlers({
    takeReport: async () => {},
    ...{ ...bench.storage, codes: bench.codes, clock: bench.clock, ids: createRandomIds(bench.clock.now) },
    adapters: new Map(),
    sms: { send: async () => ({}) },
    receive: async () => 'stored',
    keepMedia: async () => {},
  });
});
afterEach(() => bench.close());

const ID = 'web:main:c1';
const verified = { identities: verifiedFor(CODE) };
const outages = (code = CODE) => ({ notice_topic: 'planned_outage', customer_code: code });
const bills = { notice_topic: 'bill', customer_code: CODE };

test('the notices of thirty contracts are listed by topic, in a sentence that is read', async () => {
  for (let number = 0; number < 30; number += 1) {
    const customerCode = `PB0601000${1000 + number}`;
    const consent = { version: 1, at: 0, words: 'Đồng ý.' };
    const [first, ...topics] = ['planned_outage', 'bill'] as const;
    for (const topic of number === 0 ? [first, ...topics] : [first]) {
      await bench.storage.subscriptions.start({ topic, customerCode, conversationId: ID, isVerified: false, consent });
    }
  }
  const { slots = {} } = await bench.run('list_notices', {});
  expect(slots['notice_list']).toMatch(/lịch cúp điện \(mã có đuôi 000, 001, 002, 003, 004 và 25 mã khác\)/);
  expect(slots['notice_list']).toMatch(/hóa đơn hằng tháng \(mã có đuôi 000\)/);
  expect(longerThanCounted(slots)).toEqual([]);
});

/** Runs an action and carries out what it asks for, as the turn of that version. */
async function act(name: string, slots: Record<string, string>, version: number, change = {}) {
  const result = await bench.run(name, slots, change);
  for (const request of result.effects ?? []) {
    const effect = { key: `${ID}/${version}/1`, conversationId: ID, at: BENCH_NOW, request };
    const handle = handlers[request.kind] as (at: typeof effect, asked: EffectRequest) => Promise<void>;
    await handle(effect, request);
  }
  return result;
}

async function subscribe(slots: Record<string, string>, version: number, change = {}) {
  const { slots: shown = {} } = await bench.run('find_notice', slots, change);
  const name = slots['notice_topic'] === 'bill' ? 'subscribe_personal_notice' : 'subscribe_notice';
  return act(name, { ...slots, ...shown }, version, change);
}

describe('subscribing to notices', () => {
  test('keeps what, for which code, where, and the words agreed to with the turn', async () => {
    await subscribe(outages(), 4);
    const [subscription] = await bench.storage.subscriptions.of(ID);
    expect(subscription).toMatchObject({ topic: 'planned_outage', customerCode: CODE, isVerified: false });
    expect(subscription?.consent).toMatchObject({ version: 4, at: BENCH_NOW });
    expect(subscription?.consent.words).toMatch(/lịch cúp điện mới.*ngừng nhận tin/s);
    expect(await bench.run('find_notice', outages())).toMatchObject({ outcome: 'already' });
    expect(await bench.run('find_notice', outages(OTHER_CODE))).toMatchObject({ outcome: 'open' });
  });

  test('to what is personal is only for whoever has proved who he is', async () => {
    expect(await bench.run('find_notice', bills)).toMatchObject({ outcome: 'personal' });
    const agreed = { ...bills, notice_consent: 'w' };
    await expect(bench.run('subscribe_notice', agreed)).rejects.toThrow('subscribe_personal_notice');
    await expect(bench.run('subscribe_personal_notice', agreed)).rejects.toThrow('without verification');
    await subscribe(bills, 6, verified);
    expect(await bench.storage.subscriptions.of(ID)).toMatchObject([{ topic: 'bill', isVerified: true }]);
  });

  test('is no mailing list', async () => {
    for (let number = 10; number < 40; number += 1) {
      await subscribe(outages(`PB060100099${number}`), number);
    }
    expect(await bench.run('find_notice', outages(OTHER_CODE))).toEqual({ outcome: 'too_many' });
  });
});

describe('the list of notices', () => {
  test('tells what is subscribed without the whole code', async () => {
    expect(await bench.run('list_notices', {})).toEqual({ outcome: 'none' });
    await subscribe(outages(), 2);
    await subscribe(bills, 3, verified);
    const { slots } = await bench.run('list_notices', {});
    expect(slots).toEqual({ notice_list: 'hóa đơn hằng tháng (mã có đuôi 234), lịch cúp điện (mã có đuôi 234)' });
  });
});

describe('the stop word', () => {
  test('ends everything in this conversation and keeps out what nobody subscribed to', async () => {
    await subscribe(outages(), 2);
    await subscribe(bills, 3, verified);
    expect(await act('stop_all_notices', {}, 5)).toMatchObject({ outcome: 'stopped' });
    expect(await bench.storage.subscriptions.of(ID)).toEqual([]);
    expect(await bench.storage.optOuts.has(ID)).toBe(true);
    expect((await act('stop_all_notices', {}, 6)).outcome).toBe('none');
  });

  test('also counts for who has subscribed to nothing', async () => {
    expect((await act('stop_all_notices', {}, 5)).outcome).toBe('none');
    expect(await bench.storage.optOuts.has(ID)).toBe(true);
  });

  test('with the name of a topic ends that one alone', async () => {
    await subscribe(outages(), 2);
    await subscribe(bills, 3, verified);
    expect(await act('stop_notice', { notice_topic: 'bill' }, 5)).toMatchObject({
      slots: { notice_list: 'hóa đơn hằng tháng (mã có đuôi 234)' },
    });
    expect(await bench.storage.subscriptions.of(ID)).toMatchObject([{ topic: 'planned_outage' }]);
    expect(await bench.storage.optOuts.has(ID)).toBe(false);
    expect(await act('stop_notice', { notice_topic: 'bill' }, 6)).toEqual({ outcome: 'none' });
  });

  test('is taken back by whoever subscribes again', async () => {
    await subscribe(outages(), 2);
    await act('stop_all_notices', {}, 5);
    await subscribe(outages(), 8);
    expect(await bench.storage.optOuts.has(ID)).toBe(false);
    expect(await bench.storage.subscriptions.of(ID)).toHaveLength(1);
  });
});
