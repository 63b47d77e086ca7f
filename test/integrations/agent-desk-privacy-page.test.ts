import { describe, expect, test } from '@jest/globals';
import { withBrowser } from '../support/chromium.ts';
import { PAGE_TIMEOUT_MS, useDeskPage } from '../support/desk-page-bench.ts';
import { SCENE } from '../support/desk-scene.ts';
import { seriousFaults } from '../support/serious-faults.ts';

describe('the page of data of people', () => {
  const bench = useDeskPage();

  test(
    'by keyboard alone an admin holds a conversation, erases by letter and is told the truth, and lifts the hold',
    () =>
      withBrowser(async (browser) => {
        const { desk } = bench;
        await desk.addAgent('minh', 'Anh Minh', 'admin');
        const { page } = await bench.logIn(browser, 'minh');
        await page.getByRole('link', { name: 'Dữ liệu cá nhân' }).press('Enter');
        await page.getByRole('button', { name: 'Đặt lệnh giữ…' }).press('Enter');
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('radio', { name: 'Một khách hàng, ở mọi kênh' }).press('ArrowDown');
        await dialog.getByLabel('Mã cuộc trò chuyện').fill(SCENE.bill);
        await dialog.getByLabel('Văn bản yêu cầu (số, ngày)').fill('Công văn 12/TA ngày 20/11/2026');
        await dialog.getByLabel('Lý do').fill('Tranh chấp tiền điện');
        expect(await dialog.getByRole('button', { name: 'Đặt lệnh giữ' }).isDisabled()).toBe(true);
        const day = new Date(desk.clock.now() + 30 * 86_400_000).toISOString().slice(0, 10);
        await dialog.getByLabel('Giữ đến hết ngày').fill(day);
        expect(await seriousFaults(page)).toEqual([]);
        await dialog.getByLabel('Giữ đến hết ngày').press('Enter');
        const row = page.getByRole('listitem').filter({ hasText: SCENE.bill });
        await row.waitFor();
        expect(await row.textContent()).toContain(
          'Công văn 12/TA ngày 20/11/2026 · Tranh chấp tiền điện · Anh Minh đặt',
        );

        await page.getByRole('button', { name: 'Xóa dữ liệu…' }).press('Enter');
        await dialog.getByLabel('Mã khách hàng').fill('PB06010009999');
        await dialog.getByRole('radio', { name: 'Đơn, công văn' }).press('Space');
        await dialog.getByLabel('Số và ngày của đơn, thư, cuộc gọi').fill('Đơn số 7');
        await dialog.getByLabel(/^Đã xác minh người yêu cầu/).fill('Đối chiếu căn cước tại quầy');
        await dialog.getByRole('button', { name: 'Xóa dữ liệu' }).press('Enter');
        await dialog.getByText('Hệ thống không giữ dữ liệu nào của mã hoặc cuộc này').waitFor();
        await dialog.getByLabel('Mã khách hàng').fill('PB06010001234');
        await dialog.getByRole('button', { name: 'Xóa dữ liệu' }).press('Enter');
        await page.getByRole('dialog', { name: /^Biên nhận XD/ }).waitFor();
        await dialog.getByText('Việc xóa bắt đầu ngay').waitFor();
        expect(await seriousFaults(page)).toEqual([]);
        await dialog.getByRole('button', { name: 'Xong' }).press('Enter');
        await page.getByText('Đơn, công văn Đơn số 7 · xác minh: Đối chiếu căn cước tại quầy').waitFor();
        expect(await seriousFaults(page)).toEqual([]);

        await row.getByRole('button', { name: `Gỡ lệnh giữ ${SCENE.bill}` }).press('Enter');
        await dialog.getByLabel('Vì sao gỡ').fill('Tòa đã xử xong');
        await dialog.getByRole('button', { name: 'Gỡ lệnh giữ' }).press('Enter');
        await page.getByText('Không có lệnh giữ nào đang có hiệu lực.').waitFor();
        expect(await desk.holds.inForce(desk.clock.now())).toEqual([]);
      }),
    PAGE_TIMEOUT_MS,
  );
});
