import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openPage, withBrowser } from '../test/support/chromium.ts';
import { freePort, startServerProcess } from './explore/server-process.ts';

/** Takes the pictures of README.md from the demo, by doing what its "Try it" says: node scripts/start-pictures.ts [folder]. */
const folder = process.argv[2] ?? join(import.meta.dirname, '../docs/pictures');
const CODE = 'PB06010001234';
const ANSWER = 'Em là Lan, em xem hóa đơn rồi ạ. Chị cần em giải thích phần nào?';

const dataFolder = await mkdtemp(join(tmpdir(), 'lang-nghe-pictures-'));
const demo = await startServerProcess({ dataFolder, port: await freePort() });
try {
  await withBrowser(async (browser) => {
    const { page } = await openPage(browser, demo.address);
    await page.getByRole('button', { name: 'Nhắn tin ngay' }).click();
    await say(page, 'coi giùm chị tiền điện tháng rồi', /mã khách hàng ghi trên hóa đơn/);
    await say(page, CODE, /mã xác minh 6 số/);
    const sms = await page
      .getByRole('log', { name: 'Tin nhắn SMS của bản dùng thử' })
      .getByText(/Ma xac thuc/)
      .innerText();
    await say(page, /\d{6}/.exec(sms)?.[0] ?? '', /Bậc 4/);
    await page.screenshot({ path: join(folder, 'bill.png') });
    await say(page, 'gặp nhân viên', /em chuyển chị sang nhân viên/);

    const { page: desk } = await openPage(browser, `${demo.address}/desk`);
    await desk.getByLabel('Tên đăng nhập').fill('lan');
    await desk.getByLabel('Mật khẩu').fill('demo-lan');
    await desk.getByRole('button', { name: 'Đăng nhập' }).click();
    await desk.getByRole('option').first().click();
    await desk.getByRole('button', { name: 'Nhận cuộc', exact: true }).click();
    await desk.getByLabel('Trả lời khách').fill(ANSWER);
    await desk.keyboard.press('Enter');
    await page.getByText(ANSWER).waitFor();
    await desk.getByRole('log').getByText(ANSWER).waitFor();
    await desk.screenshot({ path: join(folder, 'desk.png') });
  });
} finally {
  await demo.stop();
  await rm(dataFolder, { recursive: true, force: true });
}
console.log(`The pictures are in ${folder}.`);

/** Writes in the chat, and waits for the answer. */
async function say(page: Page, words: string, answer: RegExp): Promise<void> {
  const field = page.locator('lang-nghe-chat textarea');
  await field.fill(words);
  await field.press('Enter');
  await page.locator('lang-nghe-chat').getByText(answer).last().waitFor();
}
