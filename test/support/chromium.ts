import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { STAGE_AHEAD_MS } from '../../scripts/stage-clock.ts';

export const DESKTOP = { width: 1280, height: 800 } as const;
export const PHONE = { width: 390, height: 844 } as const;

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenedPage {
  readonly page: Page;
  /** The browser profile of this page: further tabs share its cookies and storage. */
  readonly context: BrowserContext;
  /** Errors that the page threw or wrote to its console, refused content included. */
  readonly problems: readonly string[];
}

/** Starts Debian's Chromium. Close it in `afterAll`, or jest hangs. */
export function launchBrowser(): Promise<Browser> {
  const { CHROMIUM: executablePath = '/usr/bin/chromium' } = process.env;
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Starts Debian's Chromium for as long as `use` runs; it is closed also when `use` fails. */
export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await launchBrowser();
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** Opens an address in a fresh profile: its own cookies and storage. */
export async function openPage(
  browser: Browser,
  url: string,
  viewport: { width: number; height: number } = DESKTOP,
): Promise<OpenedPage> {
  const isPhone = viewport.width < 500;
  const context = await browser.newContext({
    viewport,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    isMobile: isPhone,
    hasTouch: isPhone,
  });
  // The browser lives at the machine's time, also where `test:file -- --at` has turned the clock of the test.
  await context.addInitScript(shiftClock, STAGE_AHEAD_MS + Number(process.env['CLOCK_SHIFT_MS'] ?? 0));
  return openTab(context, url);
}

/** Inside a page: its clock goes with that of the servers. */
function shiftClock(aheadMs: number): void {
  const machineNow = Date.now;
  globalThis.Date = class extends Date {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [machineNow() + aheadMs] : given) as [number]));
    }

    static override now(): number {
      return machineNow() + aheadMs;
    }
  } as DateConstructor;
}

/** Opens an address beside the pages that share this profile. */
export async function openTab(context: BrowserContext, url: string): Promise<OpenedPage> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      problems.push(message.text());
    }
  });
  await page.goto(url);
  return { page, context, problems };
}
