import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Campaign } from '../../src/bot/notices/campaign.ts';
import { type DeskCaller, type DeskServer, startDesk } from '../support/desk-server.ts';

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

  async function plan(count: number, from = 0): Promise<readonly string[]> {
    const keys = Array.from({ length: count }, (_, index) => `bill/${from + index}/to/zalo:1:${from + index}`);
    for (const key of keys) {
      const conversationId = key.slice(key.indexOf('zalo'));
      const record = {
        key,
        campaign: ID,
        topic: 'bill',
        conversationId,
        replies: [{ kind: 'text', text: 'T' }],
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
