import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { bundlePages } from '../support/bundle-pages.ts';
import { openPage, PHONE, withBrowser } from '../support/chromium.ts';
import { playScene, SCENE, sceneRecords } from '../support/desk-scene.ts';
import { type DeskServer, startDesk } from '../support/desk-server.ts';
import { seriousFaults } from '../support/serious-faults.ts';

const LAPTOP = { width: 1280, height: 720 };
const TIMEOUT_MS = 60_000;

let pagesFolder: string;
beforeAll(() => {
  pagesFolder = bundlePages(['desk']);
}, TIMEOUT_MS);
afterAll(() => rmSync(pagesFolder, { recursive: true, force: true }));

describe('the pages beside the working screen', () => {
  let desk: DeskServer;
  let url: string;

  beforeEach(async () => {
    const now = Date.now();
    desk = await startDesk({ pagesFolder, records: sceneRecords(now) });
    desk.clock.advance(now - desk.clock.now());
    await desk.addAgent('lan', 'Chị Lan');
    playScene(desk);
    url = `${await desk.listen()}/desk`;
  });
  afterEach(() => desk.close());

  /** Logged in, on the page that the link names. */
  async function openPlace(browser: Browser, login: string, link: string, viewport = LAPTOP) {
    const opened = await openPage(browser, url, viewport);
    const { page } = opened;
    await page.getByLabel('Tên đăng nhập').fill(login);
    await page.getByLabel('Mật khẩu').fill(`pw-${login}`);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByRole('link', { name: link }).click();
    return opened;
  }

  test(
    'a search by keys alone: typed without marks, down into the results, opened, and there again on the way back',
    () =>
      withBrowser(async (browser) => {
        const { page, problems } = await openPlace(browser, 'lan', 'Tìm kiếm');
        await page.keyboard.type('mat dien tu sang');
        await page.getByText('Tìm thấy 1 mục.').waitFor();
        expect(await page.locator('mark').allInnerTexts()).toEqual(['mất', 'điện', 'từ', 'sáng']);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.getByRole('log').getByText('mất điện từ sáng tới giờ').waitFor();
        expect(page.url()).toContain(encodeURIComponent(SCENE.outage));
        await page.keyboard.press('Control+k');
        await page.getByText('Tìm thấy 1 mục.').waitFor();
        await page.getByRole('searchbox').press('Escape');
        await page.getByText('Gõ vài chữ để tìm.').waitFor();
        expect(problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );

  test(
    'a customer who was found leads to the conversations with the code; a ticket to its conversation',
    () =>
      withBrowser(async (browser) => {
        const { page } = await openPlace(browser, 'lan', 'Tìm kiếm');
        await page.getByRole('searchbox').fill('bich thuy');
        await page.getByRole('option', { name: /PB06010001234/ }).click();
        await page.getByRole('option', { name: /Chị Thuỷ/ }).waitFor();
        await page.getByRole('searchbox').fill('boc khoi');
        await page.getByRole('option', { name: /SC261122-4K7Q2/ }).click();
        await page.getByRole('log').getByText('tu dien nha toi boc khoi').waitFor();
      }),
    TIMEOUT_MS,
  );

  test.each([
    ['a laptop', LAPTOP],
    ['a phone', PHONE],
  ])(
    'have no serious accessibility fault on %s, and fit it',
    (_name, viewport) =>
      withBrowser(async (browser) => {
        const { page } = await openPlace(browser, 'lan', 'Tìm kiếm', viewport);
        await page.getByRole('searchbox').fill('dien');
        await page.getByRole('option').first().waitFor();
        expect(await seriousFaults(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        if (process.env['DESK_PICTURES'] !== undefined) {
          await page.screenshot({ path: `${process.env['DESK_PICTURES']}/search-${viewport.width}.png` });
        }
      }),
    TIMEOUT_MS,
  );
});
