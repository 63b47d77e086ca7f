import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { SiteNotice } from '../../src/bot/accounts/site-notice.ts';
import type { Campaign } from '../../src/bot/notices/campaign.ts';
import type { SiteContactAnswer, SiteOutageAnswer } from '../../src/integrations/agent-desk/desk-api/site-notices.ts';
import { type DeskCaller, type DeskServer, startDesk } from '../support/desk-server.ts';
import { SITE_CODE, SITE_CONTACTS, SITE_PHONE, tellSites } from '../support/site-notice-scene.ts';

const ID = 'bill/2026-11-22';

describe('campaigns at the desk', () => {
  let desk: DeskServer;
  let hanh: DeskCaller;

  beforeEach(async () => {
    desk = await startDesk();
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    hanh = await desk.as('hanh');
    const campaign: Campaign = {
      ...{ id: ID, subject: 'bill', title: 'Hóa đơn mới 22/11/2026', topic: 'bill', source: { kind: 'bill' } },
      createdAt: desk.clock.now(),
      progress: { state: 'running', total: 100, seen: 0 },
    };
    await desk.campaigns.create(campaign);
  });
  afterEach(() => desk.close());

  async function plan(count: number, from = 0, more: { readonly fallback?: string } = {}): Promise<readonly string[]> {
    const keys = Array.from({ length: count }, (_, index) => `bill/${from + index}/to/zalo:1:${from + index}`);
    for (const key of keys) {
      const conversationId = key.slice(key.indexOf('zalo'));
      const record = {
        key,
        campaign: ID,
        topic: 'bill',
        conversationId,
        replies: [{ kind: 'text', text: 'T' }],
        ...more,
      } as const;
      await desk.noticeLedger.plan(record, 0);
    }
    return keys;
  }

  const look = async () => (await hanh.get('/desk/api/campaigns')).json().campaigns[0];

  test('show how far they have come, what did not arrive and why, and when they will be through', async () => {
    const keys = await plan(40);
    await Promise.all(keys.slice(0, 20).map((key) => desk.noticeLedger.settle(key, 'accepted')));
    await desk.noticeLedger.settle(keys[20] ?? '', 'failed', 'window_closed');
    await desk.campaigns.advance(ID, { seen: 50, cursor: 'c' });
    expect(await look()).toMatchObject({
      ...{ title: 'Hóa đơn mới 22/11/2026', state: 'running', total: 100, seen: 50, waiting: 19, told: 20 },
      failures: [{ reason: 'window_closed', count: 1 }],
    });
    expect((await look()).expectedAt).toBeUndefined();
    await Promise.all(keys.slice(21).map((key) => desk.noticeLedger.settle(key, 'accepted')));
    desk.clock.advance(10_000);
    // 19 in ten seconds, 50 to go.
    expect(Math.round((await look()).expectedAt)).toBe(Math.round(desk.clock.now() + (50 * 10_000) / 19));
  });

  test('count nobody among those not told who was told by another way instead', async () => {
    const keys = await plan(3, 0, { fallback: 'sms:main:7' });
    const [alone = ''] = await plan(1, 3);
    for (const key of [...keys, alone]) {
      await desk.noticeLedger.settle(key, 'failed', 'blocked_by_customer');
    }
    const [byPhone = ''] = await plan(1, 4);
    await desk.noticeLedger.settle(byPhone, 'accepted');
    expect(await look()).toMatchObject({ told: 1, failures: [{ reason: 'blocked_by_customer', count: 1 }] });
  });

  test('are paused, go on, and are stopped for good, each noted in the audit log', async () => {
    await plan(3);
    const change = (state: string) => hanh.post('/desk/api/campaigns/change', { id: ID, state });
    for (const state of ['paused', 'running', 'stopped']) {
      expect((await change(state)).statusCode).toBe(204);
      expect((await look()).state).toBe(state);
    }
    expect(await look()).toMatchObject({ waiting: 0, failures: [{ reason: 'stopped', count: 3 }] });
    expect((await change('running')).json()).toEqual({
      ...{ code: 'ended', message: 'Đợt này đã kết thúc, không đổi được nữa.' },
    });
    const noted = (await desk.audit.entries({ limit: 9 })).filter(({ action }) => action === 'change_campaign');
    expect(noted.map(({ reason, subject }) => [reason, subject])).toEqual([
      ['Đã dừng hẳn', ID],
      ['Đang gửi', ID],
      ['Tạm dừng', ID],
    ]);
  });
});

describe('what organisations with several sites were told', () => {
  let desk: DeskServer;
  let lan: DeskCaller;
  let hanh: DeskCaller;

  beforeEach(async () => {
    desk = await startDesk();
    await desk.addAgent('lan', 'Chị Lan', 'agent');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    [lan, hanh] = [await desk.as('lan'), await desk.as('hanh')];
    await tellSites(desk);
  });
  afterEach(() => desk.close());

  const { ha, tam, loan } = SITE_CONTACTS;
  const outages = async (): Promise<readonly SiteOutageAnswer[]> =>
    (await lan.get('/desk/api/site-notices')).json().outages;
  const contact = async (id: string): Promise<SiteContactAnswer | undefined> =>
    (await outages())[0]?.contacts.find((one) => one.id === id);
  const toCall = async () =>
    (await outages()).flatMap(({ contacts }) => contacts.filter(({ isToCall }) => isToCall).map(({ id }) => id)).sort();
  /** Sessions end overnight. */
  const later = async (hours: number) => {
    desk.clock.advance(hours * 3_600_000);
    lan = await desk.as('lan');
  };
  const noted = async (action: string) =>
    (await desk.audit.entries({ limit: 99 })).filter((entry) => entry.action === action).map(({ subject }) => subject);

  test('is listed with how it went on each way, codes and phones masked', async () => {
    const [outage] = await outages();
    expect(outage).toMatchObject({ accounts: 2, sent: 2, delivered: 1, unreached: 1, confirmed: 0, toCall: 1 });
    expect(await contact(ha)).toMatchObject({
      ...{ account: 'Công ty TNHH Gạo Sạch', contact: 'Chị Hà, phòng kỹ thuật', change: 'new', isToCall: false },
      ways: [
        { channel: 'email', state: 'delivered' },
        { channel: 'sms', state: 'failed', reason: 'unreachable' },
      ],
    });
    const whole = JSON.stringify(await outages());
    expect([SITE_PHONE, SITE_CODE, 'main:'].filter((one) => whole.includes(one))).toEqual([]);
  });

  test('is read once for all who look, and of very many contacts shows those first who have to be called', async () => {
    const found = await desk.siteNotices.find(tam);
    const plan = { ...(found as SiteNotice), outageId: 'O2', accountId: 'KH-2' };
    for (let each = 0; each < 120; each += 1) {
      await desk.siteNotices.plan({ ...plan, id: `m/${each}`, contactId: `m${each}`, ...(each < 119 && { sent: [] }) });
    }
    const open = jest.spyOn(desk.siteNotices, 'open');
    const both = await Promise.all([outages(), outages()]);
    expect(open).toHaveBeenCalledTimes(1);
    expect(both[0]).toEqual(both[1]);
    expect(both[0]?.find(({ id }) => id === 'O2')).toMatchObject({ contactsTotal: 120, sent: 1, unreached: 119 });
    expect(both[0]?.find(({ id }) => id === 'O2')?.contacts).toHaveLength(100);
  });

  test('what a phone got instead, by SMS, counts as sent', async () => {
    const [{ conversationId = '', key = '' } = {}] = (await desk.siteNotices.find(loan))?.sent ?? [];
    const replies = [{ kind: 'text', text: 'T' }] as const;
    const other = { key: `${key}/else`, topic: 'planned_outage', conversationId, replies } as const;
    await desk.noticeLedger.plan(other, 0);
    await desk.noticeLedger.settle(other.key, 'accepted');
    expect(await toCall()).toEqual([]);
    expect((await contact(loan))?.ways).toHaveLength(2);
  });

  test('who could not be reached is to be called at once, the others a day before, and nobody when one has confirmed', async () => {
    expect(await toCall()).toEqual([loan]);
    await later(25);
    expect(await toCall()).toEqual([ha, tam, loan]);
    await desk.siteNotices.confirm(tam, desk.clock.now());
    // The board is read anew every few seconds.
    desk.clock.advance(5_000);
    expect(await toCall()).toEqual([loan]);
    expect(await contact(ha)).toMatchObject({ isInformed: true });
    expect(await contact(ha)).not.toHaveProperty('confirmedAt');
    // It has begun: a call comes too late.
    await later(24);
    expect(await toCall()).toEqual([]);
    await later(24);
    expect(await outages()).toEqual([]);
  });

  test('somebody who is no contact any more is not to be called, and has no number', async () => {
    desk.write.accounts({
      ...{ id: 'KH-2', name: 'Chuỗi cửa hàng Bách Hóa Nhỏ', kind: 'business', version: 'v2' },
      ...{
        sites: [{ code: 'PB06010001259', name: 'Cửa hàng số 7' }],
        contacts: [{ id: '9', name: 'A', phone: '0900123450' }],
      },
    });
    expect(await toCall()).toEqual([]);
    expect((await lan.post('/desk/api/site-notices/phone', { id: loan })).statusCode).toBe(404);
  });

  test('a number is shown and a call is noted, both in the audit log; what nobody knows is not there', async () => {
    expect((await lan.post('/desk/api/site-notices/phone', { id: ha })).json()).toEqual({ phone: SITE_PHONE });
    expect((await lan.post('/desk/api/site-notices/called', { id: loan })).statusCode).toBe(204);
    expect(await contact(loan)).toMatchObject({ isToCall: false, called: { at: desk.clock.now(), by: 'Chị Lan' } });
    expect(await noted('reveal_phone')).toEqual(['KH-1, người liên hệ 1, lịch O1']);
    expect(await noted('call_contact')).toEqual(['KH-2, người liên hệ 1, lịch O1']);
    for (const path of ['phone', 'called']) {
      expect((await lan.post(`/desk/api/site-notices/${path}`, { id: 'c/9' })).statusCode).toBe(404);
    }
  });

  test('is saved as CSV with whole phones, whom to call first, and a note of who did', async () => {
    const { name, content } = (await hanh.post('/desk/api/site-notices/export', { outageId: 'O1' })).json();
    expect(name).toBe('khach-nhieu-diem-O1.csv');
    const [head = '', ...rows] = content.trim().split('\r\n') as string[];
    expect(head).toContain('Bắt đầu cắt,Khu vực,Nội dung,Đơn vị,Điểm,Người liên hệ,Điện thoại');
    expect(rows).toEqual([
      '2026-11-24 10:00,"Cần Đước, Long An",Lịch mới,Chuỗi cửa hàng Bách Hóa Nhỏ,Cửa hàng số 7 (PB0601***259),' +
        'Chị Loan,0900123459,2026-11-22 10:00,SMS: không gửi được (không có kênh nào nhận),,,,,có',
      expect.stringMatching(/Anh Tâm, quản đốc",,2026-11-22 10:00,Thư điện tử: đã gửi,,,,,$/),
      expect.stringMatching(/Chị Hà, phòng kỹ thuật",0900123457,2026-11-22 10:00,Thư điện tử: đã nhận; SMS: không gửi/),
    ]);
    expect(await noted('export_calls')).toEqual(['O1']);
  });
});
