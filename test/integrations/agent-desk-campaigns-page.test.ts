import { describe, expect, test } from '@jest/globals';
import { withBrowser } from '../support/chromium.ts';
import { PAGE_TIMEOUT_MS, useDeskPage } from '../support/desk-page-bench.ts';
import { seriousFaults } from '../support/serious-faults.ts';
import { SITE_CONTACTS, tellSites } from '../support/site-notice-scene.ts';

const ID = 'outage/O1/1';

describe('the page of campaigns', () => {
  const bench = useDeskPage();

  test(
    'shows a leader how far each has come and why some did not arrive; he pauses one, and stops it after a question',
    () =>
      withBrowser(async (browser) => {
        const { campaigns, noticeLedger, clock } = bench.desk;
        await campaigns.create({
          ...{ id: ID, subject: 'outage/O1', title: 'Lịch mới: Bến Lức, ấp 3', topic: 'planned_outage' },
          ...{ source: { kind: 'bill' }, createdAt: clock.now() },
          progress: { state: 'running', total: 12_500, seen: 5_000, cursor: 'c' },
        });
        for (const [key, reason] of [
          ['a', 'window_closed'],
          ['b', 'opted_out'],
        ] as const) {
          const record = { key, campaign: ID, topic: 'planned_outage', conversationId: `zalo:1:${key}` } as const;
          await noticeLedger.plan({ ...record, replies: [{ kind: 'text', text: 'T' }] }, clock.now());
          await noticeLedger.settle(key, 'failed', reason);
        }
        const { page } = await bench.logIn(browser, 'hanh');
        await page.getByRole('link', { name: 'Gửi tin' }).click();
        const row = page.getByRole('listitem').filter({ hasText: 'Lịch mới: Bến Lức, ấp 3' });
        await row.waitFor();
        expect(await row.textContent()).toContain('Đã xem 5.000 / 12.500 đăng ký');
        expect(await row.textContent()).toContain('khách đã từ chối nhận tin 1');
        expect(await seriousFaults(page)).toEqual([]);
        await row.getByRole('button', { name: 'Tạm dừng' }).click();
        await row.getByRole('button', { name: 'Gửi tiếp' }).waitFor();
        expect((await campaigns.find(ID))?.progress.state).toBe('paused');
        await row.getByRole('button', { name: 'Dừng hẳn…' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Dừng hẳn' }).click();
        await row.getByText('Đã dừng hẳn').waitFor();
        expect((await campaigns.find(ID))?.progress.state).toBe('stopped');
        expect(await row.getByRole('button').count()).toBe(0);
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'has beside it whom of the organisations with several sites to call; an agent sees the number, calls and notes it',
    () =>
      withBrowser(async (browser) => {
        await tellSites(bench.desk);
        const { page } = await bench.logIn(browser, 'lan');
        await page.getByRole('link', { name: 'Nhiều điểm' }).click();
        const row = page.getByRole('listitem').filter({ hasText: 'Bách Hóa Nhỏ' });
        await row.getByText('Cần gọi').waitFor();
        expect(await page.getByRole('main').textContent()).toContain('Thư điện tử: đã nhận');
        expect(await page.getByRole('button', { name: 'Tải CSV' }).count()).toBe(0);
        expect(await seriousFaults(page)).toEqual([]);
        await row.getByRole('button', { name: /^Gọi/ }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: 'Xem số để gọi' }).click();
        await dialog.getByRole('link', { name: '0900123459' }).waitFor();
        await dialog.getByRole('button', { name: 'Đã gọi và báo được' }).click();
        await row.getByText('Đã gọi', { exact: true }).waitFor();
        expect(await row.getByRole('button').count()).toBe(0);
        expect(await bench.desk.siteNotices.find(SITE_CONTACTS.loan)).toMatchObject({
          called: { by: { name: 'Chị Lan' } },
        });
      }),
    PAGE_TIMEOUT_MS,
  );
});
