import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { loadContent } from '../src/load-content.ts';
import { bundlePages } from '../test/support/bundle-pages.ts';
import { openPage, PHONE, withBrowser } from '../test/support/chromium.ts';
import { playScene, sceneRecords } from '../test/support/desk-scene.ts';
import { startDesk } from '../test/support/desk-server.ts';
import { loadTrees } from '../test/support/load-trees.ts';
import { logInDesk } from '../test/support/log-in-desk.ts';
import { takeLeaderPictures } from './desk-pictures/leader-pictures.ts';
import { stageClock } from './stage-clock.ts';

/** Takes the pictures of `docs/desk.md` and of the guides in `docs/vi`: node scripts/desk-pictures.ts [folder]. */
const folder = process.argv[2] ?? join(import.meta.dirname, '../docs/pictures/desk');
await mkdir(folder, { recursive: true });
const now = stageClock.now();
const { understand } = loadContent({ cacheFolder: join(tmpdir(), 'lang-nghe-model') });
const desk = await startDesk({
  understand,
  channels: new Map([['web', { takesFiles: true }]]),
  ...{ pagesFolder: bundlePages(['desk']), records: sceneRecords(now), engine: loadTrees().engine },
  suggestReply: async () => 'Dạ tháng 10 nhà mình dùng 180 kWh, nhiều hơn tháng 9 là 40 kWh, nên tiền điện tăng ạ.',
});
desk.clock.advance(now - desk.clock.now());
await desk.addAgent('lan', 'Chị Lan');
await desk.addAgent('minh', 'Anh Minh');
await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
await desk.addAgent('quan', 'Anh Quân', 'admin');
for (const login of ['minh', 'quan']) {
  await (await desk.as(login)).get('/desk/api/queue');
}
await (await desk.as('hanh')).get('/desk/api/queue');
playScene(desk);
const url = `${await desk.listen()}/desk`;

for (const [text, times] of [
  ['nhà em tối thui luôn rồi nè', 3],
  ['cái đồng hồ nó nhảy tưng tưng', 2],
  ['ê ad', 1],
] as const) {
  for (let seq = 1; seq <= times; seq += 1) {
    const conversationId = `web:main:v_${text.length}`;
    await desk.unclear.note({ conversationId, seq, at: now - seq * 600_000, text, why: 'missed' });
  }
}

async function logIn(page: Page, login = 'lan'): Promise<void> {
  await logInDesk(page, login);
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
    await takeLeaderPictures(browser, { desk, url, folder, logIn });
    const leader = await openPage(browser, url, { width: 1280, height: 720 });
    await logIn(leader.page, 'hanh');
    await leader.page.getByRole('link', { name: 'Tìm kiếm' }).click();
    await leader.page.getByLabel('Tìm hội thoại, khách hàng, phiếu').fill('thuy');
    await leader.page.getByText(/Tìm thấy \d+ mục/).waitFor();
    await leader.page.screenshot({ path: join(folder, 'search.png') });
    const admin = await openPage(browser, url, { width: 1280, height: 720 });
    await logIn(admin.page, 'quan');
    await admin.page.getByRole('link', { name: 'Nhật ký' }).click();
    await admin.page.getByText('Nhận cuộc').first().waitFor();
    await admin.page.screenshot({ path: join(folder, 'audit.png') });
    await admin.page.getByRole('link', { name: 'Nhân viên' }).click();
    await admin.page.getByRole('button', { name: 'Khóa tài khoản của Chị Lan' }).waitFor();
    await admin.page.screenshot({ path: join(folder, 'staff.png') });
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
