import { afterEach, beforeEach } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { bundleDesk } from './bundle-desk.ts';
import { openPage } from './chromium.ts';
import { LAPTOP } from './desk-page-bench.ts';
import { type DeskServer, startDesk } from './desk-server.ts';
import { logInDesk } from './log-in-desk.ts';

/** The desk's page on an evening, for a dispatcher ("dung") and an agent ("lan"), new for each test; registers its own hooks. */
export function useDispatchDesk() {
  const bundle = bundleDesk();
  let desk: DeskServer;
  let url: string;

  beforeEach(async () => {
    desk = await startDesk({ pagesFolder: bundle.folder });
    desk.clock.advance(Date.parse('2026-11-28T20:00:00+07:00') - desk.clock.now());
    await desk.addAgent('dung', 'Anh Dũng', 'dispatcher');
    await desk.addAgent('lan', 'Chị Lan');
    url = `${await desk.listen()}/desk`;
  });
  afterEach(() => desk.close());

  return {
    get desk() {
      return desk;
    },
    async logIn(browser: Browser, login: string, viewport = LAPTOP) {
      const opened = await openPage(browser, url, viewport);
      await logInDesk(opened.page, login);
      return opened;
    },
  };
}
