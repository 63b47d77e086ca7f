import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { openPage, withBrowser } from '../support/chromium.ts';
import { useDemoServer } from '../support/servers/demo-server.ts';
import { textOfPdf } from '../support/text-of-pdf.ts';

const TIMEOUT_MS = 120_000;
/** The first demo customer: 250 kWh a month, 636.768 đ by the price table in force. */
const CODE = 'PB06010001234';
const TOTAL = '636.768';

describe('from nothing to an answered bill and a human who takes over', () => {
  const demo = useDemoServer(TIMEOUT_MS);

  test(
    'a visitor gets the right amount, asks for a human, an agent answers and gives back to the bot',
    async () => {
      const base = demo.address();
      await withBrowser(async (browser) => {
        const { page: customer, problems } = await openPage(browser, base);
        await customer
          .getByRole('button', { name: /Hỏi đáp/ })
          .first()
          .click();
        const chat = customer.getByRole('log', { name: 'Nội dung trò chuyện' });
        const say = async (text: string) => {
          await customer.getByLabel('Tin nhắn của quý khách').fill(text);
          await customer.keyboard.press('Enter');
        };

        await say('coi giùm chị tiền điện tháng rồi');
        await chat
          .getByText(/mã khách hàng/)
          .last()
          .waitFor();
        await say(CODE);
        const sms = customer.getByRole('log', { name: 'Tin nhắn SMS của bản dùng thử' });
        await sms
          .getByText(/\b\d{6}\b/)
          .first()
          .waitFor();
        const code = /\b\d{6}\b/.exec(await sms.innerText())?.[0] ?? '';
        expect(code).toMatch(/^\d{6}$/);
        await chat
          .getByText(/mã xác minh 6 số/)
          .last()
          .waitFor();
        await say(code);
        await chat.getByText(TOTAL).first().waitFor();
        await chat.getByText('250 kWh').first().waitFor();
        expect(await chat.innerText()).not.toContain(code);

        await say('cho chị xin hóa đơn bản pdf');
        await chat.getByRole('button', { name: 'Kiểm tra hóa đơn đã có' }).last().click();
        await chat.getByRole('button', { name: 'Nhận tệp PDF tại đây' }).last().click();
        const sheet = chat.getByRole('link', { name: /^Bảng kê tiền điện .*pdf$/ });
        await sheet.waitFor();
        const opened = customer.waitForEvent('download');
        await sheet.click();
        const download = await opened;
        expect(download.suggestedFilename()).toMatch(/^Bảng kê tiền điện \d\d-\d{4}\.pdf$/);
        expect(await textOfPdf(await readFile(await download.path()))).toContain(TOTAL);

        await say('gặp nhân viên');
        await chat
          .getByText(/nhân viên/)
          .last()
          .waitFor();
        const { page: agent } = await openPage(browser, `${base}/desk`);
        await agent.getByRole('button', { name: /Chị Lan/ }).click();
        await agent.getByRole('button', { name: 'Đăng nhập' }).click();
        await agent.getByRole('option').first().click();
        await agent.getByRole('button', { name: 'Nhận cuộc', exact: true }).click();
        await agent.getByRole('log').getByText(TOTAL).first().waitFor();
        await agent
          .getByLabel('Trả lời khách')
          .fill('Em là Lan, em xem hóa đơn rồi ạ. Chị cần em giải thích phần nào?');
        await agent.keyboard.press('Enter');
        await chat.getByText('Em là Lan, em xem hóa đơn rồi ạ.').waitFor();

        await say('chị hiểu rồi em');
        await agent.getByRole('log').getByText('chị hiểu rồi em').waitFor();
        await agent.getByRole('button', { name: 'Trả về bot' }).click();
        await agent.getByText('Bot đang trả lời khách.').waitFor();
        await say('cho hỏi giờ nhà chị có lịch cúp điện không');
        await chat
          .locator('.message.bot')
          .getByText(/lịch|cúp|ngừng/)
          .last()
          .waitFor();

        const { page: leader } = await openPage(browser, `${base}/desk`);
        await leader.getByRole('button', { name: /Chị Hạnh/ }).click();
        await leader.getByRole('button', { name: 'Đăng nhập' }).click();
        await leader.getByRole('link', { name: 'Nhiều điểm' }).click();
        await leader.getByText('Chưa xác nhận').first().waitFor();
        expect(await leader.getByRole('main').innerText()).toContain('Tiệm Cà Mau (PB1401***003)');

        // What has arrived before stands on the phone, and covers nothing of a page that is opened now.
        const { page: later } = await openPage(browser, base);
        await later
          .getByText(/Gửi tới/)
          .first()
          .waitFor();
        expect(await later.getByRole('button', { name: 'Đóng tin nhắn SMS' }).count()).toBe(0);
        expect(problems).toEqual([]);
      });
    },
    TIMEOUT_MS,
  );
});
