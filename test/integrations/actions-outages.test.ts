import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type ActionBench,
  aCustomer,
  anIncident,
  anOutage,
  BENCH_NOW,
  CODE,
  openActionBench,
  saidBy,
  ticketIn,
  UNKNOWN_CODE,
  verifiedFor,
} from '../support/action-bench.ts';
import { longerThanCounted } from '../support/longest-reply.ts';

const HOUR = 3_600_000;
const PLACE = 'Long An / Tây Ninh';

let bench: ActionBench;
beforeEach(() => {
  bench = openActionBench();
});
afterEach(() => bench.close());

const at = (time: string) => Date.parse(`${time}+07:00`);

describe('the next outage of the schedule', () => {
  test('is told with its hours; one under way, cancelled or of elsewhere is not', async () => {
    await bench.write('outages', anOutage(), anOutage({ id: 'O2', state: 'cancelled', from: BENCH_NOW + 1_000 }));
    const { outcome, slots } = await bench.run('find_next_outage', { place: PLACE });
    expect([outcome, slots?.['outage_text']]).toEqual(['found', expect.stringContaining('Dự kiến có điện lại lúc')]);
    expect((await bench.run('find_next_outage', { place: 'Ba Đình / Hà Nội' })).outcome).toBe('none');
    const now = anOutage().from + 1_000;
    expect((await bench.run('find_next_outage', { place: PLACE }, { now })).outcome).toBe('none');
  });
});

describe('the published schedule', () => {
  test('is told in a sentence with the first places of a long list, and in a list with all of them', async () => {
    const area = Array.from({ length: 60 }, (_, number) => `một phần ấp ${number + 1}`).join(', ');
    const reason = 'bảo trì, sửa chữa và phát quang hành lang lưới điện trung thế, '.repeat(6).trim();
    const running = { from: BENCH_NOW - HOUR, to: BENCH_NOW + HOUR };
    await bench.write('outages', anOutage({ ...running, area, reason, toSource: 'đội sửa chữa' }));
    const { outcome, slots = {} } = await bench.run('find_known_outage', { place: PLACE });
    expect([outcome, slots['outage_text']]).toEqual([
      'planned',
      expect.stringMatching(/^Khu vực: một phần ấp 1, .*một phần ấp 6… Thời gian: từ .*lý do: bảo trì.*… Dự kiến/),
    ]);
    expect(longerThanCounted(slots)).toEqual([]);
    expect(saidBy(await bench.run('find_outages_by_place', { place: PLACE }))).toContain('một phần ấp 60');
  });

  test('is told with hours, day, area, reason and source', async () => {
    await bench.write('outages', anOutage());
    const result = await bench.run('find_outages_by_place', { place: PLACE });
    expect(saidBy(result)).toBe(
      'Lịch ngừng cung cấp điện\n' +
        '07:30 – 11:00 thứ Hai 23/11/2026: Long An: đường Châu Thị Kim. Lý do: Bảo trì, sửa chữa lưới điện',
    );
    expect(result.provenance).toEqual([
      { record: 'outage', id: 'O1', version: 'import-2026-11-20T03:00:00.000Z', asOf: '2026-11-22T01:00:00.000Z' },
    ]);
  });

  test('says "none" up to the last published day only', async () => {
    await bench.write('customers', aCustomer());
    const byCode = await bench.run('find_outages_by_code', { customer_code: CODE });
    const byPlace = await bench.run('find_outages_by_place', { place: PLACE });
    expect([byCode.slots, byPlace.slots]).toEqual([
      { window_end: '26/11/2026' },
      { window_end: '26/11/2026', place_text: 'Long An, Tây Ninh' },
    ]);
  });

  test('ends four days from today by the calendar of Viet Nam', async () => {
    const late = { now: at('2026-11-22T23:59:00') };
    const next = { now: at('2026-11-23T00:01:00') };
    const ends = [];
    for (const time of [late, next]) {
      ends.push((await bench.run('find_outages_by_place', { place: PLACE }, time)).slots?.['window_end']);
    }
    expect(ends).toEqual(['26/11/2026', '27/11/2026']);
  });

  test('tells of other days when there is nothing on the day asked about', async () => {
    await bench.write('outages', anOutage());
    const result = await bench.run('find_outages_by_place', { place: PLACE, date: '2026-11-24' });
    expect(result.outcome).toBe('found');
    expect(saidBy(result)).toMatch(/^Mình chưa thấy lịch cho ngày 24\/11\/2026\. Ở đây hiện có:\n.*\n07:30 – 11:00/);
  });

  test('tells of the day asked about alone when there is something', async () => {
    const second = anOutage({ id: 'O2', from: at('2026-11-25T08:00:00'), to: at('2026-11-25T09:00:00') });
    await bench.write('outages', anOutage(), second);
    const said = saidBy(await bench.run('find_outages_by_place', { place: PLACE, date: '2026-11-25' }));
    expect(said).toContain('25/11/2026');
    expect(said).not.toContain('23/11/2026');
  });

  test.each([
    ['2026-12-05', 'về ngày 05/12/2026.'],
    ['2026-12-01/2026-12-05', 'về các ngày từ 01/12/2026 đến 05/12/2026.'],
    ['2026-11-23/2026-11-29', 'về những ngày sau đó.'],
  ])('is not certain about %s, beyond what is published', async (date, words) => {
    const result = await bench.run('find_outages_by_place', { place: PLACE, date });
    expect(result.outcome).toBe('none');
    expect(saidBy(result)).toBe(`Lịch hiện chỉ được công bố đến hết 26/11/2026, nên mình chưa thể nói chắc ${words}`);
  });

  test('does not speak of days that are over', async () => {
    const result = await bench.run('find_outages_by_place', { place: PLACE, date: '2026-11-20' });
    expect(saidBy(result)).toBe('Mình chỉ có lịch từ hôm nay (22/11/2026) trở đi.');
  });

  test('keeps cancelled and restored outages to itself', async () => {
    await bench.write('outages', anOutage({ state: 'cancelled' }), anOutage({ id: 'O2', state: 'restored' }));
    expect((await bench.run('find_outages_by_place', { place: PLACE })).outcome).toBe('none');
  });

  test('is cut to five lines', async () => {
    await bench.write('outages', ...Array.from({ length: 7 }, (_, n) => anOutage({ id: `O${n}` })));
    const result = await bench.run('find_outages_by_place', { place: PLACE });
    expect(result.replies?.[0]).toMatchObject({
      rows: { length: 5 },
      text: expect.stringContaining('Còn 2 lịch khác'),
    });
    expect(result.provenance).toHaveLength(5);
  });

  test('of a place without its province is not guessed', async () => {
    await bench.write('outages', anOutage());
    expect(await bench.run('find_outages_by_place', { place: 'Tân An / Long An' })).toMatchObject({ outcome: 'found' });
    const { outcome, replies } = await bench.run('find_outages_by_place', { place: 'Tân Phú' });
    expect(outcome).toBe('unclear_place');
    // Old names count in their province of today; what others serve is no answer here.
    const choices = replies?.flatMap((reply) => (reply.kind === 'choices' ? reply.choices : [])) ?? [];
    expect(choices).toContainEqual({ label: 'Tân Phú, Đồng Nai', value: 'Tân Phú / Đồng Nai' });
    expect(choices.map(({ label }) => label).filter((label) => /Hồ Chí Minh|Thanh Hóa|Long An/.test(label))).toEqual(
      [],
    );
    expect(await bench.run('find_outages_by_place', { place: 'gần chùa' })).toMatchObject({ replies: [] });
  });

  test.each([{}, { date: '2026-11-24' }, { date: '2026-12-24' }])(
    'is told for a code that nobody has as for one without an outage (%j)',
    async (more) => {
      await bench.write('customers', aCustomer());
      const known = await bench.run('find_outages_by_code', { customer_code: CODE, ...more });
      expect(known.outcome).toBe('none');
      expect(await bench.run('find_outages_by_code', { customer_code: UNKNOWN_CODE, ...more })).toEqual(known);
    },
  );

  test('of a place of another corporation is theirs to tell', async () => {
    const result = await bench.run('find_outages_by_place', { place: 'Hải Châu / Đà Nẵng' });
    expect(result).toMatchObject({
      outcome: 'elsewhere',
      slots: { corporation: 'Tổng công ty Điện lực miền Trung', corporation_hotline: '1900 1909' },
    });
  });
});

describe('the outage that is under way', () => {
  const running = { from: BENCH_NOW - HOUR, to: BENCH_NOW + HOUR };
  const find = (slots: Readonly<Record<string, string>>) => bench.run('find_known_outage', slots);

  test('is told with the time of return that the utility gave', async () => {
    await bench.write('outages', anOutage(running));
    expect((await find({ place: PLACE })).slots?.['outage_text']).toBe(
      'Khu vực: Long An: đường Châu Thị Kim. Thời gian: từ 08:00 Chủ nhật 22/11/2026, lý do: Bảo trì, sửa chữa lưới điện. ' +
        'Dự kiến có điện lại lúc 10:00 Chủ nhật 22/11/2026.',
    );
  });

  test('gets no time of return when nobody gave one', async () => {
    await bench.storage.incidents.append(anIncident());
    expect((await find({ place: PLACE })).slots?.['outage_text']).toBe(
      'Khu vực: Long An: đường Châu Thị Kim. Sự cố ghi nhận lúc 08:00 Chủ nhật 22/11/2026. ' +
        'Chưa có thời gian dự kiến có điện lại. Cập nhật lúc 08:50 Chủ nhật 22/11/2026.',
    );
  });

  test('gets the time of return of the newest version of an incident, with who gave it', async () => {
    const first = anIncident();
    const expectedReturn = { at: BENCH_NOW + HOUR, source: 'Điều độ Tân An' };
    await bench.storage.incidents.append(first);
    await bench.storage.incidents.append({ ...first, version: 2, updatedAt: BENCH_NOW, expectedReturn });
    const { slots, provenance } = await find({ place: PLACE });
    expect(slots?.['outage_text']).toMatch(
      /Dự kiến có điện lại lúc 10:00 Chủ nhật 22\/11\/2026 \(theo Điều độ Tân An\)\. Cập nhật lúc 09:00/,
    );
    expect(provenance).toEqual([{ record: 'incident', id: 'SK1', version: '2', asOf: '2026-11-22T02:00:00.000Z' }]);
  });

  test('is no suspicion of the desk', async () => {
    await bench.storage.incidents.append(anIncident({ state: 'suspected' }));
    expect((await find({ place: PLACE })).outcome).toBe('none');
  });

  test('does not repeat a time of return that has passed as if it held', async () => {
    await bench.write('outages', anOutage({ from: BENCH_NOW - 3 * HOUR, to: BENCH_NOW - HOUR, state: 'ongoing' }));
    expect((await find({ place: PLACE })).slots?.['outage_text']).toMatch(
      /Đã quá giờ dự kiến ban đầu \(08:00 .*\), chưa có thời gian mới\.$/,
    );
  });

  test('is not one that begins later, nor one whose hours are over', async () => {
    const later = anOutage({ from: BENCH_NOW + 1, to: BENCH_NOW + HOUR });
    const over = anOutage({ id: 'O2', from: BENCH_NOW - HOUR, to: BENCH_NOW });
    await bench.write('outages', later, over);
    expect((await find({ place: PLACE })).outcome).toBe('none');
  });

  test('is not taken for that of a customer who named the province only', async () => {
    await bench.write('outages', anOutage(running));
    expect((await find({ place: 'Tây Ninh' })).outcome).toBe('none');
  });

  test('is the planned one where an incident is known too', async () => {
    await bench.write('customers', aCustomer());
    await bench.storage.incidents.append(anIncident());
    await bench.write('outages', anOutage(running));
    expect((await find({ customer_code: CODE })).outcome).toBe('planned');
    const vulnerable = await find({ customer_code: CODE, priority_reason: 'máy thở' });
    expect([vulnerable.outcome, vulnerable.effects]).toEqual(['planned_priority', undefined]);
  });

  test('of a place of another corporation is reported there', async () => {
    const result = await find({ place: 'Hải Châu / Đà Nẵng' });
    expect([result.outcome, saidBy(result).includes('1900 1909')]).toEqual(['none', true]);
  });

  test('may be at another place than the contract that is cut off for debt', async () => {
    await bench.write('customers', aCustomer({ connection: 'disconnected_debt' }));
    const slots = { customer_code: CODE, place: 'Cái Khế / Cần Thơ' };
    const identities = verifiedFor(CODE);
    expect((await bench.run('find_known_outage', slots, { identities })).outcome).toBe('none');
    const expired = { identities, now: BENCH_NOW + HOUR };
    expect((await bench.run('find_known_outage', { customer_code: CODE }, expired)).outcome).toBe('none');
  });
});

describe('tickets', () => {
  test('carry what the crew needs, and the number that the customer is told', async () => {
    const result = await bench.run('open_outage_ticket', {
      place: 'ấp 3, xã Bến Lức, cạnh chùa',
      customer_code: CODE,
      since: 'từ 7 giờ tối',
      phone: '0911222333',
    });
    expect(ticketIn(result)).toEqual({
      number: result.slots?.['ticket_number'],
      kind: 'outage',
      priority: 'normal',
      summary: 'Báo mất điện (ấp 3, xã Bến Lức, cạnh chùa)',
      customerCode: CODE,
      place: 'ấp 3, xã Bến Lức, cạnh chùa',
      phone: '0911222333',
      details: { since: 'từ 7 giờ tối' },
    });
    expect(result.slots?.['ticket_number']).toMatch(/^SC261122-[2-9A-Z]{8}$/);
  });

  test('of somebody who depends on the power come first', async () => {
    const ticket = ticketIn(await bench.run('open_outage_ticket', { priority_reason: 'máy thở' }));
    expect(ticket).toMatchObject({ priority: 'high', details: { priority_reason: 'máy thở' } });
  });

  test('of somebody who depends on the power are opened for a planned outage too', async () => {
    const slots = { priority_reason: 'máy thở', customer_code: CODE };
    const result = await bench.run('open_request', slots, { dialog: 'planned-priority' });
    expect(ticketIn(result)).toMatchObject({
      kind: 'outage',
      priority: 'high',
      details: { priority_reason: 'máy thở' },
    });
    expect(result.slots?.['ticket_number']).toMatch(/^SC/);
  });

  test('that are corrected keep their number', async () => {
    const slots = { place: 'ấp 3', phone: '0911222999', earlier_ticket: 'SC261122-AAAAA' };
    const result = await bench.run('open_outage_ticket', slots);
    expect(result.slots).toEqual({ ticket_number: 'SC261122-AAAAA' });
    expect(result.effects?.[0]).toMatchObject({ kind: 'open_ticket', corrects: true, ticket: { phone: '0911222999' } });
  });

  test('of an emergency are urgent, and are opened with nothing known', async () => {
    const told = { danger: 'dây điện đứt hoặc trụ điện ngã', injured: 'có', place: 'ngã ba chợ' };
    expect(ticketIn(await bench.run('open_emergency_ticket', told))).toMatchObject({
      kind: 'emergency',
      priority: 'urgent',
      summary: 'Báo nguy hiểm: dây điện đứt hoặc trụ điện ngã (ngã ba chợ)',
      details: { danger: told.danger, injured: 'có' },
    });
    expect(ticketIn(await bench.run('open_emergency_ticket', {}))).toMatchObject({ summary: 'Báo nguy hiểm' });
  });

  test('keep a long place whole, but not in their summary', async () => {
    const place = 'gần nhà ông Sáu '.repeat(20);
    const ticket = ticketIn(await bench.run('open_outage_ticket', { place }));
    expect(ticket.place).toBe(place);
    expect(ticket.summary.length).toBeLessThan(110);
  });

  test('of danger elsewhere also say whom to call there', async () => {
    const result = await bench.run('open_emergency_ticket', { place: '12 Lê Duẩn, Đà Nẵng' });
    expect(saidBy(result)).toContain('1900 1909');
    expect(ticketIn(result).priority).toBe('urgent');
  });
});

describe('the hotline', () => {
  test.each([
    [{}, '1900 1006', '19001006'],
    [{ customer_code: CODE }, '1900 1006', '19001006'],
    [{ customer_code: 'PE01000012345' }, '1900 545454', '1900545454'],
    [{ place: 'Thủ Dầu Một / Bình Dương' }, '1900 545454', '1900545454'],
    [{ place: 'ở nhà' }, '1900 1006', '19001006'],
  ])('for %j is %s', async (slots, hotline, tel) => {
    expect((await bench.run('find_hotline', slots)).slots).toMatchObject({ hotline, hotline_tel: tel });
  });
});
