import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openPage, PHONE, withBrowser } from '../support/chromium.ts';
import { LAPTOP, PAGE_TIMEOUT_MS, useDeskPage } from '../support/desk-page-bench.ts';
import { SCENE } from '../support/desk-scene.ts';
import { logInDesk } from '../support/log-in-desk.ts';
import { SAMPLE_CHART } from '../support/sample-chart.ts';
import { seriousFaults } from '../support/serious-faults.ts';
import { createTcpGate } from '../support/servers/tcp-gate.ts';

/** Longer than the page waits for a sign of life, and than it waits before it connects again. */
const [SILENCE_MS, RETRY_MS] = [26_000, 9_000];

describe('the page of the desk', () => {
  const bench = useDeskPage();

  test(
    'takes an agent from the log-in over the claim to the answer, and shows how the answer gets on',
    () =>
      withBrowser(async (browser) => {
        const { page, problems } = await openPage(browser, bench.url, LAPTOP);
        await page.getByRole('button', { name: /Chị Lan/ }).click();
        await page.getByRole('button', { name: 'Đăng nhập' }).click();
        await bench.openWaiting(page, /Thuỷ/);
        expect(await page.title()).toContain('(3)');
        await bench.claimButton(page).click();
        await bench.answerBox(page).fill('Dạ em là Lan,\nem xem ngay ạ.');
        await bench.answerBox(page).press('Enter');
        const own = page.locator('.message-agent');
        await own.getByText('Chờ gửi').waitFor();
        expect(await bench.answerBox(page).inputValue()).toBe('');
        expect(bench.desk.conversations.acts).toMatchObject([
          { act: 'claim', agentId: 'id-lan' },
          { act: 'say', agentId: 'id-lan', text: 'Dạ em là Lan,\nem xem ngay ạ.' },
        ]);
        const seq = (await bench.desk.conversations.store.head(SCENE.bill))?.state.messageSeq ?? 0;
        bench.desk.conversations.setDelivery(SCENE.bill, seq, { delivery: 'failed', failure: 'blocked_by_customer' });
        await own.getByText('Không gửi được: khách đã chặn').waitFor();
        bench.customerSays('cảm ơn em');
        await page.getByRole('log').getByText('cảm ơn em').waitFor();
        expect(problems).toEqual([]);
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'shows until when the customer may be written to, and no box once that is over; names a channel in trouble',
    () =>
      withBrowser(async (browser) => {
        const openUntil = bench.desk.clock.now() + 3 * 3_600_000;
        const window = async () => ({ freeUntil: bench.desk.clock.now() - 1, openUntil });
        bench.channels.set('zalo', { window, trouble: async () => 'needs_consent' });
        const { page } = await bench.logIn(browser, 'lan');
        await page.getByText('Zalo: kênh cần được cấp quyền lại.').waitFor();
        const lists = await page.getByRole('navigation', { name: 'Danh sách cuộc trò chuyện' }).boundingBox();
        expect(lists?.height).toBeGreaterThan(LAPTOP.height - 150);
        await bench.openWaiting(page, /mất điện|mat dien/i);
        await page.getByText(/Tin gửi đi có tính phí; nhắn được đến \d\d:\d\d/).waitFor();
        await bench.claimButton(page).click();
        await bench.answerBox(page).fill('Dạ');
        bench.channels.set('zalo', { window: async () => ({ freeUntil: 1, openUntil: 2 }) });
        await page.getByRole('button', { name: 'Gửi' }).click();
        await page
          .getByText(/Đã hết thời hạn nhắn tin cho khách ở kênh này/)
          .first()
          .waitFor();
        await page.getByText(/Hết hạn nhắn tin cho khách từ/).waitFor();
        await bench.answerBox(page).waitFor({ state: 'detached' });
        await page.getByText('Tin đang viết dở của anh/chị vẫn được giữ.').waitFor();
        expect(bench.desk.conversations.acts.map(({ act }) => act)).toEqual(['claim']);
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'tells who was faster, and puts emergencies first',
    () =>
      withBrowser(async (browser) => {
        const { page } = await bench.logIn(browser, 'hanh');
        expect(await page.getByRole('option').first().innerText()).toMatch(/boc khoi[\s\S]*Khẩn cấp/);
        await bench.openWaiting(page, /Thuỷ/);
        // The desk has not heard of it yet: the claim itself must lose.
        const lan = { act: 'claim', agentId: 'id-lan', agentName: 'Chị Lan' } as const;
        await page.route('**/desk/api/acts/claim', async (route) => {
          await bench.desk.conversations.performAgentAct(SCENE.bill, lan, 'faster');
          await route.continue();
        });
        await bench.claimButton(page).click();
        await page.getByText(/Chị Lan đã nhận cuộc này lúc \d\d:\d\d\./).waitFor();
        await page.getByText('Chị Lan đang giữ cuộc này.').waitFor();
        expect(await bench.answerBox(page).count()).toBe(0);
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'holds a reply back when the customer has just said more, until the agent decides',
    () =>
      withBrowser(async (browser) => {
        const { page } = await bench.logIn(browser, 'lan');
        await bench.openWaiting(page, /Thuỷ/);
        await bench.claimButton(page).click();
        await bench.answerBox(page).fill('Tháng 10 ạ');
        bench.customerSays('à nhầm, tháng 6', true);
        await page.getByRole('button', { name: 'Gửi' }).click();
        await page
          .getByRole('alert')
          .getByText(/Có tin mới/)
          .waitFor();
        expect(bench.desk.conversations.acts.map(({ act }) => act)).toEqual(['claim']);
        await page.getByRole('log').getByText('à nhầm, tháng 6').waitFor();
        await page.getByRole('button', { name: 'Vẫn gửi' }).click();
        await page.getByRole('log').getByText('Tháng 10 ạ').waitFor();
        expect(bench.desk.conversations.acts.map(({ act }) => act)).toEqual(['claim', 'say']);
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'keeps the open conversation and the draft across a reload, and gets over a lost connection',
    () =>
      withBrowser(async (browser) => {
        const { page, context } = await bench.logIn(browser, 'lan');
        await bench.openWaiting(page, /Thuỷ/);
        await bench.claimButton(page).click();
        await bench.answerBox(page).fill('Dạ để em xem');
        await page.reload();
        await bench.answerBox(page).waitFor();
        expect(await bench.answerBox(page).inputValue()).toBe('Dạ để em xem');

        await context.setOffline(true);
        await page.getByText(/Mất kết nối/).waitFor();
        for (const text of ['em ơi', 'còn đó không']) {
          bench.customerSays(text);
        }
        await page.getByRole('button', { name: 'Gửi' }).click();
        await page.getByText(/Không kết nối được máy chủ/).waitFor();
        expect(await bench.answerBox(page).inputValue()).toBe('Dạ để em xem');

        await context.setOffline(false);
        await page.getByText(/Mất kết nối/).waitFor({ state: 'detached' });
        await page.getByRole('log').getByText('còn đó không').waitFor();
        expect(await page.getByRole('log').getByText('em ơi').count()).toBe(1);
        await page.getByRole('button', { name: 'Gửi' }).click();
        await page.getByRole('log').getByText('Dạ để em xem').waitFor();
        expect(bench.desk.conversations.acts.filter(({ act }) => act === 'say')).toHaveLength(1);
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'notices by itself that nothing comes from the server any more, says so, and catches up at once when the network is back',
    () =>
      withBrowser(async (browser) => {
        const { hostname, port } = new URL(bench.url);
        const gate = await createTcpGate({ host: hostname, port: Number(port) });
        const { page } = await openPage(browser, `http://127.0.0.1:${gate.port}/desk`, LAPTOP);
        await page.clock.install();
        // No request ends by itself: what is shown afterwards has been asked anew.
        await page.addInitScript(() => {
          AbortSignal.timeout = () => new AbortController().signal;
        });
        await page.reload();
        await logInDesk(page, 'lan');
        await bench.openWaiting(page, /Thuỷ/);
        gate.lose('out');
        // Two beats of the server and no answer to what the page asks.
        await page.clock.fastForward(SILENCE_MS);
        await page.getByText(/Mất kết nối/).waitFor();
        bench.customerSays('em ơi');
        gate.lose(undefined);
        // What was opened meanwhile is dead, too.
        await page.clock.fastForward(SILENCE_MS);
        await page.clock.fastForward(RETRY_MS);
        await page.getByText(/Mất kết nối/).waitFor({ state: 'detached' });
        await page.getByRole('log').getByText('em ơi').waitFor();
        await gate.close();
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'shows every kind of reply, the verified customer, and what the bot is still sending after a take-over',
    () =>
      withBrowser(async (browser) => {
        const image = { kind: 'image', url: '/desk/none.png', alt: 'Ảnh công tơ mẫu' } as const;
        bench.desk.conversations.add(SCENE.bill, {
          messages: [
            { author: 'bot', reply: SAMPLE_CHART },
            { author: 'bot', reply: image, delivery: 'sending' },
          ],
          state: { holder: 'agent', agentId: 'id-lan', agentName: 'Chị Lan', epoch: 2 },
        });
        const seq = (await bench.desk.conversations.store.head(SCENE.bill))?.state.messageSeq ?? 0;
        bench.desk.conversations.setOpenAttempts([{ conversationId: SCENE.bill, seq, number: 2, at: 1 }]);
        const { page } = await bench.logIn(browser, 'hanh');
        await page.getByRole('tab', { name: 'Tất cả' }).click();
        await bench.openWaiting(page, /Thuỷ/);
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

        const lan = await bench.logIn(browser, 'lan');
        await lan.page.getByRole('tab', { name: 'Của tôi' }).click();
        await bench.openWaiting(lan.page, /Thuỷ/);
        await lan.page.getByText(/1 tin của bot đang gửi/).waitFor();
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'can be worked by keyboard alone',
    () =>
      withBrowser(async (browser) => {
        const { page } = await openPage(browser, bench.url, LAPTOP);
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
        await bench.answerBox(page).waitFor();
        await page.keyboard.type('Dạ em kiểm tra ngay');
        await page.keyboard.press('Enter');
        await page.getByRole('log').getByText('Dạ em kiểm tra ngay').waitFor();
      }),
    PAGE_TIMEOUT_MS,
  );

  test(
    'goes back to the log-in when the session has ended, and says that the draft is kept',
    () =>
      withBrowser(async (browser) => {
        const { page } = await bench.logIn(browser, 'lan');
        await bench.openWaiting(page, /Thuỷ/);
        await bench.claimButton(page).click();
        await bench.answerBox(page).fill('Dạ');
        bench.desk.clock.advance(13 * 3_600_000);
        await page.getByRole('button', { name: 'Gửi' }).click();
        await page.getByText('Phiên làm việc đã hết. Tin đang viết dở vẫn còn.').waitFor();
      }),
    PAGE_TIMEOUT_MS,
  );

  test.each([
    ['a laptop', LAPTOP],
    ['a phone', PHONE],
  ])(
    'has no serious accessibility fault on %s',
    (_name, viewport) =>
      withBrowser(async (browser) => {
        const first = await openPage(browser, bench.url, viewport);
        await first.page.getByLabel('Tên đăng nhập').waitFor();
        expect(await seriousFaults(first.page)).toEqual([]);
        await first.page.close();
        const { page } = await bench.logIn(browser, 'hanh', viewport);
        expect(await seriousFaults(page)).toEqual([]);
        await bench.openWaiting(page, /Khẩn cấp/);
        expect(await seriousFaults(page)).toEqual([]);
        await bench.claimButton(page).click();
        await bench.answerBox(page).waitFor();
        expect(await seriousFaults(page)).toEqual([]);
        await page.getByRole('button', { name: 'Kết thúc' }).click();
        await page.getByRole('dialog').getByText('Đã trả lời xong').waitFor();
        expect(await seriousFaults(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }),
    PAGE_TIMEOUT_MS,
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
