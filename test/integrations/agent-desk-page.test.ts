import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { DeskChannel } from '../../src/integrations/agent-desk/desk-channels.ts';
import { openPage, PHONE, withBrowser } from '../support/chromium.ts';
import { playScene, SCENE, sceneRecords } from '../support/desk-scene.ts';
import { type DeskServer, startDesk } from '../support/desk-server.ts';
import { SAMPLE_CHART } from '../support/sample-chart.ts';
import { seriousFaults } from '../support/serious-faults.ts';

const LAPTOP = { width: 1280, height: 720 };
const TIMEOUT_MS = 60_000;

let pagesFolder: string;
beforeAll(async () => {
  pagesFolder = mkdtempSync(join(tmpdir(), 'desk-page-'));
  await build({
    entryPoints: [join(import.meta.dirname, '../../src/integrations/agent-desk/page/main.tsx')],
    outfile: join(pagesFolder, 'desk.js'),
    ...{ bundle: true, format: 'esm', logLevel: 'silent', define: { 'process.env.NODE_ENV': '"production"' } },
  });
}, TIMEOUT_MS);
afterAll(() => rmSync(pagesFolder, { recursive: true, force: true }));

describe('the page of the desk', () => {
  let desk: DeskServer;
  let url: string;
  let channels: Map<string, DeskChannel>;

  beforeEach(async () => {
    const demoAgents = [{ login: 'lan', password: 'pw-lan', name: 'Chị Lan', role: 'agent' as const }];
    const now = Date.now();
    channels = new Map();
    desk = await startDesk({
      ...{ pagesFolder, demoAgents, channels, records: sceneRecords(now) },
      suggestReply: async () => 'Câu của bot',
    });
    desk.clock.advance(now - desk.clock.now());
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    playScene(desk);
    url = `${await desk.listen()}/desk`;
  });
  afterEach(() => desk.close());

  async function logIn(browser: Browser, login: string, viewport = LAPTOP) {
    const opened = await openPage(browser, url, viewport);
    const { page } = opened;
    await page.getByLabel('Tên đăng nhập').fill(login);
    await page.getByLabel('Mật khẩu').fill(`pw-${login}`);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByRole('option').first().waitFor();
    return opened;
  }

  async function openWaiting(page: Page, name: RegExp) {
    await page.getByRole('option', { name }).click();
    await page.getByRole('log').waitFor();
  }
  const claimButton = (page: Page) => page.getByRole('button', { name: 'Nhận cuộc', exact: true });
  const answerBox = (page: Page) => page.getByLabel('Trả lời khách');
  const customerSays = (text: string, isSilent = false) =>
    desk.conversations.add(SCENE.bill, {
      messages: [{ author: 'customer', at: desk.clock.now(), content: { text } }],
      isSilent,
    });

  test(
    'takes an agent from the log-in over the claim to the answer, and shows how the answer gets on',
    () =>
      withBrowser(async (browser) => {
        const { page, problems } = await openPage(browser, url, LAPTOP);
        await page.getByRole('button', { name: /Chị Lan/ }).click();
        await page.getByRole('button', { name: 'Đăng nhập' }).click();
        await openWaiting(page, /Thuỷ/);
        expect(await page.title()).toContain('(3)');
        await claimButton(page).click();
        await answerBox(page).fill('Dạ em là Lan,\nem xem ngay ạ.');
        await answerBox(page).press('Enter');
        const own = page.locator('.message-agent');
        await own.getByText('Chờ gửi').waitFor();
        expect(await answerBox(page).inputValue()).toBe('');
        expect(desk.conversations.acts).toMatchObject([
          { act: 'claim', agentId: 'id-lan' },
          { act: 'say', agentId: 'id-lan', text: 'Dạ em là Lan,\nem xem ngay ạ.' },
        ]);
        const seq = (await desk.conversations.store.head(SCENE.bill))?.state.messageSeq ?? 0;
        desk.conversations.setDelivery(SCENE.bill, seq, { delivery: 'failed', failure: 'khách đã chặn' });
        await own.getByText('Không gửi được: khách đã chặn').waitFor();
        customerSays('cảm ơn em');
        await page.getByRole('log').getByText('cảm ơn em').waitFor();
        expect(problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );

  test(
    'shows until when the customer may be written to, and no box once that is over; names a channel in trouble',
    () =>
      withBrowser(async (browser) => {
        const openUntil = desk.clock.now() + 3 * 3_600_000;
        const window = async () => ({ freeUntil: desk.clock.now() - 1, openUntil });
        channels.set('zalo', { window, trouble: async () => 'needs_consent' });
        const { page } = await logIn(browser, 'lan');
        await page.getByText('Zalo: kênh cần được cấp quyền lại.').waitFor();
        const lists = await page.getByRole('navigation', { name: 'Danh sách cuộc trò chuyện' }).boundingBox();
        expect(lists?.height).toBeGreaterThan(LAPTOP.height - 150);
        await openWaiting(page, /mất điện|mat dien/i);
        await page.getByText(/Tin gửi đi có tính phí; nhắn được đến \d\d:\d\d/).waitFor();
        await claimButton(page).click();
        await answerBox(page).fill('Dạ');
        channels.set('zalo', { window: async () => ({ freeUntil: 1, openUntil: 2 }) });
        await page.getByRole('button', { name: 'Gửi' }).click();
        await page
          .getByText(/Đã hết thời hạn nhắn tin cho khách ở kênh này/)
          .first()
          .waitFor();
        await page.getByText(/Hết hạn nhắn tin cho khách từ/).waitFor();
        await answerBox(page).waitFor({ state: 'detached' });
        await page.getByText('Tin đang viết dở của anh/chị vẫn được giữ.').waitFor();
        expect(desk.conversations.acts.map(({ act }) => act)).toEqual(['claim']);
      }),
    TIMEOUT_MS,
  );

  test(
    'tells who was faster, and puts emergencies first',
    () =>
      withBrowser(async (browser) => {
        const { page } = await logIn(browser, 'hanh');
        expect(await page.getByRole('option').first().innerText()).toMatch(/boc khoi[\s\S]*Khẩn cấp/);
        await openWaiting(page, /Thuỷ/);
        // The desk has not heard of it yet: the claim itself must lose.
        const lan = { act: 'claim', agentId: 'id-lan', agentName: 'Chị Lan' } as const;
        await page.route('**/desk/api/acts/claim', async (route) => {
          await desk.conversations.performAgentAct(SCENE.bill, lan, 'faster');
          await route.continue();
        });
        await claimButton(page).click();
        await page.getByText(/Chị Lan đã nhận cuộc này lúc \d\d:\d\d\./).waitFor();
        await page.getByText('Chị Lan đang giữ cuộc này.').waitFor();
        expect(await answerBox(page).count()).toBe(0);
      }),
    TIMEOUT_MS,
  );

  test(
    'holds a reply back when the customer has just said more, until the agent decides',
    () =>
      withBrowser(async (browser) => {
        const { page } = await logIn(browser, 'lan');
        await openWaiting(page, /Thuỷ/);
        await claimButton(page).click();
        await answerBox(page).fill('Tháng 10 ạ');
        customerSays('à nhầm, tháng 6', true);
        await page.getByRole('button', { name: 'Gửi' }).click();
        await page
          .getByRole('alert')
          .getByText(/Có tin mới/)
          .waitFor();
        expect(desk.conversations.acts.map(({ act }) => act)).toEqual(['claim']);
        await page.getByRole('log').getByText('à nhầm, tháng 6').waitFor();
        await page.getByRole('button', { name: 'Vẫn gửi' }).click();
        await page.getByRole('log').getByText('Tháng 10 ạ').waitFor();
        expect(desk.conversations.acts.map(({ act }) => act)).toEqual(['claim', 'say']);
      }),
    TIMEOUT_MS,
  );

  test(
    'keeps the open conversation and the draft across a reload, and gets over a lost connection',
    () =>
      withBrowser(async (browser) => {
        const { page, context } = await logIn(browser, 'lan');
        await openWaiting(page, /Thuỷ/);
        await claimButton(page).click();
        await answerBox(page).fill('Dạ để em xem');
        await page.reload();
        await answerBox(page).waitFor();
        expect(await answerBox(page).inputValue()).toBe('Dạ để em xem');

        await context.setOffline(true);
        await page.getByText(/Mất kết nối/).waitFor();
        for (const text of ['em ơi', 'còn đó không']) {
          customerSays(text);
        }
        await page.getByRole('button', { name: 'Gửi' }).click();
        await page.getByText(/Không kết nối được máy chủ/).waitFor();
        expect(await answerBox(page).inputValue()).toBe('Dạ để em xem');

        await context.setOffline(false);
        await page.getByText(/Mất kết nối/).waitFor({ state: 'detached' });
        await page.getByRole('log').getByText('còn đó không').waitFor();
        expect(await page.getByRole('log').getByText('em ơi').count()).toBe(1);
        await page.getByRole('button', { name: 'Gửi' }).click();
        await page.getByRole('log').getByText('Dạ để em xem').waitFor();
        expect(desk.conversations.acts.filter(({ act }) => act === 'say')).toHaveLength(1);
      }),
    TIMEOUT_MS,
  );

  test(
    'shows every kind of reply, the verified customer, and what the bot is still sending after a take-over',
    () =>
      withBrowser(async (browser) => {
        const image = { kind: 'image', url: '/desk/none.png', alt: 'Ảnh công tơ mẫu' } as const;
        desk.conversations.add(SCENE.bill, {
          messages: [
            { author: 'bot', reply: SAMPLE_CHART },
            { author: 'bot', reply: image, delivery: 'sending' },
          ],
          state: { holder: 'agent', agentId: 'id-lan', agentName: 'Chị Lan', epoch: 2 },
        });
        const seq = (await desk.conversations.store.head(SCENE.bill))?.state.messageSeq ?? 0;
        desk.conversations.setOpenAttempts([{ conversationId: SCENE.bill, seq, number: 2, at: 1 }]);
        const { page } = await logIn(browser, 'hanh');
        await page.getByRole('tab', { name: 'Tất cả' }).click();
        await openWaiting(page, /Thuỷ/);
        const log = page.getByRole('log');
        for (const words of ['Hóa đơn tháng 10/2026', '466.560 đ', 'Lịch sử 12 tháng', '10.46, 105.63']) {
          await log.getByText(words).waitFor();
        }
        await log.getByText('Nguồn số liệu').click();
        await log.getByText('/2026-10/1, bản v1, số liệu đến 2026-11-01; lời thoại bản c0ffee00').waitFor();
        await log.getByAltText('Ảnh công tơ mẫu').waitFor();
        await log.getByRole('img', { name: SAMPLE_CHART.title }).waitFor();
        await log.getByText('Đang gửi (lần 2)').waitFor();
        const side = page.getByRole('complementary');
        for (const words of ['Trần Thị Bích Thuỷ', '*******678', /Đã xác minh đến \d\d:\d\d/, 'Tra cứu hóa đơn']) {
          await side.getByText(words).first().waitFor();
        }
        expect(await side.innerText()).not.toContain('0912');
        expect(await page.getByText(/tin của bot đang gửi/).count()).toBe(0);
        await page.close();

        const lan = await logIn(browser, 'lan');
        await lan.page.getByRole('tab', { name: 'Của tôi' }).click();
        await openWaiting(lan.page, /Thuỷ/);
        await lan.page.getByText(/1 tin của bot đang gửi/).waitFor();
      }),
    TIMEOUT_MS,
  );

  test(
    'can be worked by keyboard alone',
    () =>
      withBrowser(async (browser) => {
        const { page } = await openPage(browser, url, LAPTOP);
        await page.locator('input:focus').waitFor();
        await page.keyboard.type('lan');
        await page.keyboard.press('Tab');
        await page.keyboard.type('pw-lan');
        await page.keyboard.press('Enter');
        await page.getByRole('option').first().waitFor();
        await tabTo(page, '[role="option"]');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.getByRole('log').getByText('mất điện từ sáng').waitFor();
        await tabTo(page, '.conversation-header .button');
        await page.keyboard.press('Enter');
        await answerBox(page).waitFor();
        await page.keyboard.type('Dạ em kiểm tra ngay');
        await page.keyboard.press('Enter');
        await page.getByRole('log').getByText('Dạ em kiểm tra ngay').waitFor();
      }),
    TIMEOUT_MS,
  );

  test(
    'helps to write: ready answers found without marks, what the bot would say, a note, and trying again',
    () =>
      withBrowser(async (browser) => {
        const { page } = await logIn(browser, 'lan');
        await openWaiting(page, /Thuỷ/);
        await claimButton(page).click();
        await page.getByRole('button', { name: 'Dùng câu này' }).click();
        expect(await answerBox(page).inputValue()).toBe('Câu của bot');
        await answerBox(page).fill('');
        await page.getByRole('button', { name: 'Câu mẫu' }).click();
        await page.getByLabel('Tìm câu mẫu').fill('da lap phieu');
        await page.getByRole('option', { name: 'Đã lập phiếu' }).click();
        await page.getByText('Còn chỗ chưa điền: {so_phieu}').waitFor();
        expect(await page.getByRole('button', { name: 'Gửi' }).isDisabled()).toBe(true);
        await answerBox(page).fill((await answerBox(page).inputValue()).replace('{so_phieu}', 'SC1'));
        await page.getByRole('button', { name: 'Gửi' }).click();
        const own = page.locator('.message-agent');
        await own.getByText('Dạ em đã lập phiếu SC1').waitFor();
        const seq = (await desk.conversations.store.head(SCENE.bill))?.state.messageSeq ?? 0;
        desk.conversations.setDelivery(SCENE.bill, seq, { delivery: 'failed', failure: 'unreachable' });
        await own.getByRole('button', { name: 'Gửi lại' }).click();
        await page.getByRole('button', { name: 'Ghi chú nội bộ' }).click();
        await page.getByLabel('Ghi chú nội bộ (khách không thấy)').fill('khách quen của tổ');
        await page.getByRole('button', { name: 'Lưu ghi chú' }).click();
        await page.locator('.note').getByText('khách quen của tổ').waitFor();
        expect(desk.conversations.retried).toEqual([seq]);
      }),
    TIMEOUT_MS,
  );

  test(
    'ends a conversation with its result, and only after what the customer has just said was seen',
    () =>
      withBrowser(async (browser) => {
        const { page } = await logIn(browser, 'lan');
        await openWaiting(page, /Thuỷ/);
        await claimButton(page).click();
        await page.getByRole('button', { name: 'Kết thúc' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByText('Đã giải thích hóa đơn').click();
        await page.route(
          '**/desk/api/acts/close',
          async (route) => {
            customerSays('à còn việc nữa', true);
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
        expect(desk.conversations.acts.at(-1)).toMatchObject({ act: 'close', wrapUp: 'bill_explained' });
      }),
    TIMEOUT_MS,
  );

  test(
    'passes a conversation to a colleague who is there, with a note that the colleague reads',
    () =>
      withBrowser(async (browser) => {
        await (await desk.as('hanh')).get('/desk/api/queue');
        const { page } = await logIn(browser, 'lan');
        await openWaiting(page, /Thuỷ/);
        await claimButton(page).click();
        await page.getByRole('button', { name: 'Việc khác' }).click();
        await page.getByRole('menuitem', { name: 'Chuyển cho người khác…' }).click();
        await page.getByText(/Chị Hạnh · đang giữ 0 cuộc/).click();
        await page.getByLabel('Ghi chú cho người nhận (khách không thấy)').fill('Chị ấy hỏi tháng 9');
        await page.getByRole('button', { name: 'Chuyển', exact: true }).click();
        await page.getByText('Chị Hạnh đang giữ cuộc này.').waitFor();
        await page
          .getByRole('complementary', { name: /Ghi chú nội bộ/ })
          .getByText('Chị ấy hỏi tháng 9')
          .waitFor();
        expect(desk.conversations.acts.at(-1)).toMatchObject({ act: 'transfer', to: { id: 'id-hanh' } });
      }),
    TIMEOUT_MS,
  );

  test(
    'goes back to the log-in when the session has ended, and says that the draft is kept',
    () =>
      withBrowser(async (browser) => {
        const { page } = await logIn(browser, 'lan');
        await openWaiting(page, /Thuỷ/);
        await claimButton(page).click();
        await answerBox(page).fill('Dạ');
        desk.clock.advance(13 * 3_600_000);
        await page.getByRole('button', { name: 'Gửi' }).click();
        await page.getByText('Phiên làm việc đã hết. Tin đang viết dở vẫn còn.').waitFor();
      }),
    TIMEOUT_MS,
  );

  test.each([
    ['a laptop', LAPTOP],
    ['a phone', PHONE],
  ])(
    'has no serious accessibility fault on %s',
    (_name, viewport) =>
      withBrowser(async (browser) => {
        const first = await openPage(browser, url, viewport);
        await first.page.getByLabel('Tên đăng nhập').waitFor();
        expect(await seriousFaults(first.page)).toEqual([]);
        await first.page.close();
        const { page } = await logIn(browser, 'hanh', viewport);
        expect(await seriousFaults(page)).toEqual([]);
        await openWaiting(page, /Khẩn cấp/);
        expect(await seriousFaults(page)).toEqual([]);
        await claimButton(page).click();
        await answerBox(page).waitFor();
        expect(await seriousFaults(page)).toEqual([]);
        await page.getByRole('button', { name: 'Kết thúc' }).click();
        await page.getByRole('dialog').getByText('Đã trả lời xong').waitFor();
        expect(await seriousFaults(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }),
    TIMEOUT_MS,
  );
});

/** Presses Tab until an element that matches has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) {
      return;
    }
  }
  throw new Error(`No ${selector} is reached by Tab.`);
}
