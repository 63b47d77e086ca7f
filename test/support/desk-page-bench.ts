import { afterEach, beforeEach } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { stageClock } from '../../scripts/stage-clock.ts';
import type { DeskChannel } from '../../src/integrations/agent-desk/desk-channels.ts';
import { bundleDesk } from './bundle-desk.ts';
import { openPage } from './chromium.ts';
import { playScene, SCENE, sceneRecords } from './desk-scene.ts';
import { type DeskServer, startDesk } from './desk-server.ts';
import { logInDesk } from './log-in-desk.ts';

export const LAPTOP = { width: 1280, height: 720 };
export const PAGE_TIMEOUT_MS = 60_000;

/** The desk's page over a server with a morning's conversations, new for each test; registers its own hooks. */
export function useDeskPage() {
  const bundle = bundleDesk();
  let desk: DeskServer;
  let url: string;
  let channels: Map<string, DeskChannel>;

  beforeEach(async () => {
    const demoAgents = [{ login: 'lan', password: 'pw-lan', name: 'Chị Lan', role: 'agent' as const }];
    const now = stageClock.now();
    channels = new Map();
    desk = await startDesk({
      ...{ pagesFolder: bundle.folder, demoAgents, channels, records: sceneRecords(now) },
      suggestReply: async () => 'Câu của bot',
    });
    desk.clock.advance(now - desk.clock.now());
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    playScene(desk);
    url = `${await desk.listen()}/desk`;
  });
  afterEach(() => desk.close());

  return {
    get desk() {
      return desk;
    },
    get url() {
      return url;
    },
    get channels() {
      return channels;
    },
    async logIn(browser: Browser, login: string, viewport = LAPTOP) {
      const opened = await openPage(browser, url, viewport);
      const { page } = opened;
      await logInDesk(page, login);
      await page.getByRole('option').first().waitFor();
      return opened;
    },
    async openWaiting(page: Page, name: RegExp) {
      await page.getByRole('option', { name }).click();
      await page.getByRole('log').waitFor();
    },
    claimButton: (page: Page) => page.getByRole('button', { name: 'Nhận cuộc', exact: true }),
    answerBox: (page: Page) => page.getByLabel('Trả lời khách'),
    customerSays: (text: string, isSilent = false) =>
      desk.conversations.add(SCENE.bill, {
        messages: [{ author: 'customer', at: desk.clock.now(), content: { text } }],
        isSilent,
      }),
  };
}
