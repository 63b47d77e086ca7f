import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { InboundEvent } from '../../src/bot/message.ts';
import type { WebChannelDeps } from '../../src/integrations/channels/web/adapter.ts';
import { bundlePages } from './bundle-pages.ts';
import { DESKTOP, launchBrowser, openPage } from './chromium.ts';
import type { FakeChat } from './fake-chat.ts';
import { startWebServer, type WebServer } from './web-server.ts';

/** Time for a test with a real browser, in milliseconds. */
export const PATIENT = 60_000;

// Chromium itself reports each call that found no server, or was refused.
const OFFLINE = /ERR_|Failed to load resource|WebSocket connection/;

/** Servers with our widget, and one browser for all tests of the calling file. */
export interface WidgetBench {
  start(chat: FakeChat, options?: Partial<WebChannelDeps> & { port?: number }): Promise<WebServer>;
  /** Opens the customer page in a profile of its own; fails when the page writes errors to its console. */
  visit(
    server: WebServer,
    use: (page: Page, context: BrowserContext) => Promise<void>,
    options?: { viewport?: { width: number; height: number }; toleratedProblems?: RegExp },
  ): Promise<void>;
}

export function setUpWidgetBench(): WidgetBench {
  let pagesFolder: string;
  let browser: Browser;
  let running: WebServer[] = [];

  beforeAll(async () => {
    pagesFolder = bundlePages(['widget', 'page']);
    browser = await launchBrowser();
  }, PATIENT);
  afterEach(async () => {
    await Promise.all(running.map((server) => server.stop()));
    running = [];
  });
  afterAll(() => browser?.close());

  return {
    async start(chat, options = {}) {
      const server = await startWebServer(chat, { pagesFolder, ...options });
      running.push(server);
      return server;
    },
    async visit(server, use, { viewport = DESKTOP, toleratedProblems = OFFLINE } = {}) {
      const { page, context, problems } = await openPage(browser, server.url, viewport);
      try {
        await use(page, context);
      } finally {
        await context.close();
      }
      expect(problems.filter((problem) => !toleratedProblems.test(problem))).toEqual([]);
    },
  };
}

/** The bot of these tests. */
export function echo(event: InboundEvent): readonly string[] {
  return event.content.kind === 'customer_message' ? [`Đã nhận: ${event.content.text}`] : [];
}

export async function openChat(page: Page): Promise<void> {
  await page.click('.launcher');
  await page.waitForSelector('.window');
}

export async function say(page: Page, text: string): Promise<void> {
  await page.fill('textarea', text);
  await page.press('textarea', 'Enter');
}

/** What the window shows, in its order. */
export function bubbles(page: Page): Promise<string[]> {
  return page.locator('.bubble').allInnerTexts();
}

/** Waits until as many messages are shown and none is on its way, then compares them. */
export async function untilShown(page: Page, ...expected: string[]): Promise<void> {
  await page.waitForFunction((count) => {
    const shadow = document.querySelector('lang-nghe-chat')?.shadowRoot;
    return shadow?.querySelectorAll('.bubble').length === count && !shadow.textContent?.includes('Đang gửi');
  }, expected.length);
  expect(await bubbles(page)).toEqual(expected);
}

export function writtenTo(chat: FakeChat): readonly (string | undefined)[] {
  return chat.stored.map(({ content }) => ('text' in content ? content.text : undefined));
}
