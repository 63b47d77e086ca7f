import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { createZaloSimulator, type ZaloSimulator } from '../../../simulators/zalo/create-zalo-simulator.ts';
import { DESKTOP, openPage, PHONE, withBrowser } from '../../support/chromium.ts';
import { type Product, startProduct } from './support/start-product.ts';

let simulator: ZaloSimulator;
let product: Product;
let address: string;
let accessToken: string;

beforeAll(async () => {
  product = await startProduct();
  simulator = createZaloSimulator({
    events: 'chatbot',
    webhookUrl: product.url,
    settings: { receipts: { received: { delayMs: [0, 0] } } },
  });
  address = await simulator.listen();
  accessToken = simulator.control.issueTokens().accessToken;
});
afterAll(async () => {
  await simulator.close();
  await product.close();
});

const openPhone = (browser: Browser, size: { width: number; height: number }) =>
  openPage(browser, `${address}/phone/zalo`, size);

async function answer(userId: string, message: unknown): Promise<string> {
  const response = await fetch(`${address}/v3.0/oa/message/cs`, {
    method: 'POST',
    headers: { access_token: accessToken, 'content-type': 'application/json' },
    body: JSON.stringify({ recipient: { user_id: userId }, message }),
  });
  const { data } = (await response.json()) as { data: { message_id: string } };
  return data.message_id;
}

/** Events about one user: the tests share a webhook. */
const eventsOf = (userId: string, name: string) =>
  product.named(name).filter(({ event }) => [event.sender?.id, event.recipient?.id].includes(userId));

const userOf = (name: string) => {
  const user = [...simulator.control.world().users.values()].find((one) => one.name === name);
  if (user === undefined) {
    throw new Error(`No user ${name}`);
  }
  return user;
};

describe('the phone page', () => {
  test('lets somebody join, write, tap a button that does not print, and read', async () => {
    await withBrowser(async (browser) => {
      const { page, problems } = await openPhone(browser, DESKTOP);
      await page.getByLabel('Tên người dùng mới').fill('Nguyễn Thị Hoa');
      await page.getByLabel('Số điện thoại').fill('0912 345 678');
      await page.getByRole('button', { name: 'Thêm người' }).click();
      await page.getByLabel('Tin nhắn', { exact: true }).fill('Tiền điện tháng này?');
      await page.keyboard.press('Enter');
      await page.getByText('Đã nhận').waitFor();
      const { id, phone } = userOf('Nguyễn Thị Hoa');
      expect(phone).toBe('84912345678');
      expect(eventsOf(id, 'user_send_text')[0]?.event.message?.['text']).toBe('Tiền điện tháng này?');

      const sent = await answer(id, {
        text: 'Dạ, chị chọn giúp em ạ. <b>https://example.vn/a</b>',
        attachment: {
          type: 'template',
          payload: {
            template_type: 'button',
            buttons: [
              { title: 'Xem hóa đơn', type: 'oa.query.hide', payload: '#HOA_DON' },
              { title: 'Gọi tổng đài', type: 'oa.open.phone', payload: { phone_code: '8419001006' } },
            ],
          },
        },
      });
      await page.getByText('Đã xem').waitFor();
      await page.getByRole('link', { name: 'https://example.vn/a' }).waitFor();
      await page.getByRole('button', { name: 'Xem hóa đơn' }).click();
      while (eventsOf(id, 'user_send_text').length < 2 || eventsOf(id, 'user_seen_message').length === 0) {
        await page.waitForTimeout(20);
      }
      expect(eventsOf(id, 'user_send_text')[1]?.event.message?.['text']).toBe('#HOA_DON');
      expect(eventsOf(id, 'user_seen_message')[0]?.event.message?.['msg_ids']).toEqual([sent]);
      expect(await page.getByText('#HOA_DON').count()).toBe(0);
      await page.getByRole('button', { name: 'Gọi tổng đài' }).click();
      await page.getByRole('dialog').getByText('8419001006').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(problems).toEqual([]);
    });
  }, 60_000);

  test('sends stickers, a picture and a place from a small screen', async () => {
    const { id } = simulator.control.createUser({ name: 'Lê Thu Hà', readsOnScreen: true });
    await withBrowser(async (browser) => {
      const { page, problems } = await openPhone(browser, PHONE);
      await page.getByRole('button', { name: 'Lê Thu Hà' }).click();
      await page.getByRole('button', { name: 'Nhãn dán' }).click();
      await page.getByRole('button', { name: 'Mất điện', exact: true }).click();
      await page.getByRole('img', { name: 'Nhãn dán' }).waitFor();
      await page.getByRole('button', { name: 'Đính kèm' }).click();
      await page.getByRole('button', { name: 'Ảnh công tơ' }).click();
      await page.getByRole('img', { name: 'Hình ảnh' }).waitFor();
      await page.getByRole('button', { name: 'Đính kèm' }).click();
      await page.getByRole('button', { name: 'Vị trí' }).click();
      await page.getByRole('button', { name: 'Hồ Hoàn Kiếm' }).click();
      await page.getByText('21.0287, 105.8524').waitFor();
      expect(simulator.control.transcript(id).map(({ kind }) => kind)).toEqual(['sticker', 'image', 'location']);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(problems).toEqual([]);
    });
  }, 60_000);

  test('sees what the bot and a human of the OA write while the chat is open', async () => {
    const { id } = simulator.control.createUser({ name: 'Phạm Mai', readsOnScreen: true });
    simulator.control.say(id, 'Còn ai không?');
    await withBrowser(async (browser) => {
      const { page } = await openPhone(browser, DESKTOP);
      await page.getByRole('button', { name: 'Phạm Mai' }).click();
      simulator.control.adminReply(id, 'Em là Lan ạ');
      await page.getByText('Em là Lan ạ').last().waitFor();
      await answer(id, { text: 'Dạ có em đây ạ' });
      await page.getByText('Dạ có em đây ạ').last().waitFor();
      while (simulator.control.transcript(id).some(({ author, seenAt }) => author !== 'user' && seenAt === undefined)) {
        await page.waitForTimeout(20);
      }
      await page.getByRole('button', { name: 'Phạm Mai' }).locator('.unread').waitFor({ state: 'detached' });
    });
    await simulator.control.settle();
    expect(eventsOf(id, 'user_seen_message')).toHaveLength(1);
  }, 60_000);

  test('shares details when the OA asks for them', async () => {
    const { id } = simulator.control.createUser({
      name: 'Trần Văn Bình',
      readsOnScreen: true,
      lastInteractionAt: Date.now(),
    });
    await answer(id, {
      attachment: {
        type: 'template',
        payload: {
          template_type: 'request_user_info',
          elements: [{ title: 'Liên hệ', subtitle: 'Để gọi lại', image_url: 'https://example.vn/a.png' }],
        },
      },
    });
    await withBrowser(async (browser) => {
      const { page } = await openPhone(browser, DESKTOP);
      await page.getByRole('button', { name: 'Trần Văn Bình' }).click();
      await page.getByRole('button', { name: 'Chia sẻ thông tin', exact: true }).click();
      await page.getByLabel('Số điện thoại', { exact: true }).fill('84987654321');
      await page.getByRole('button', { name: 'Đồng ý chia sẻ' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
    await simulator.control.settle();
    expect(eventsOf(id, 'user_submit_info')[0]?.event['info']).toMatchObject({
      name: 'Trần Văn Bình',
      phone: '84987654321',
    });
  }, 60_000);

  test('forbids scripts and frames of others', async () => {
    const { headers } = await simulator.app.inject({ url: '/phone/zalo' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  });
});
