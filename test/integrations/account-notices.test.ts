import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Account } from '../../src/bot/accounts/account.ts';
import type { PlannedOutage } from '../../src/bot/records.ts';
import { loadSiteLetters } from '../../src/integrations/notices/load-site-letters.ts';
import { createReadRoutes } from '../../src/integrations/notices/read-routes.ts';
import { type ActionBench, aCustomer, CODE, OTHER_CODE, openActionBench } from '../support/action-bench.ts';
import { conversationOf, openCampaignBench, planned, SECRET, subscribe } from '../support/campaign-bench.ts';

const DAY_MS = 86_400_000;
let records: ActionBench;
beforeEach(async () => {
  records = openActionBench();
  await records.write('customers', aCustomer(), aCustomer({ code: OTHER_CODE, commune: 'Bến Lức' }));
});
afterEach(() => records.close());

describe('an organisation with several sites', () => {
  const HA = { id: '1', name: 'Chị Hà', email: 'ha@gaosach.example', phone: '0900123457' };
  const TAM = { id: '2', name: 'Anh Tâm', email: 'tam@gaosach.example' };
  const anAccount = (change: Partial<Account> = {}): Account => ({
    ...{ id: 'KH-1', name: 'Gạo Sạch', kind: 'business', contacts: [HA, TAM], version: 'v1' },
    sites: [
      { code: CODE, name: 'Nhà máy' },
      { code: OTHER_CODE, name: 'Văn phòng' },
    ],
    ...change,
  });
  const [ha, tam] = [conversationOf('email', HA.email), conversationOf('email', TAM.email)];
  const sms = conversationOf('sms', HA.phone);
  /** Starts on Monday 4 January at 07:30, six weeks after the clock of the bench. */
  const inSixWeeks = (change: Partial<PlannedOutage> = {}) =>
    planned({
      ...{ from: Date.parse('2027-01-04T07:30:00+07:00'), to: Date.parse('2027-01-04T11:00:00+07:00') },
      ...{ communes: ['Long An', 'Bến Lức'] },
      ...change,
    });
  const toldTo = (told: readonly string[], id: string) =>
    told.filter((one) => one.startsWith(id)).map((one) => one.slice(id.length + 2));
  const notices = () => records.storage.siteNotices.open(records.clock.now());

  test('is told earlier than others, each contact in one letter that names its sites, and by phone', async () => {
    await subscribe(records);
    await records.write('accounts', anAccount());
    await records.write('outages', inSixWeeks());
    const told = await openCampaignBench(records).rounds();
    expect(toldTo(told, 'zalo:1:a')).toEqual([]);
    expect(toldTo(told, tam)).toEqual([
      expect.stringMatching(
        /^Lịch ngừng cung cấp điện: 2 điểm của Gạo Sạch\nKính gửi Anh Tâm, Gạo Sạch\.[\s\S]*07:30 thứ Hai 04\/01\/2027 đến 11:00[\s\S]*Lý do: Bảo trì[\s\S]*- Nhà máy \(mã khách hàng có đuôi 234\)\n- Văn phòng \(mã khách hàng có đuôi 242\)\n[\s\S]*Xác nhận đã đọc: https:\/\/chat\.test\/notices\/read\//,
      ),
    ]);
    expect(toldTo(told, ha)).toHaveLength(1);
    expect(toldTo(told, sms)).toEqual([expect.stringMatching(/^Lịch ngừng cung cấp điện .* 234, 242: từ 07:30/)]);
    expect(told.join()).not.toContain(CODE);
    // A month before, who has subscribed in a chat.
    records.clock.advance(14 * DAY_MS);
    expect(toldTo(await openCampaignBench(records).rounds(), 'zalo:1:a')).toHaveLength(1);
  });

  test('is told of what is announced already when it comes later, and of a site that is new; others hear nothing', async () => {
    await records.write('accounts', anAccount({ sites: [{ code: CODE, name: 'Nhà máy' }], contacts: [TAM] }));
    await records.write('outages', inSixWeeks());
    const bench = openCampaignBench(records);
    expect(await bench.rounds()).toHaveLength(1);
    const other = { ...TAM, email: 'xx@x.example' };
    await records.write('accounts', anAccount({ id: 'KH-2', name: 'Xay Xát', contacts: [other], version: 'v2' }));
    records.clock.advance(11 * 60_000);
    const late = await bench.rounds();
    expect(late).toEqual([expect.stringContaining('2 điểm của Xay Xát')]);
    await records.write('accounts', anAccount({ contacts: [TAM], version: 'v3' }));
    records.clock.advance(11 * 60_000);
    const grown = await bench.rounds();
    expect(grown).toEqual([expect.stringMatching(/2 điểm của Gạo Sạch[\s\S]*- Nhà máy[\s\S]*- Văn phòng/)]);
    // The same again, as imports bring it every night.
    await records.write('accounts', anAccount({ contacts: [TAM], version: 'v4' }));
    records.clock.advance(11 * 60_000);
    expect(await bench.rounds()).toEqual([]);
  });

  test('hears nothing anew when a site has gone, and the new address of a contact takes the place of the old', async () => {
    await records.write('accounts', anAccount({ contacts: [TAM] }));
    await records.write('outages', inSixWeeks());
    const bench = openCampaignBench(records);
    expect(await bench.rounds()).toHaveLength(1);
    const rest = [{ code: CODE, name: 'Nhà máy' }];
    await records.write('accounts', anAccount({ contacts: [TAM], sites: rest, version: 'v2' }));
    records.clock.advance(11 * 60_000);
    expect(await bench.rounds()).toEqual([]);
    const moved = { ...TAM, email: 'tam@xaysat.example' };
    await records.write('accounts', anAccount({ contacts: [moved], sites: rest, version: 'v3' }));
    records.clock.advance(11 * 60_000);
    const [letter, ...others] = await bench.rounds();
    expect([others, letter]).toEqual([[], expect.stringContaining('1 điểm của Gạo Sạch')]);
    const again = { ...TAM, email: 'tam@moi.example' };
    await records.write('accounts', anAccount({ contacts: [again], sites: rest, version: 'v4' }));
    records.clock.advance(11 * 60_000);
    expect(await bench.rounds()).toHaveLength(1);
    expect((await notices()).at(-1)?.sent.map(({ conversationId }) => conversationId)).toEqual([
      conversationOf('email', again.email),
    ]);
  });

  test('who comes later hears nothing of what a leader has stopped', async () => {
    await records.write('accounts', anAccount({ contacts: [TAM] }));
    await records.write('outages', inSixWeeks());
    const bench = openCampaignBench(records);
    await bench.round();
    const { id = '' } = (await records.storage.campaigns.latest('outage/O1/business')) ?? {};
    await records.storage.campaigns.change(id, 'stopped');
    await records.write(
      'accounts',
      anAccount({ id: 'KH-2', name: 'Xay Xát', contacts: [{ ...TAM, email: 'xx@x.example' }] }),
    );
    records.clock.advance(11 * 60_000);
    expect((await bench.rounds()).join()).not.toContain('Xay Xát');
    expect((await records.storage.campaigns.latest('outage/O1/business'))?.progress.state).toBe('stopped');
  });

  test('reads that nobody has said when power is back, in the reminder too', async () => {
    await records.write('accounts', anAccount({ contacts: [TAM] }));
    const { to: _to, ...endless } = inSixWeeks();
    await records.write('outages', endless);
    const bench = openCampaignBench(records);
    const [first = ''] = await bench.rounds();
    records.clock.advance(DAY_MS);
    const [reminder = ''] = await bench.rounds();
    for (const letter of [first, reminder]) {
      expect(letter).toContain('từ 07:30 thứ Hai 04/01/2027, chưa rõ giờ có điện lại.');
    }
    expect(reminder).toContain('Nhắc lại');
  });

  test('is told each thing once, whatever runs again', async () => {
    await records.write('accounts', anAccount());
    await records.write('outages', inSixWeeks());
    expect(await openCampaignBench(records).rounds()).toHaveLength(3);
    expect(await openCampaignBench(records).rounds()).toEqual([]);
    expect(await records.storage.campaigns.latest('outage/O1/business')).toMatchObject({
      subject: 'outage/O1/business',
      progress: { state: 'done', total: 1, seen: 1 },
    });
  });

  test('reads of a change and of a cancellation what was announced before, and which sites are spared', async () => {
    await records.write('accounts', anAccount({ contacts: [TAM] }));
    await records.write('outages', inSixWeeks());
    await openCampaignBench(records).rounds();
    const later = { from: inSixWeeks().from + DAY_MS, to: (inSixWeeks().to ?? 0) + DAY_MS };
    await records.write('outages', inSixWeeks({ ...later, communes: ['Long An'] }));
    const [changed = ''] = await openCampaignBench(records).rounds();
    expect(changed).toMatch(
      /ĐỔI lịch[\s\S]*trước đây \(từ 07:30 thứ Hai 04\/01[\s\S]*nay đổi thành: từ 07:30 thứ Ba 05\/01/,
    );
    expect(changed).toMatch(/- Nhà máy[\s\S]*KHÔNG còn bị ngừng cung cấp điện:\n- Văn phòng/);
    await records.write('outages', inSixWeeks({ ...later, communes: ['Long An'], state: 'cancelled' }));
    const [cancelled = ''] = await openCampaignBench(records).rounds();
    expect(cancelled).toMatch(/HỦY lịch[\s\S]*thứ Ba 05\/01[\s\S]*đã HỦY[\s\S]*- Nhà máy/);
    expect(cancelled).not.toContain('Văn phòng');
    expect((await notices()).map(({ change }) => change)).toEqual(['new', 'changed', 'cancelled']);
  });

  test('is not told what concerns none of its sites, nor before its own days', async () => {
    await records.write('accounts', anAccount());
    await records.write('outages', inSixWeeks({ communes: ['Cần Đước'], district: 'Cần Đước' }));
    await records.write(
      'outages',
      inSixWeeks({ id: 'O2', from: inSixWeeks().from + 9 * DAY_MS, to: inSixWeeks().from + 10 * DAY_MS }),
    );
    expect(await openCampaignBench(records).rounds()).toEqual([]);
    expect(await notices()).toEqual([]);
  });

  test('is reminded once when nobody has confirmed, not at night, and not at all when one has', async () => {
    await records.write(
      'accounts',
      anAccount(),
      anAccount({ id: 'KH-2', name: 'Xay Xát', contacts: [{ ...TAM, email: 'xx@x.example' }] }),
    );
    await records.write('outages', inSixWeeks());
    const bench = openCampaignBench(records);
    await bench.rounds();
    const [first] = (await notices()).filter(({ accountId }) => accountId === 'KH-2');
    await records.storage.siteNotices.confirm(first?.id ?? '', records.clock.now());
    records.clock.advance(23 * 3_600_000);
    expect(await bench.rounds()).toEqual([]);
    // 23:00 the next day.
    records.clock.advance(15 * 3_600_000);
    expect(await bench.rounds()).toEqual([]);
    records.clock.advance(8 * 3_600_000);
    const told = await bench.rounds();
    expect([...toldTo(told, ha), ...toldTo(told, tam)]).toEqual([
      expect.stringMatching(/^Nhắc lại lịch[\s\S]*Chị Hà[\s\S]*Xác nhận đã đọc: https/),
      expect.stringMatching(/^Nhắc lại lịch[\s\S]*Anh Tâm/),
    ]);
    expect(told).toHaveLength(2);
    records.clock.advance(2 * DAY_MS);
    expect(await bench.rounds()).toEqual([]);
  });

  describe('confirms to have read it', () => {
    let app: FastifyInstance;
    beforeEach(async () => {
      const { storage, clock } = records;
      app = Fastify();
      await createReadRoutes({ ...storage, siteLetters: loadSiteLetters(), secretKey: SECRET, clock }).register(app);
      await records.write('accounts', anAccount({ name: 'Gạo <Sạch>', contacts: [TAM] }));
      await records.write('outages', inSixWeeks());
    });
    afterEach(() => app.close());

    const letters = () => openCampaignBench(records).rounds();
    const pathIn = ([letter = '']: readonly string[]) => /https:\/\/chat\.test(\/\S+)/.exec(letter)?.[1] ?? '';
    const confirmed = async () => (await notices()).map(({ confirmedAt }) => confirmedAt);
    const press = (url: string) =>
      app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' } });

    test('by the button of the page that the letter leads to, not by opening it', async () => {
      const url = pathIn(await letters());
      const page = await app.inject({ method: 'GET', url });
      expect(page.body).toMatch(
        /từ 07:30 thứ Hai 04\/01\/2027 đến 11:00 [^<]*, gồm 2 điểm của Gạo &lt;Sạch&gt;\.<\/p><form method="post"><button>Xác nhận đã đọc/,
      );
      expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      await app.inject({ method: 'HEAD', url });
      expect(await confirmed()).toEqual([undefined]);
      const at = records.clock.now();
      expect((await press(url)).body).toContain('Đã ghi nhận lúc');
      records.clock.advance(DAY_MS);
      expect((await press(url)).body).not.toContain('<form');
      expect((await app.inject({ method: 'GET', url })).body).toContain('Đã ghi nhận lúc');
      expect(await confirmed()).toEqual([at]);
    });

    test('only of the newest version, while the outage is to come, and by a link of ours', async () => {
      const old = pathIn(await letters());
      await records.write(
        'outages',
        inSixWeeks({ from: inSixWeeks().from + DAY_MS, to: inSixWeeks().from + 2 * DAY_MS }),
      );
      const newer = pathIn(await letters());
      for (const { body } of [await app.inject({ method: 'GET', url: old }), await press(old)]) {
        expect(body).toContain('đã có bản mới hơn');
        expect(body).not.toContain('<form');
      }
      expect((await press(`${newer.slice(0, -2)}AA`)).statusCode).toBe(404);
      expect((await app.inject({ method: 'GET', url: '/notices/read/x' })).statusCode).toBe(404);
      expect(await confirmed()).toEqual([undefined, undefined]);
      records.clock.advance(45 * DAY_MS);
      expect((await press(newer)).statusCode).toBe(404);
    });
  });
});
