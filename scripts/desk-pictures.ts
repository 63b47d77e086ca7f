import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { bundlePages } from '../test/support/bundle-pages.ts';
import { openPage, PHONE, withBrowser } from '../test/support/chromium.ts';
import { playScene, sceneRecords } from '../test/support/desk-scene.ts';
import { startDesk } from '../test/support/desk-server.ts';
import { loadTrees } from '../test/support/load-trees.ts';

/** Takes the pictures of `docs/desk.md`: node scripts/desk-pictures.ts [folder]. */
const folder = process.argv[2] ?? join(import.meta.dirname, '../docs/pictures/desk');
await mkdir(folder, { recursive: true });
const now = Date.now();
const desk = await startDesk({
  ...{ pagesFolder: bundlePages(['desk']), records: sceneRecords(now), engine: loadTrees().engine },
  suggestReply: async () => 'Dạ tháng 10 nhà mình dùng 180 kWh, nhiều hơn tháng 9 là 40 kWh, nên tiền điện tăng ạ.',
});
desk.clock.advance(now - desk.clock.now());
await desk.addAgent('lan', 'Chị Lan');
await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
await (await desk.as('hanh')).get('/desk/api/queue');
playScene(desk);
const url = `${await desk.listen()}/desk`;

async function logIn(page: Page): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill('lan');
  await page.getByLabel('Mật khẩu').fill('pw-lan');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await page.getByRole('option').first().waitFor();
}

try {
  await withBrowser(async (browser) => {
    const { page } = await openPage(browser, url, { width: 1280, height: 720 });
    const picture = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) });
    await logIn(page);
    await picture('queue');
    await page.getByRole('option', { name: /Thuỷ/ }).click();
    await page.getByRole('log').waitFor();
    await page.getByRole('button', { name: 'Nhận cuộc', exact: true }).click();
    await page.getByLabel('Trả lời khách').waitFor();
    await picture('conversation');
    await page.getByRole('button', { name: 'Việc khác' }).click();
    await picture('moves');
    await page.getByRole('menuitem', { name: 'Chuyển cho người khác…' }).click();
    await page.getByText('Hàng chờ: ai rảnh sẽ nhận').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Câu mẫu' }).click();
    await page.getByLabel('Tìm câu mẫu').fill('phieu');
    await page.getByRole('option', { name: 'Đã lập phiếu' }).waitFor();
    await picture('ready-answers');
    // The first empties the search.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+KeyH');
    await page.getByText('Bảng phím tắt này').waitFor();
    await picture('keys');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Kết thúc' }).click();
    await page.getByText('Đã trả lời xong').waitFor();
    await picture('close');
    const phone = await openPage(browser, url, PHONE);
    await logIn(phone.page);
    await phone.page.getByRole('tab', { name: /Của tôi/ }).click();
    await phone.page.getByRole('option', { name: /Thuỷ/ }).click();
    await phone.page.getByRole('log').waitFor();
    await phone.page.screenshot({ path: join(folder, 'phone-conversation.png') });
  });
} finally {
  await desk.close();
}
