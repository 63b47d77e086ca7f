import { describe, expect, test } from '@jest/globals';
import { PHONE, withBrowser } from '../support/chromium.ts';
import { useDispatchDesk } from '../support/dispatch-desk.ts';
import { sampleCrisis } from '../support/sample-records.ts';
import { seriousFaults } from '../support/serious-faults.ts';

const TIMEOUT_MS = 60_000;

describe('the page of crisis messages', () => {
  const dispatch = useDispatchDesk();

  async function logIn(...asked: Parameters<typeof dispatch.logIn>) {
    const opened = await dispatch.logIn(...asked);
    await opened.page.getByRole('link', { name: 'Tin khẩn' }).click();
    return opened;
  }

  test(
    'a dispatcher writes one, mends what is wrong with it, sees what all will see, publishes and withdraws it',
    () =>
      withBrowser(async (browser) => {
        const { page, problems } = await logIn(browser, 'dung');
        await page.getByRole('button', { name: 'Soạn tin khẩn' }).click();
        await page.getByLabel('Tiêu đề').fill('Tin đồn cắt điện luân phiên');
        await page.getByLabel('Nội dung, như nói với khách').fill('tin cat dien luan phien la khong dung');
        await page.getByLabel('Hết hạn lúc').fill('2026-11-29T08:00');
        await page.getByLabel('Hoặc khi câu có từ khóa, cách nhau bằng dấu phẩy').fill('cắt điện luân phiên');
        await page.getByLabel('Báo mất điện').check({ force: true });
        await page.getByLabel('Thử một câu của khách (không bắt buộc)').fill('cat dien luan phien hả em');
        expect(await seriousFaults(page)).toEqual([]);
        await page.getByRole('button', { name: 'Xem trước' }).click();
        await page.getByText('viết thiếu dấu').waitFor();
        const publish = page.getByRole('button', { name: 'Đăng cho mọi người' });
        expect(await publish.isDisabled()).toBe(true);
        await page.getByRole('button', { name: 'Quay lại' }).click();
        await page.getByLabel('Nội dung, như nói với khách').fill('Tin cắt điện luân phiên là không đúng ạ.');
        await page.getByRole('button', { name: 'Xem trước' }).click();
        await page.getByText('Bot nói tin này, vì có từ khóa "cắt điện luân phiên".').waitFor();
        expect(await seriousFaults(page)).toEqual([]);
        await publish.click();
        const inForce = page.getByRole('region', { name: 'Đang có hiệu lực' });
        await inForce.getByText('Hết hạn 08:00 29/11/2026').waitFor();
        const [message] = await dispatch.desk.crises.crisesInForce(dispatch.desk.clock.now());
        expect(message).toMatchObject({
          ...{ version: 1, state: 'published', text: 'Tin cắt điện luân phiên là không đúng ạ.', isDanger: false },
          questions: { intents: ['outage_report'], keywords: ['cắt điện luân phiên'] },
          expiresAt: Date.parse('2026-11-29T08:00:00+07:00'),
        });
        await page.getByRole('button', { name: 'Gỡ…' }).click();
        await page.getByRole('button', { name: 'Gỡ tin', exact: true }).click();
        await inForce.getByText('Không có tin khẩn nào.').waitFor();
        await page.getByRole('button', { name: 'Lịch sử' }).click();
        await page.getByText('Bản 2', { exact: true }).waitFor();
        expect(problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );

  test(
    'an agent reads them on a phone, and cannot write',
    () =>
      withBrowser(async (browser) => {
        const now = dispatch.desk.clock.now();
        await dispatch.desk.crises.append(
          sampleCrisis({ id: 'TK1', updatedAt: now, expiresAt: now + 3_600_000, isDanger: true }),
        );
        const { page, problems } = await logIn(browser, 'lan', PHONE);
        await page.getByText('Tin đồn cắt điện', { exact: true }).waitFor();
        expect(await page.getByRole('button', { name: 'Soạn tin khẩn' }).count()).toBe(0);
        expect(await page.getByRole('button', { name: 'Gỡ…' }).count()).toBe(0);
        expect(await seriousFaults(page)).toEqual([]);
        expect(problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );
});
