import { describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { stageClock } from '../../scripts/stage-clock.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import { DESKTOP, PHONE } from '../support/chromium.ts';
import { createFakeChat } from '../support/fake-chat.ts';
import { SAMPLE_CHART } from '../support/sample-chart.ts';
import { echo, openChat, PATIENT, say, setUpWidgetBench, untilShown } from '../support/widget-bench.ts';

const bench = setUpWidgetBench();

const EVERY_KIND: readonly (Reply | string)[] = [
  'Xem https://www.dienluc.example/gia. <b>Không</b> phải HTML.',
  {
    kind: 'card',
    title: 'Hóa đơn tháng 10/2026',
    rows: [{ label: 'Điện tiêu thụ', value: '250 kWh' }],
    text: 'Chưa thanh toán.',
  },
  SAMPLE_CHART,
  { kind: 'image', url: '/favicon.svg', alt: 'Công tơ điện tử', text: 'Vị trí mã khách hàng' },
  {
    kind: 'choices',
    text: 'Cần gì nữa ạ?',
    choices: [{ label: 'Tháng khác', value: 'other_month' }],
    links: [
      { label: 'Gọi tổng đài', href: 'tel:19000000' },
      { label: 'Bẫy', href: 'javascript:alert(1)' },
    ],
  },
];

/** The top of the newest answer and the end of the last bubble, within the part of the conversation that is seen. */
function placesInView(page: Page): Promise<{ readonly top: number; readonly below: number }> {
  return page.evaluate(() => {
    const shadow = document.querySelector('lang-nghe-chat')?.shadowRoot;
    const log = shadow?.querySelector('.log')?.getBoundingClientRect() ?? new DOMRect();
    const start = shadow?.querySelector('.start')?.getBoundingClientRect() ?? new DOMRect();
    const last = [...(shadow?.querySelectorAll('.bubble') ?? [])].at(-1)?.getBoundingClientRect() ?? new DOMRect();
    return { top: start.top - log.top, below: last.bottom - log.bottom };
  });
}

describe('what the widget shows', () => {
  test(
    'begins with the first lines of a long answer, leads to its end, and keeps the end of a short one in view',
    async () => {
      const long = Array.from({ length: 60 }, (_, line) => `${line + 1}. Tránh xa dây điện`).join('\n');
      const chat = createFakeChat((event) =>
        event.content.kind !== 'customer_message' ? [] : [event.content.text === 'cứu' ? long : 'Dạ.'],
      );
      const server = await bench.start(chat);
      await bench.visit(
        server,
        async (page) => {
          await openChat(page);
          await say(page, 'cứu');
          const toEnd = page.getByRole('button', { name: 'Xuống tin mới nhất' });
          await toEnd.waitFor();
          const { top, below } = await placesInView(page);
          expect([top >= 0 && top < 40, below > 100]).toEqual([true, true]);
          await toEnd.click();
          await toEnd.waitFor({ state: 'detached' });
          expect((await placesInView(page)).below).toBeLessThanOrEqual(0);
          await say(page, 'cảm ơn');
          await untilShown(page, 'cứu', long, 'cảm ơn', 'Dạ.');
          expect((await placesInView(page)).below).toBeLessThanOrEqual(0);
        },
        { viewport: PHONE },
      );
    },
    PATIENT,
  );

  test(
    'is every kind of reply as what it is, and who speaks',
    async () => {
      const chat = createFakeChat((event) =>
        event.content.kind === 'customer_message' && event.content.choice === undefined ? EVERY_KIND : [],
      );
      const server = await bench.start(chat);
      await bench.visit(server, async (page) => {
        await openChat(page);
        await say(page, 'chào');
        const choice = page.getByRole('button', { name: 'Tháng khác' });
        await choice.waitFor();
        expect(await page.locator('.bubble a').getAttribute('href')).toBe('https://www.dienluc.example/gia');
        expect(await page.locator('.bubble b').count()).toBe(0);
        await page.getByRole('img', { name: SAMPLE_CHART.title }).waitFor();
        expect(await page.getByRole('table', { name: SAMPLE_CHART.title }).innerText()).toMatch(
          /10\/2026\s+250 kWh, 636.500 đ \(kỳ đang xem\)/,
        );
        expect(await page.locator('dl dt').innerText()).toBe('Điện tiêu thụ');
        expect(await page.locator('dl dd').innerText()).toBe('250\u00a0kWh');
        expect(await page.getByAltText('Công tơ điện tử').count()).toBe(1);
        expect(await page.getByRole('link', { name: 'Gọi tổng đài' }).getAttribute('href')).toBe('tel:19000000');
        expect(await page.getByText('Bẫy').count()).toBe(0);

        await choice.click();
        await page.getByText('Đã gửi').waitFor();
        expect(chat.stored.at(-1)?.content).toEqual({
          kind: 'customer_message',
          text: 'Tháng khác',
          choice: 'other_month',
        });
        await choice.waitFor({ state: 'detached' });
        expect(await page.getByRole('link', { name: 'Gọi tổng đài' }).count()).toBe(1);
        expect(await page.locator('.speaker strong').allInnerTexts()).toEqual(['Trợ lý ảo']);
        expect(await page.getByRole('dialog').getByRole('heading', { level: 2 }).innerText()).toBe(
          'Điện lực <Thử> & Nghiệm',
        );
        expect(await page.title()).toBe('Điện lực <Thử> & Nghiệm – Chăm sóc khách hàng');

        const conversation = chat.stored[0]?.conversationId ?? '';
        chat.say(conversation, 'Em là Hoa ạ.', { author: 'agent', authorName: 'Nguyễn Thị Hoa' });
        await page.locator('.message.agent').waitFor();
        expect(await page.locator('.agent .speaker').innerText()).toMatch(/Nguyễn Thị Hoa\s+Nhân viên/);
      });
    },
    PATIENT,
  );

  test(
    'waits, typing, for the bot but not for an agent',
    async () => {
      const chat = createFakeChat();
      const server = await bench.start(chat);
      await bench.visit(server, async (page) => {
        await openChat(page);
        await say(page, 'chào');
        await page.locator('.typing').waitFor();
        await page.getByText('Đã gửi').waitFor();
        chat.say(chat.stored[0]?.conversationId ?? '', 'Em nghe ạ.', { author: 'agent', authorName: 'Hoa' });
        await page.locator('.typing').waitFor({ state: 'detached' });
        await say(page, 'dạ');
        await page.getByText('Đã gửi').waitFor();
        expect(await page.locator('.typing').count()).toBe(0);
      });
    },
    PATIENT,
  );

  test(
    'counts what came while the window was closed',
    async () => {
      const chat = createFakeChat(echo);
      const server = await bench.start(chat);
      await bench.visit(server, async (page) => {
        await openChat(page);
        await say(page, 'một');
        await untilShown(page, 'một', 'Đã nhận: một');
        await page.press('textarea', 'Escape');
        await page.locator('.launcher:focus').waitFor();
        chat.say(chat.stored[0]?.conversationId ?? '', 'Tin mới');
        await page.locator('.unread').waitFor();
        expect(await page.locator('.unread').innerText()).toContain('1');
        await openChat(page);
        await page.locator('textarea:focus').waitFor();
      });
    },
    PATIENT,
  );

  test(
    'is the question of a button on the page, asked in the chat',
    async () => {
      const chat = createFakeChat(echo);
      const server = await bench.start(chat);
      await bench.visit(server, async (page) => {
        await page.locator('.tiles button').first().click();
        await untilShown(page, 'Xem tiền điện tháng gần nhất', 'Đã nhận: Xem tiền điện tháng gần nhất');
      });
    },
    PATIENT,
  );

  test(
    'is the SMS of the demo on the phone beside it',
    async () => {
      const sms = smsWhileOpen('Ma xac thuc: 482913');
      const chat = createFakeChat();
      const server = await bench.start(chat, { demo: { customers: [], sms } });
      await bench.visit(server, async (page) => {
        await page.locator('.screen .sms').waitFor();
        expect(await page.locator('.screen').innerText()).toContain('482913');
        expect(await page.locator('.banner').innerText()).toContain('09••••5678');
      });
    },
    PATIENT,
  );
});

/** Comes when the page has looked once: what was there before does not pop up. */
function smsWhileOpen(text: string) {
  let looks = 0;
  return async (after: number) => {
    looks += 1;
    return after > 0 || looks === 1 ? [] : [{ number: 1, at: stageClock.now(), to: '09••••5678', text }];
  };
}

test.each([
  ['a desktop', DESKTOP],
  ['a phone', PHONE],
] as const)(
  'the page and the open chat on %s have no fault that axe knows',
  async (_, viewport) => {
    const chat = createFakeChat(() => EVERY_KIND);
    const demo = { customers: [{ code: 'PB06010001234', note: 'Hộ gia đình' }], sms: async () => [] };
    const server = await bench.start(chat, { demo });
    await bench.visit(
      server,
      async (page) => {
        // What is fading in has the contrast of its moment.
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await page.evaluate(axe.source);
        await page.waitForSelector('.launcher');
        expect(await faultsOf(page)).toEqual([]);
        await openChat(page);
        await say(page, 'chào');
        await page.getByRole('button', { name: 'Tháng khác' }).waitFor();
        expect(await faultsOf(page)).toEqual([]);
      },
      // The inspector itself tries inline styles, which our policy refuses.
      { viewport, toleratedProblems: /Applying inline style/ },
    );
  },
  PATIENT,
);

async function faultsOf(page: Page) {
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }));
}
