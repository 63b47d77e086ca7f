import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTellOfDanger } from '../../src/bot/crisis/tell-of-danger.ts';
import type { Subscription } from '../../src/bot/notices/subscription.ts';
import type { Bill } from '../../src/bot/records.ts';
import { type ActionBench, aBill, aCustomer, OTHER_CODE, openActionBench } from '../support/action-bench.ts';
import { openCampaignBench, planned, subscribe as subscribeOn } from '../support/campaign-bench.ts';
import { sampleCrisis } from '../support/sample-records.ts';

const DAY_MS = 86_400_000;
let records: ActionBench;
beforeEach(async () => {
  records = openActionBench();
  await records.write(
    'customers',
    aCustomer({ email: 'hoa@example.vn' }),
    aCustomer({ code: OTHER_CODE, commune: 'Bến Lức' }),
  );
});
afterEach(() => records.close());

const openBench = () => openCampaignBench(records);
const subscribe = (change: Partial<Subscription> = {}) => subscribeOn(records, change);

describe('a planned outage', () => {
  test('is told to who has subscribed and is concerned, once, and to nobody else', async () => {
    await subscribe();
    await subscribe({ customerCode: OTHER_CODE, conversationId: 'zalo:1:b' });
    await records.write('outages', planned());
    const bench = openBench();
    expect(await bench.rounds()).toEqual([
      'zalo:1:a: Lịch ngừng cung cấp điện tại nơi dùng điện của mã có đuôi 234: từ 07:30 thứ Hai 23/11/2026 đến 11:00 thứ Hai 23/11/2026. Khu vực: Long An: đường Châu Thị Kim. Lý do: Bảo trì, sửa chữa lưới điện.',
    ]);
    expect(await openBench().rounds()).toEqual([]);
  });

  test('is told in one message to who has several contracts there, with each of them, and others apart', async () => {
    const codes = [1, 2, 3, 4, 5, 6].map((number) => `PB0601000000${number}`);
    await records.write('customers', ...codes.map((code) => aCustomer({ code })));
    await subscribe();
    await subscribe({ customerCode: OTHER_CODE });
    await subscribe({ customerCode: codes[0] ?? '' });
    for (const customerCode of codes) {
      await subscribe({ customerCode, conversationId: 'zalo:1:b' });
    }
    await records.write('outages', planned());
    const told = (await openBench().rounds()).map((text) => /^(\S+): .*đuôi (.*?): /.exec(text)?.slice(1)).sort();
    expect(told).toEqual([
      ['zalo:1:a', '001, 234'],
      ['zalo:1:b', '001, 002, 003, 004 và 2 mã'],
    ]);
  });

  test('that moves from one contract of a conversation to another is cancelled for one and new for the other', async () => {
    await subscribe();
    await subscribe({ customerCode: OTHER_CODE });
    await records.write('outages', planned());
    expect(await openBench().rounds()).toHaveLength(1);
    await records.write('outages', planned({ version: 'v2', communes: ['Bến Lức'], area: 'Bến Lức' }));
    records.clock.advance(60_000);
    const told = await openBench().rounds();
    expect(told.map((text) => /đuôi (\d+)/.exec(text)?.[1]).sort()).toEqual(['234', '242']);
    expect(told.filter((text) => text.includes('đã HỦY'))).toHaveLength(1);
  });

  test('that changes names the earlier time, and one that is cancelled the time that was announced', async () => {
    await subscribe();
    await records.write('outages', planned());
    const bench = openBench();
    await bench.rounds();
    const later = { from: planned().from + DAY_MS, to: (planned().to ?? 0) + DAY_MS };
    await records.write('outages', planned({ ...later, version: 'v2' }));
    records.clock.advance(60_000);
    expect(await bench.rounds()).toEqual([
      expect.stringContaining(
        'đã ĐỔI: trước đây báo từ 07:30 thứ Hai 23/11/2026 đến 11:00 thứ Hai 23/11/2026, nay là từ 07:30 thứ Ba 24/11/2026',
      ),
    ]);
    await records.write('outages', planned({ ...later, version: 'v3', state: 'cancelled' }));
    records.clock.advance(60_000);
    expect(await bench.rounds()).toEqual([expect.stringContaining('đã HỦY: từ 07:30 thứ Ba 24/11/2026')]);
  });

  test('that moves elsewhere is cancelled for who was told of it, and new for who lives there', async () => {
    await subscribe();
    await subscribe({ customerCode: OTHER_CODE, conversationId: 'zalo:1:b' });
    await records.write('outages', planned());
    const bench = openBench();
    await bench.rounds();
    await records.write('outages', planned({ communes: ['Bến Lức'], area: 'Bến Lức: ấp 3', version: 'v2' }));
    records.clock.advance(60_000);
    const told = await bench.rounds();
    expect(told.sort()).toEqual([
      expect.stringContaining('zalo:1:a: Lịch ngừng cung cấp điện của mã có đuôi 234 đã HỦY'),
      expect.stringContaining('zalo:1:b: Lịch ngừng cung cấp điện tại nơi dùng điện của mã có đuôi 242'),
    ]);
  });

  test('whose import brings nothing new is not told again, nor one that was cancelled before anybody heard of it', async () => {
    await subscribe();
    await records.write('outages', planned(), planned({ id: 'O2', state: 'cancelled' }));
    const bench = openBench();
    await bench.rounds();
    await records.write('outages', planned({ version: 'v2', updatedAt: planned().updatedAt + DAY_MS }));
    records.clock.advance(60_000);
    expect(await bench.rounds()).toEqual([]);
  });
});

describe('the bill', () => {
  const bill = (change: Partial<Bill> = {}) =>
    aBill({ to: '2026-11-20', due: '2026-11-30', month: '2026-11', ...change });

  test('is told once with amount, due date and chart, and a browser gets no figures', async () => {
    await subscribe({ topic: 'bill' });
    await subscribe({ topic: 'bill', conversationId: 'web:main:v1' });
    await records.write('bills', bill());
    const bench = openBench();
    const told = await bench.rounds();
    expect(told.filter((line) => line.startsWith('zalo'))).toEqual([
      'zalo:1:a: Tiền điện kỳ tháng 11/2026 của mã khách hàng PB06010001234: 636.768 đ, hạn thanh toán 30/11/2026.',
      expect.stringContaining('Điện tiêu thụ tháng 11/2026'),
    ]);
    expect(told.filter((line) => line.startsWith('web'))).toEqual([
      'web:main:v1: Đã có hóa đơn tiền điện kỳ tháng 11/2026 của mã có đuôi 234. Nhắn "tiền điện" để xem sau khi xác minh.',
    ]);
    records.clock.advance(DAY_MS);
    expect(await bench.rounds()).toEqual([]);
  });

  test('is reminded of once when it is not paid shortly before it is due', async () => {
    await subscribe({ topic: 'bill' });
    await records.write('bills', bill({ due: '2026-11-24' }));
    const bench = openBench();
    const reminders = async () =>
      (await bench.rounds()).filter((line) => line.includes('chưa ghi nhận thanh toán')).length;
    // The bill itself has just come, with its due date.
    expect(await reminders()).toBe(0);
    records.clock.advance(DAY_MS);
    expect(await reminders()).toBe(1);
    records.clock.advance(DAY_MS);
    expect(await bench.rounds()).toEqual([]);
    expect((await records.storage.noticeLedger.counts('debt/2026-11-23')).map(({ count }) => count)).toEqual([1]);
  });

  test('is reminded of where it came too long ago to be told as new', async () => {
    await subscribe({ topic: 'bill' });
    await records.write('bills', bill({ from: '2026-09-20', to: '2026-10-20', due: '2026-11-24' }));
    expect(await openBench().rounds()).toEqual([expect.stringContaining('chưa ghi nhận thanh toán')]);
  });

  test('that is paid, or whose figures do not agree, is not told of', async () => {
    await subscribe({ topic: 'bill' });
    await records.write('bills', bill({ due: '2026-11-24', paidAt: '2026-11-21', total: 1 }));
    expect(await openBench().rounds()).toEqual([]);
  });
});

test('the day of reading is told the day before, by the day of the last one', async () => {
  await subscribe({ topic: 'reading_day' });
  await records.write('bills', aBill({ to: '2026-10-23' }));
  expect(await openBench().rounds()).toEqual([expect.stringContaining('Dự kiến ngày 23/11/2026 nhân viên ghi chỉ số')]);
});

test.each([
  ['2026-09-30', '2026-10-31', '30/11/2026'],
  ['2026-10-31', '2026-11-30', '31/12/2026'],
  ['2027-01-28', '2027-02-28', '28/03/2027'],
  ['2027-01-31', '2027-02-28', '31/03/2027'],
])('after readings on %s and %s, at the end of a month, the next one is told for %s', async (before, last, next) => {
  await subscribe({ topic: 'reading_day' });
  for (const to of [before, last]) {
    await records.write('bills', aBill({ month: to.slice(0, 7), to }));
  }
  const [day, month, year] = next.split('/');
  records.clock.advance(Date.parse(`${year}-${month}-${day}T09:00:00+07:00`) - DAY_MS - records.clock.now());
  expect(await openBench().rounds()).toEqual([expect.stringContaining(`Dự kiến ngày ${next} nhân viên ghi chỉ số`)]);
});

/** More than Zalo is given in a second. */
const MANY = 120;

describe('a campaign', () => {
  test('rests while it is paused, goes on, and is over for good when it is stopped', async () => {
    const { campaigns, noticeLedger } = records.storage;
    for (let number = 0; number < MANY; number += 1) {
      await subscribe({ conversationId: `zalo:1:c${String(number).padStart(2, '0')}` });
    }
    await records.write('outages', planned());
    const bench = openBench();
    await bench.round();
    const [{ id = '' } = {}] = await campaigns
      .list({ limit: 10 })
      .then((all) => all.filter(({ topic }) => topic === 'planned_outage'));
    const first = bench.sent().length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(MANY);
    await campaigns.change(id, 'paused');
    await bench.round();
    await bench.round();
    expect(bench.sent()).toHaveLength(first);
    await campaigns.change(id, 'running');
    await bench.round();
    expect(bench.sent().length).toBeGreaterThan(first);
    const before = bench.sent().length;
    await campaigns.change(id, 'stopped');
    await noticeLedger.drop(id);
    await bench.rounds();
    expect(await noticeLedger.counts(id)).toEqual([
      { state: 'accepted', count: before },
      { state: 'skipped', reason: 'stopped', count: MANY - before },
    ]);
  });

  test('draws nobody in the quiet hours', async () => {
    await subscribe();
    await records.write('outages', planned());
    records.clock.advance(13.5 * 3_600_000);
    const bench = openBench();
    expect(await bench.rounds()).toEqual([]);
    expect(
      await records.storage.noticeLedger.counts((await records.storage.campaigns.list({ limit: 1 }))[0]?.id ?? ''),
    ).toEqual([]);
  });

  test('that is overtaken by the quiet hours gives in the morning what it had planned', async () => {
    for (let number = 0; number < MANY; number += 1) {
      await subscribe({ conversationId: `zalo:1:c${String(number).padStart(2, '0')}` });
    }
    await records.write('outages', planned({ from: planned().from + DAY_MS, to: (planned().to ?? 0) + DAY_MS }));
    records.clock.advance(13 * 3_600_000 - 1_000);
    const bench = openBench();
    await bench.round();
    const first = bench.sent().length;
    expect(first).toBeLessThan(MANY);
    await bench.round();
    await bench.round();
    expect(bench.sent()).toHaveLength(first);
    records.clock.advance(9 * 3_600_000);
    await bench.rounds();
    const inAll = (await records.storage.campaigns.list({ limit: 9 })).find(({ topic }) => topic === 'planned_outage');
    expect(await records.storage.noticeLedger.counts(inAll?.id ?? '')).toEqual([{ state: 'accepted', count: MANY }]);
  });
});

describe('a warning of danger', () => {
  const warning = (change: object = {}) =>
    sampleCrisis({
      ...{ id: 'TK1', isDanger: true, updatedAt: records.clock.now(), expiresAt: records.clock.now() + DAY_MS },
      ...{ title: 'Dây điện rơi', text: 'Tránh xa dây điện ạ.', area: { province: 'Long An', places: ['Long An'] } },
      ...change,
    });
  const publish = async (change: object = {}, isTold = true) => {
    await records.storage.crises.append({ ...warning(change), isTold });
    await look();
  };
  /** As the desk does after publishing, and the sweep in every round. */
  const look = () => createTellOfDanger({ ...records.storage, clock: records.clock })();

  beforeEach(async () => {
    // Half past ten in the evening, when everything else keeps still.
    records.clock.advance(Date.parse('2026-11-22T22:30:00+07:00') - records.clock.now());
    await subscribe();
    await subscribe({ customerCode: OTHER_CODE, conversationId: 'zalo:1:b' });
  });

  test('is told at once, at night too, to the subscribers of its area, once for each version', async () => {
    await publish();
    expect(await openBench().rounds()).toEqual([expect.stringMatching(/^zalo:1:a: crisis-message Dây điện rơi \(.*/)]);
    await look();
    expect(await openBench().rounds()).toEqual([]);
    await publish({ version: 2, text: 'Đã cắt điện, vẫn tránh xa ạ.' });
    expect(await openBench().rounds()).toEqual([expect.stringContaining('Đã cắt điện')]);
  });

  test('is not told in another province, also where the record names no commune', async () => {
    const { commune: _, ...far } = aCustomer({ province: 'Đồng Tháp' });
    await records.write('customers', far);
    await publish();
    expect(await openBench().rounds()).toEqual([]);
  });

  test('is not told to who wants no notices, nor any more when it is withdrawn', async () => {
    await records.storage.optOuts.add('zalo:1:a');
    await publish();
    expect(await openBench().rounds()).toEqual([]);
    await publish({ id: 'TK2', area: undefined });
    await publish({ id: 'TK2', version: 2, state: 'withdrawn' });
    expect(await openBench().rounds()).toEqual([]);
  });

  test('whoever publishes it may die before its campaign begins: the next round begins it, once', async () => {
    await records.storage.crises.append({ ...warning(), isTold: true });
    await look();
    await look();
    expect(await openBench().rounds()).toHaveLength(1);
    const made = await records.storage.campaigns.list({ limit: 9 });
    expect(made.filter(({ subject }) => subject === 'crisis/TK1')).toHaveLength(1);
  });

  test('a new version or a withdrawal whose author dies ends the campaign of the old words', async () => {
    await publish({ area: undefined });
    await records.storage.crises.append({
      ...warning({ area: undefined, version: 2, state: 'withdrawn' }),
      isTold: false,
    });
    await look();
    expect((await records.storage.campaigns.find('crisis/TK1/1'))?.progress.state).toBe('stopped');
    expect(await openBench().rounds()).toEqual([]);
  });

  test('what a leader has stopped is not begun again, and what was left in its line is not given', async () => {
    await publish({ area: undefined });
    const bench = openBench();
    const { campaigns, noticeLedger } = records.storage;
    await noticeLedger.plan(
      {
        ...{ key: 'left', campaign: 'crisis/TK1/1', topic: 'crisis', conversationId: 'zalo:1:z' },
        replies: [{ kind: 'text', text: 'Tin cũ' }],
      },
      0,
    );
    // Whoever stopped it has died before he dropped the rest.
    await campaigns.change('crisis/TK1/1', 'stopped');
    await look();
    expect(await bench.rounds()).toEqual([]);
    expect(await noticeLedger.counts('crisis/TK1/1')).toEqual([{ state: 'skipped', reason: 'stopped', count: 1 }]);
  });

  describe('to who has long been silent on Zalo', () => {
    const closed = { freeUntil: 0, openUntil: 1 };
    const silent = (templates: readonly string[]) =>
      openCampaignBench(records, {
        window: async () => closed,
        takesTemplate: (name) => templates.includes(name),
        async send({ message: { reply } }) {
          templatesSent.push(reply?.kind === 'text' ? reply.template : undefined);
          return { result: 'accepted' };
        },
      });
    let templatesSent: unknown[] = [];
    beforeEach(() => {
      templatesSent = [];
    });

    test('goes as a template, cut where it is too long for it, and not by SMS', async () => {
      const text = `Tránh xa dây điện ạ. ${'Dài quá. '.repeat(60)}`;
      await publish({ text });
      expect(await silent(['crisis_warning']).rounds()).toEqual([]);
      expect(templatesSent).toEqual([
        {
          name: 'crisis_warning',
          values: {
            heading: 'Dây điện rơi (Long An, Long An)',
            text: `${text.slice(0, 399).trimEnd()}…`,
            updated: '22:30 Chủ nhật 22/11/2026',
          },
        },
      ]);
    });

    test('goes by SMS while no such template is approved, whole, and where there is no proved phone it is counted', async () => {
      await subscribe({ conversationId: 'zalo:1:c', isVerified: false });
      await publish();
      expect(await silent([]).rounds()).toEqual([
        expect.stringMatching(/^sms:main:.*: crisis-message Dây điện rơi .*Tránh xa dây điện ạ/),
      ]);
      const counts = await records.storage.noticeLedger.counts('crisis/TK1/1');
      expect(counts).toEqual([
        { state: 'accepted', count: 1 },
        { state: 'skipped', reason: 'unreachable', count: 1 },
      ]);
    });
  });

  test('is told only when that is wanted, and a rumour never', async () => {
    await publish({}, false);
    await publish({ id: 'TK2', isDanger: false });
    expect(await openBench().rounds()).toEqual([]);
  });
});
