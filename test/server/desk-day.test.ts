import { afterAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openPage, withBrowser } from '../support/chromium.ts';
import { LAPTOP } from '../support/desk-page-bench.ts';
import { logInDesk } from '../support/log-in-desk.ts';
import { type RaceAgent, useRaceStage } from '../support/race-stage.ts';
import { type FakeTelegram, startFakeTelegram } from '../support/telegram/fake-telegram.ts';
import { messageUpdate } from '../support/telegram/telegram-bench.ts';
import { openChat, say } from '../support/widget-bench.ts';
import { eventually } from '../support/zalo-stage.ts';

/** A busy machine shows four pages at once. */
const TEST_MS = 150_000;
const CHAT = 5001;
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

describe('a day at the desk of the running product', () => {
  let telegram: FakeTelegram;
  const stage = useRaceStage({
    nodes: 1,
    async env() {
      telegram = await startFakeTelegram();
      return { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot };
    },
  });
  afterAll(() => telegram?.stop());

  async function openDesk(browser: Browser, { agentId }: RaceAgent): Promise<Page> {
    const { page } = await openPage(browser, `${stage.one().address}/desk`, LAPTOP);
    await logInDesk(page, agentId);
    await page.getByRole('navigation', { name: 'Danh sách cuộc trò chuyện' }).waitFor();
    return page;
  }
  async function claim(page: Page, customer: RegExp): Promise<void> {
    await page.getByRole('tab', { name: /Hàng chờ/ }).click();
    await page.getByRole('option', { name: customer }).click();
    await page.getByRole('button', { name: 'Nhận cuộc', exact: true }).click();
  }
  async function openMine(page: Page, customer: RegExp): Promise<void> {
    await page.getByRole('tab', { name: /Của tôi/ }).click();
    await page.getByRole('option', { name: customer }).click();
  }
  async function reply(page: Page, text: string): Promise<void> {
    await page.getByLabel('Trả lời khách').fill(text);
    await page.getByRole('button', { name: 'Gửi', exact: true }).click();
    await page.locator('.message-agent').getByText(text).waitFor();
  }
  async function end(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Kết thúc' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Đã trả lời xong').click();
    await dialog.getByRole('button', { name: 'Kết thúc' }).click();
    await page.getByText('Cuộc này đã đóng.').waitFor();
  }
  const onZalo = (id: string) => stage.zalo.control.transcript(id);

  test(
    'two agents and their leader serve customers of the web, Zalo and Telegram from the queue to the rating',
    () =>
      withBrowser(async (browser) => {
        const { control } = stage.zalo;
        const { id: zaloUser } = control.createUser();
        const { page: web } = await openPage(browser, stage.one().address, DESKTOP);
        await openChat(web);
        await say(web, 'cho gặp nhân viên');
        control.say(zaloUser, 'cho gặp nhân viên');
        telegram.queue.add(
          messageUpdate(
            { text: 'cho gặp nhân viên', date: Math.floor(stage.zalo.now() / 1_000) },
            { chat: CHAT },
          ) as never,
        );
        const shows = (text: string) => () => telegram.shown.some((message) => message.text.includes(text));

        const lan = await openDesk(browser, await stage.newAgent({ name: 'Chị Lan', isAvailable: true }));
        const minh = await openDesk(browser, await stage.newAgent({ name: 'Anh Minh', isAvailable: true }));
        const leader = await openDesk(browser, await stage.newAgent({ name: 'Chị Hạnh', role: 'leader' }));
        await leader.getByRole('link', { name: 'Bảng ca trực' }).click();
        await leader
          .getByRole('button', { name: /^Giao / })
          .nth(2)
          .waitFor();

        await claim(lan, /Web/);
        await reply(lan, 'Em chào anh ở web ạ');
        await web.locator('.bubble').getByText('Em chào anh ở web ạ').waitFor();
        await claim(lan, /Zalo/);
        await reply(lan, 'Em chào anh ở Zalo ạ');
        await eventually(() => onZalo(zaloUser).some(({ text }) => text === 'Em chào anh ở Zalo ạ'));
        const papers = { name: 'huong-dan.pdf', mimeType: 'application/pdf', buffer: PDF };
        await lan.locator('input[type=file]').setInputFiles(papers);
        await lan.getByRole('status').getByText('huong-dan.pdf').waitFor();
        await lan.getByRole('button', { name: 'Gửi', exact: true }).click();
        const received = () => onZalo(zaloUser).find(({ kind }) => kind === 'file')?.attachments[0];
        await eventually(() => received() !== undefined);
        expect(received()?.payload).toMatchObject({ name: 'huong-dan.pdf' });
        const downloaded = await fetch(String(received()?.payload['url']));
        expect(Buffer.from(await downloaded.arrayBuffer())).toEqual(PDF);
        await claim(minh, /Telegram/);
        await reply(minh, 'Em chào anh ở Telegram ạ');
        await telegram.waitFor(shows('Em chào anh ở Telegram ạ'));

        await lan.getByRole('button', { name: 'Việc khác' }).click();
        await lan.getByRole('menuitem', { name: 'Chuyển cho người khác…' }).click();
        await lan.getByText(/Anh Minh · đang giữ 1 cuộc/).click();
        await lan.getByLabel('Ghi chú cho người nhận (khách không thấy)').fill('Khách cần xem lại công tơ');
        await lan.getByRole('button', { name: 'Chuyển', exact: true }).click();
        await openMine(minh, /Zalo/);
        await minh.locator('.note').getByText('Khách cần xem lại công tơ').waitFor();
        await reply(minh, 'Em là Minh, em xem tiếp ạ');
        await eventually(() => onZalo(zaloUser).some(({ text }) => text === 'Em là Minh, em xem tiếp ạ'));
        expect(onZalo(zaloUser).some(({ text = '' }) => text.includes('công tơ'))).toBe(false);

        await leader.getByRole('button', { name: /^Giao .*Telegram/ }).click();
        await leader.getByText(/Chị Lan · đang giữ 1 cuộc/).click();
        await leader.getByRole('button', { name: 'Giao', exact: true }).click();
        await openMine(lan, /Telegram/);
        await reply(lan, 'Em là Lan, em nhận tiếp ạ');
        await telegram.waitFor(shows('Em là Lan, em nhận tiếp ạ'));

        await end(lan);
        await openMine(lan, /Web/);
        await end(lan);
        await end(minh);
        await web.getByRole('button', { name: 'Rất hài lòng' }).click();
        await eventually(() => onZalo(zaloUser).some(({ buttons }) => buttons.length === 5));
        control.tap(zaloUser, onZalo(zaloUser).findLast(({ buttons }) => buttons.length === 5)?.id ?? '', 4);
        const asked = () => telegram.shown.findLast(({ keyboard }) => keyboard?.inline_keyboard.flat().length === 5);
        await telegram.waitFor(() => asked() !== undefined);
        const last = asked()?.keyboard?.inline_keyboard.flat().at(-1);
        telegram.tap(CHAT, last !== undefined && 'callback_data' in last ? last.callback_data : '');
        await leader.reload();
        await leader
          .getByRole('row', { name: /Chị Lan/ })
          .getByText('5,0 / 5 (2 lượt)')
          .waitFor();
        await leader
          .getByRole('row', { name: /Anh Minh/ })
          .getByText('5,0 / 5 (1 lượt)')
          .waitFor();
      }),
    TEST_MS,
  );
});
