import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PHONE, withBrowser } from '../support/chromium.ts';
import { LAPTOP, PAGE_TIMEOUT_MS, useDeskPage } from '../support/desk-page-bench.ts';
import { SCENE } from '../support/desk-scene.ts';
import { seriousFaults } from '../support/serious-faults.ts';

describe('a day at the page of the desk', () => {
  const bench = useDeskPage();

  test(
    'helps to write: ready answers found without marks, what the bot would say, a note, and trying again',
    () =>
      withBrowser(async (browser) => {
        const { page } = await bench.logIn(browser, 'lan');
        await bench.openWaiting(page, /Thuỷ/);
        await bench.claimButton(page).click();
        await page.getByRole('button', { name: 'Dùng câu này' }).click();
        expect(await bench.answerBox(page).inputValue()).toBe('Câu của bot');
        await bench.answerBox(page).fill('');
        await page.getByRole('button', { name: 'Câu mẫu' }).click();
        await page.getByLabel('Tìm câu mẫu').fill('da lap phieu');
        await page.getByRole('option', { name: 'Đã lập phiếu' }).click();
        await page.getByText('Còn chỗ chưa điền: {so_phieu}').waitFor();
        expect(await page.getByRole('button', { name: 'Gửi' }).isDisabled()).toBe(true);
        await bench.answerBox(page).fill((await bench.answerBox(page).inputValue()).replace('{so_phieu}', 'SC1'));
        await page.getByRole('button', { name: 'Gửi' }).click();
        const own = page.locator('.message-agent');
        await own.getByText('Dạ em đã lập phiếu SC1').waitFor();
        const seq = (await bench.desk.conversations.store.head(SCENE.bill))?.state.messageSeq ?? 0;
        bench.desk.conversations.setDelivery(SCENE.bill, seq, { delivery: 'failed', failure: 'unreachable' });
        await own.getByRole('button', { name: 'Gửi lại' }).click();
        await page.getByRole('button', { name: 'Ghi chú nội bộ' }).click();
        await page.getByLabel('Ghi chú nội bộ (khách không thấy)').fill('khách quen của tổ');
        await page.getByRole('button', { name: 'Lưu ghi chú' }).click();
        await page.locator('.note').getByText('khách quen của tổ').waitFor();
        expect(bench.desk.conversations.retried).toEqual([seq]);
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'alarms of danger in the title and on the screen until it is seen, and shows the keys',
    () =>
      withBrowser(async (browser) => {
        const { page } = await bench.logIn(browser, 'lan');
        await page.getByRole('alert').getByText('KHẨN CẤP').waitFor();
        expect(await page.title()).toContain('KHẨN CẤP');
        // However much was written, the bar leaves a phone room for the rest.
        const text = 'Tủ điện trước nhà bốc khói, nhà có cụ già không đi được, ai tới giúp với. '.repeat(3);
        bench.desk.conversations.add(SCENE.emergency, {
          messages: [{ author: 'customer', at: bench.desk.clock.now(), content: { text } }],
        });
        await page.getByRole('alert').getByText('ai tới giúp với').waitFor();
        await page.setViewportSize(PHONE);
        expect((await page.locator('.alarm-line p').boundingBox())?.height).toBeLessThan(60);
        await page.setViewportSize(LAPTOP);
        await page.keyboard.press('Alt+KeyA');
        await page.getByRole('log').getByText('tu dien nha toi boc khoi').waitFor();
        await page.locator('.alarm-line').waitFor({ state: 'detached' });
        expect(bench.desk.conversations.acts).toMatchObject([{ act: 'see_alarm', agentId: 'id-lan' }]);
        await page.keyboard.press('Alt+KeyK');
        await bench.answerBox(page).waitFor();
        await page.keyboard.press('Alt+KeyX');
        await page.getByRole('dialog').getByText('Đã trả lời xong').waitFor();
        await page.keyboard.press('Escape');
        await page.keyboard.press('Alt+KeyH');
        await page.getByRole('dialog').getByText('Bảng phím tắt này').waitFor();
        expect(await seriousFaults(page)).toEqual([]);
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'keeps the time that was chosen for a call while the clock goes on and the customer writes',
    () =>
      withBrowser(async (browser) => {
        const { page } = await bench.logIn(browser, 'lan');
        await bench.openWaiting(page, /Thuỷ/);
        await bench.claimButton(page).click();
        await page.getByRole('button', { name: 'Việc khác' }).click();
        await page.getByRole('menuitem', { name: /Hẹn gọi lại/ }).click();
        const dialog = page.getByRole('dialog');
        await dialog
          .getByText(/hôm nay|ngày mai/)
          .nth(1)
          .click();
        const chosen = await dialog.getByRole('radio', { checked: true }).getAttribute('value');
        bench.desk.clock.advance(60_000);
        bench.customerSays('gọi số này nhé');
        await page.getByText('gọi số này nhé').last().waitFor();
        expect(await dialog.getByRole('radio', { checked: true }).getAttribute('value')).toBe(chosen);
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'ends a conversation with its result, and only after what the customer has just said was seen',
    () =>
      withBrowser(async (browser) => {
        const { page } = await bench.logIn(browser, 'lan');
        await bench.openWaiting(page, /Thuỷ/);
        await bench.claimButton(page).click();
        await page.getByRole('button', { name: 'Kết thúc' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByText('Đã giải thích hóa đơn').click();
        await page.route(
          '**/desk/api/acts/close',
          async (route) => {
            bench.customerSays('à còn việc nữa', true);
            await route.continue();
          },
          { times: 1 },
        );
        await dialog.getByRole('button', { name: 'Kết thúc' }).click();
        await dialog
          .getByRole('alert')
          .getByText(/Có tin mới/)
          .waitFor();
        await dialog.getByRole('button', { name: 'Vẫn kết thúc' }).click();
        await page.getByText('Cuộc này đã đóng.').waitFor();
        expect(bench.desk.conversations.acts.at(-1)).toMatchObject({ act: 'close', wrapUp: 'bill_explained' });
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'loses nothing that is being written: too long a reply says so, tabs share a draft, a note outlives a reload',
    () =>
      withBrowser(async (browser) => {
        const { page, context } = await bench.logIn(browser, 'lan');
        await bench.openWaiting(page, /Thuỷ/);
        await bench.claimButton(page).click();
        await bench.answerBox(page).fill('ạ'.repeat(2_001));
        await page.getByRole('alert').getByText('Tin dài 2.001 ký tự; mỗi tin gửi được tối đa 2.000.').waitFor();
        const send = page.getByRole('button', { name: 'Gửi', exact: true });
        expect(await send.isDisabled()).toBe(true);
        // One endless word pushes nothing out of sight.
        expect((await send.boundingBox())?.x).toBeLessThan(LAPTOP.width - 342);
        await bench.answerBox(page).press('Enter');
        await bench.answerBox(page).fill('Dạ em đang xem');
        // Enter that ends a composition, as Safari tells of it.
        await bench.answerBox(page).dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: false });

        const second = await context.newPage();
        await second.goto(page.url());
        await bench.answerBox(second).waitFor();
        expect(await bench.answerBox(second).inputValue()).toBe('Dạ em đang xem');
        await bench.answerBox(second).press('Enter');
        await second.locator('.message-agent').getByText('Dạ em đang xem').waitFor();
        await page.waitForFunction(() => document.querySelector('textarea')?.value === '');
        await second.close();

        await page.getByRole('button', { name: 'Ghi chú nội bộ' }).click();
        const note = page.getByLabel('Ghi chú nội bộ (khách không thấy)');
        await note.fill('khách hẹn chiều');
        await page.reload();
        await note.waitFor();
        expect(await note.inputValue()).toBe('khách hẹn chiều');
        await loseAnswerOnce(page, 'note');
        await page.getByRole('button', { name: 'Lưu ghi chú' }).click();
        await page.getByText(/Không kết nối được máy chủ/).waitFor();
        await page.getByRole('button', { name: 'Lưu ghi chú' }).click();
        await note.waitFor({ state: 'detached' });
        await loseAnswerOnce(page, 'release');
        await page.getByRole('button', { name: 'Trả về bot' }).click();
        await page.getByText(/Không kết nối được máy chủ/).waitFor();
        expect(bench.desk.conversations.acts.map(({ act }) => act)).toEqual(['claim', 'say', 'note', 'release']);
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'stays at the message that is being read when older ones come above it',
    () =>
      withBrowser(async (browser) => {
        bench.desk.conversations.add(SCENE.bill, {
          messages: Array.from({ length: 120 }, (_, index) => ({
            author: 'customer' as const,
            content: { text: `lời thứ ${index + 1} của tôi` },
          })),
        });
        const { page } = await bench.logIn(browser, 'lan');
        await bench.openWaiting(page, /Thuỷ/);
        const log = page.getByRole('log');
        await log.evaluate((box) => box.scrollTo(0, 0));
        const read = log.getByText('lời thứ 21 của tôi', { exact: true });
        const before = await read.boundingBox();
        await page.getByRole('button', { name: 'Xem tin cũ hơn' }).click();
        await log.getByText('lời thứ 1 của tôi', { exact: true }).waitFor();
        const after = await read.boundingBox();
        // It may lose the line with the name of who says it, and no more.
        expect(Math.abs((after?.y ?? 0) - (before?.y ?? 9e9))).toBeLessThan(60);
      }),
    PAGE_TIMEOUT_MS,
  );
});

/** The server does the act once, and its answer is lost on the way. */
async function loseAnswerOnce(page: Page, act: string): Promise<void> {
  await page.route(
    `**/desk/api/acts/${act}`,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
}
