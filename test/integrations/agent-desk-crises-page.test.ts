import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { bundlePages } from '../support/bundle-pages.ts';
import { openPage, PHONE, withBrowser } from '../support/chromium.ts';
import { type DeskServer, startDesk } from '../support/desk-server.ts';
import { logInDesk } from '../support/log-in-desk.ts';
import { sampleCrisis } from '../support/sample-records.ts';
import { seriousFaults } from '../support/serious-faults.ts';

const LAPTOP = { width: 1280, height: 720 };
const TIMEOUT_MS = 60_000;

let pagesFolder: string;
beforeAll(() => {
  pagesFolder = bundlePages(['desk']);
}, TIMEOUT_MS);
afterAll(() => rmSync(pagesFolder, { recursive: true, force: true }));

describe('the page of crisis messages', () => {
  let desk: DeskServer;
  let url: string;

  beforeEach(async () => {
    desk = await startDesk({ pagesFolder });
    desk.clock.advance(Date.parse('2026-11-28T20:00:00+07:00') - desk.clock.now());
    await desk.addAgent('dung', 'Anh Dũng', 'dispatcher');
    await desk.addAgent('lan', 'Chị Lan');
    url = `${await desk.listen()}/desk`;
  });
  afterEach(() => desk.close());

  async function logIn(browser: Browser, login: string, viewport = LAPTOP) {
    const opened = await openPage(browser, url, viewport);
    await logInDesk(opened.page, login);
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
        const [message] = await desk.crises.crisesInForce(desk.clock.now());
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
        const now = desk.clock.now();
        await desk.crises.append(
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
