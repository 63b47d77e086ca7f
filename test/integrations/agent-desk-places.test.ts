import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { stageClock } from '../../scripts/stage-clock.ts';
import { PLACES } from '../../src/integrations/agent-desk/page/places.ts';
import { bundleDesk } from '../support/bundle-desk.ts';
import { openPage, PHONE, withBrowser } from '../support/chromium.ts';
import { playScene, SCENE, sceneRecords } from '../support/desk-scene.ts';
import { type DeskServer, startDesk } from '../support/desk-server.ts';
import { logInDesk } from '../support/log-in-desk.ts';
import { seriousFaults } from '../support/serious-faults.ts';

const LAPTOP = { width: 1280, height: 720 };
const TIMEOUT_MS = 60_000;

const bundle = bundleDesk();

describe('the pages beside the working screen', () => {
  let desk: DeskServer;
  let url: string;

  beforeEach(async () => {
    const now = stageClock.now();
    desk = await startDesk({ pagesFolder: bundle.folder, records: sceneRecords(now) });
    desk.clock.advance(now - desk.clock.now());
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    playScene(desk);
    url = `${await desk.listen()}/desk`;
  });
  afterEach(() => desk.close());

  /** Logged in, on the page that the link names. */
  async function openPlace(browser: Browser, login: string, link: string, viewport = LAPTOP) {
    const opened = await openPage(browser, url, viewport);
    const { page } = opened;
    await logInDesk(page, login);
    await page.getByRole('link', { name: link }).click();
    return opened;
  }

  test(
    'a search by keys alone: typed without marks, down into the results, opened, and there again on the way back',
    () =>
      withBrowser(async (browser) => {
        const { page, problems } = await openPlace(browser, 'lan', 'Tìm kiếm');
        await page.locator('input[type=search]:focus').waitFor();
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

  test(
    'a leader gives a waiting customer to an agent, and sees who holds how much',
    () =>
      withBrowser(async (browser) => {
        await (await desk.as('lan')).get('/desk/api/queue');
        const text = 'Từ tối qua tới giờ nhà tôi vẫn chưa có điện, gọi tổng đài mãi mà không ai bắt máy. '.repeat(2);
        const at = desk.clock.now();
        desk.conversations.add(SCENE.bill, { messages: [{ author: 'customer', at, content: { text } }] });
        const { page, problems } = await openPlace(browser, 'hanh', 'Bảng ca trực');
        await page.getByText('Khẩn cấp chưa có người trả lời').waitFor();
        await page.locator('.open-text', { hasText: 'Từ tối qua' }).first().waitFor();
        // What a customer has written must not push the buttons out of their card.
        const tooWide = (parts: readonly Element[]) => parts.filter((one) => one.scrollWidth > one.clientWidth).length;
        expect(await page.locator('.board-part').evaluateAll(tooWide)).toBe(0);
        await page.getByRole('button', { name: 'Giao Chị Thuỷ' }).first().click();
        await page.getByRole('radio', { name: /Chị Lan/ }).click({ force: true });
        await page.getByRole('button', { name: 'Giao', exact: true }).click();
        await page.getByRole('region', { name: 'Cuộc của Chị Lan' }).getByText('Chị Thuỷ').waitFor();
        expect(desk.conversations.acts).toMatchObject([{ act: 'reassign', to: { id: 'id-lan' } }]);
        await page.getByLabel('Chị Lan đang giữ 1 cuộc').waitFor();
        expect(problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );

  test(
    'an agent who is no leader has no board, also not by its address',
    () =>
      withBrowser(async (browser) => {
        const { page } = await openPlace(browser, 'lan', 'Hội thoại');
        expect(await page.getByRole('link', { name: 'Bảng ca trực' }).count()).toBe(0);
        await page.goto(`${url}#/board`);
        await page.getByRole('tab', { name: /Hàng chờ/ }).waitFor();
      }),
    TIMEOUT_MS,
  );

  test.each([
    ['a laptop', LAPTOP],
    ['a phone', PHONE],
  ])(
    'no page of an admin has a serious fault or is wider than %s',
    (name, viewport) =>
      withBrowser(async (browser) => {
        await desk.addAgent('quang', 'Anh Quang', 'admin');
        const { page, problems } = await openPlace(browser, 'quang', 'Tìm kiếm', viewport);
        for (const { id, hash } of PLACES) {
          await page.goto(`${url}${hash}`);
          await page.locator(`nav a[href="${hash}"][aria-current=page]`).waitFor();
          await page.waitForLoadState('networkidle');
          await expectSound(page, `${id} on ${name}`);
        }
        expect(problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );

  test(
    'the audit log goes back entry by entry, and what is answered ready is changed, without a serious fault',
    () =>
      withBrowser(async (browser) => {
        await desk.addAgent('quang', 'Anh Quang', 'admin');
        for (let number = 1; number <= 130; number += 1) {
          const actor = { at: number, actorId: 'id-lan', actorName: 'Chị Lan' };
          await desk.audit.append({ ...actor, action: 'act_say', subject: `cuoc-${number}` });
        }
        const { page, problems } = await openPlace(browser, 'quang', 'Nhật ký');
        await page.getByRole('cell', { name: 'cuoc-130' }).waitFor();
        expect(await page.getByRole('cell', { name: 'cuoc-1', exact: true }).count()).toBe(0);
        await expectSound(page, 'audit-1280');
        await page.getByRole('button', { name: 'Xem cũ hơn' }).click();
        await page.getByRole('cell', { name: 'cuoc-1', exact: true }).waitFor();
        expect(await page.getByRole('row').count()).toBe(1 + 131);
        expect(await page.getByRole('button', { name: 'Xem cũ hơn' }).count()).toBe(0);

        await page.getByRole('link', { name: 'Hội thoại' }).click();
        await page.getByRole('option', { name: /Chị Thuỷ/ }).click();
        await page.getByRole('button', { name: 'Nhận cuộc', exact: true }).click();
        await page.getByRole('button', { name: 'Câu mẫu' }).click();
        await page.getByRole('button', { name: 'Thêm câu mẫu' }).click();
        await page.getByLabel('Tên câu mẫu').fill('Chào buổi sáng');
        await expectSound(page, 'canned-editor-1280');
        await page.getByRole('textbox', { name: 'Nội dung' }).fill('Dạ chào {ten_khach} ạ');
        await page.getByRole('button', { name: 'Lưu' }).click();
        await page.getByRole('dialog', { name: 'Thêm câu mẫu' }).waitFor({ state: 'detached' });
        expect((await desk.audit.entries({ limit: 1 }))[0]).toMatchObject({ action: 'change_canned' });
        expect(problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );

  test(
    'an account that gets another role has its pages at once, and one that is locked is out at once',
    () =>
      withBrowser(async (browser) => {
        await desk.addAgent('quang', 'Anh Quang', 'admin');
        const lan = (await openPlace(browser, 'lan', 'Hội thoại')).page;
        await lan.getByRole('option', { name: /Chị Thuỷ/ }).click();
        await lan.getByRole('button', { name: 'Nhận cuộc', exact: true }).click();
        await lan.getByLabel('Trả lời khách').waitFor();
        const { page, problems } = await openPlace(browser, 'quang', 'Nhân viên');
        await page.getByRole('button', { name: 'Đổi vai trò của Chị Lan' }).click();
        await page.getByRole('radio', { name: 'Trưởng ca' }).click({ force: true });
        await page.getByRole('button', { name: 'Đổi', exact: true }).click();
        await lan.getByRole('link', { name: 'Bảng ca trực' }).waitFor();
        await page.getByRole('button', { name: 'Khóa tài khoản của Chị Lan' }).click();
        await page.getByText('1 cuộc đang giữ trở lại đầu hàng chờ').waitFor();
        await page.getByLabel('Lý do (ghi vào nhật ký)').fill('Nghỉ việc');
        await expectSound(page, 'lock-1280');
        await page.getByRole('button', { name: 'Khóa', exact: true }).click();
        await page
          .getByRole('row', { name: /Chị Lan/ })
          .getByText(/^Đã khóa từ/)
          .waitFor();
        await expectSound(page, 'staff-1280');
        // An admin has the most pages: all of them are in sight.
        const places = page.getByRole('navigation', { name: 'Các trang' });
        expect(await places.evaluate((nav) => nav.scrollWidth - nav.clientWidth)).toBe(0);
        await lan.getByText('Phiên làm việc đã hết.').waitFor();
        const state = (await desk.conversations.store.head(SCENE.bill))?.state;
        expect(state).toMatchObject({ holder: 'queue', handoffReason: 'taken_back' });
        expect(problems).toEqual([]);
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
        const { page } = await openPlace(browser, 'hanh', 'Tìm kiếm', viewport);
        await page.getByRole('searchbox').fill('dien');
        await page.getByRole('option').first().waitFor();
        await expectSound(page, `search-${viewport.width}`);
        const hour = desk.clock.now() - (desk.clock.now() % 3_600_000);
        desk.shift.counts.push({ hour, kind: 'topic', name: 'outage_report', times: 9 });
        desk.shift.counts.push({ hour: hour - 3_600_000, kind: 'topic', name: 'bill_lookup', times: 5 });
        desk.shift.counts.push({ hour: hour - 3_600_000, kind: 'topic', name: 'none', times: 2 });
        await page.getByRole('link', { name: 'Bảng ca trực' }).click();
        await page.getByRole('img', { name: /Chủ đề theo giờ/ }).waitFor();
        await expectSound(page, `board-${viewport.width}`);
        await page.getByRole('link', { name: 'Nhân viên' }).click();
        await page.getByRole('button', { name: 'Khóa tài khoản của Chị Lan' }).waitFor();
        await expectSound(page, `staff-leader-${viewport.width}`);
      }),
    TIMEOUT_MS,
  );
});

/** No serious fault, and nothing wider than the screen. With DESK_PICTURES=<folder> the page is kept as a picture. */
async function expectSound(page: Page, name: string): Promise<void> {
  const folder = process.env['DESK_PICTURES'];
  if (folder !== undefined) {
    await page.screenshot({ path: `${folder}/${name}.png` });
  }
  expect(await seriousFaults(page)).toEqual([]);
  const tooWide = await page.evaluate(() =>
    ['html', '.top-bar', '.place-page'].filter((name) => {
      const element = document.querySelector(name);
      return element !== null && element.scrollWidth > innerWidth;
    }),
  );
  expect(tooWide).toEqual([]);
}
