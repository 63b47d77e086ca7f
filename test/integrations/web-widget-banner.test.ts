import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openBannerBench } from '../support/banner-bench.ts';
import { createFakeChat } from '../support/fake-chat.ts';
import { sampleCrisis } from '../support/sample-records.ts';
import { seriousFaults } from '../support/serious-faults.ts';
import { echo, openChat, PATIENT, say, setUpWidgetBench, untilShown } from '../support/widget-bench.ts';

const HOUR_MS = 3_600_000;
const SMALL_PHONE = { width: 320, height: 568 };
const bench = setUpWidgetBench();
/** What axe itself does to a page. */
const AXE = { toleratedProblems: /Applying inline style/ };

describe('the banner in the widget', () => {
  let banner: ReturnType<typeof openBannerBench>;
  beforeEach(() => {
    banner = openBannerBench();
  });
  afterEach(() => banner.close());

  const publish = (version: number, more: object = {}) => {
    const now = banner.clock.now();
    const message = { id: 'TK1', version, updatedAt: now, expiresAt: now + HOUR_MS, ...more };
    return banner.here.crises.append(sampleCrisis(message));
  };
  /** Waits until so many notices stand there. */
  const untilNotices = (page: Page, count: number) =>
    page.waitForFunction(
      (wanted) => document.querySelector('lang-nghe-chat')?.shadowRoot?.querySelectorAll('.notice').length === wanted,
      count,
    );

  test(
    'comes while the window is open, is announced, can be put away by keyboard, and comes back when it changes',
    async () => {
      const server = await bench.start(createFakeChat(echo), { banner });
      await bench.visit(
        server,
        async (page) => {
          await openChat(page);
          await say(page, 'xin chào');
          await untilShown(page, 'xin chào', 'Đã nhận: xin chào');
          await publish(1);
          const calm = page.getByRole('status').filter({ hasText: 'Tin đồn cắt điện' });
          await calm.getByText('Cập nhật lúc 10:00 Chủ nhật 22/11/2026').waitFor();
          await publish(1, { id: 'TK2', title: 'Dây điện rơi', isDanger: true });
          await page.getByRole('alert').filter({ hasText: 'Dây điện rơi' }).waitFor();
          expect(await seriousFaults(page)).toEqual([]);
          await page.getByRole('button', { name: 'Đóng thông báo: Tin đồn cắt điện' }).focus();
          await page.keyboard.press('Enter');
          await untilNotices(page, 1);
          await page.keyboard.type('tiếp');
          expect(await page.locator('textarea').inputValue()).toBe('tiếp');
          await publish(2, { text: 'Dạ, công an đang tìm người tung tin ạ.' });
          await calm.getByText('công an đang tìm').waitFor();
          await publish(2, { id: 'TK2', state: 'withdrawn' });
          await untilNotices(page, 1);
          await page.getByRole('button', { name: 'Đóng thông báo: Tin đồn cắt điện' }).click();
          await untilNotices(page, 0);
          // What was put away stays so for this browser.
          await page.reload();
          await publish(1, { id: 'TK3', title: 'Tin khác' });
          await page.getByText('Tin khác').waitFor();
          await untilNotices(page, 1);
        },
        AXE,
      );
    },
    PATIENT,
  );

  test(
    'leaves half of the smallest telephone to the conversation, however long it is',
    async () => {
      const server = await bench.start(createFakeChat(echo), { banner });
      await publish(1, { text: 'Dạ, đây là tin giả, điện lực không cắt điện của quý khách. '.repeat(10) });
      await bench.visit(
        server,
        async (page) => {
          await openChat(page);
          await untilNotices(page, 1);
          const height = await page.locator('lang-nghe-chat .log').evaluate((log) => log.clientHeight);
          expect(height).toBeGreaterThan(SMALL_PHONE.height / 2);
        },
        { viewport: SMALL_PHONE },
      );
    },
    PATIENT,
  );

  test(
    'goes when its time is over, although the server says nothing more',
    async () => {
      const server = await bench.start(createFakeChat(echo), { banner });
      await publish(1, { expiresAt: banner.clock.now() + 1_500 });
      await bench.visit(server, async (page) => {
        await openChat(page);
        await untilNotices(page, 1);
        await untilNotices(page, 0);
      });
    },
    PATIENT,
  );
});
