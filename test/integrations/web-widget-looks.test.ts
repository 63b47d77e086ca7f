import { describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { createFakeChat } from '../support/fake-chat.ts';
import { echo, openChat, PATIENT, say, setUpWidgetBench, untilShown } from '../support/widget-bench.ts';

const bench = setUpWidgetBench();

/** Of the first element that the selector names in the widget: its height in whole pixels, and a property of its style. */
function look(page: Page, selector: string, property: string): Promise<{ height: number; value: string }> {
  return page
    .locator(`lang-nghe-chat ${selector}`)
    .first()
    .evaluate(
      (element, name) => ({
        height: Math.round(element.getBoundingClientRect().height),
        value: getComputedStyle(element).getPropertyValue(name),
      }),
      property,
    );
}

/** What watches sizes has done its work then. */
function twoFrames(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

describe('the widget', () => {
  test(
    'has an empty field of one line on the narrowest phone',
    async () => {
      const server = await bench.start(createFakeChat(echo));
      const heightAt = async (width: number) => {
        let height = 0;
        await bench.visit(
          server,
          async (page) => {
            await openChat(page);
            height = (await look(page, 'textarea', 'height')).height;
          },
          { viewport: { width, height: 568 } },
        );
        return height;
      };
      expect(await heightAt(320)).toBe(await heightAt(1_280));
    },
    PATIENT,
  );

  test(
    'is not covered by an SMS of the demo on a phone, until the SMS is closed',
    async () => {
      const text =
        'Lang Nghe: ma xac thuc cua quy khach la 123456, co hieu luc trong 5 phut. Khong dua ma cho bat ky ai.';
      const sent = { number: 1, at: Date.now() + 60_000, to: '09••••5678', text };
      let isSent = false;
      const sms = async (after: number) => (isSent && after < 1 ? [sent] : []);
      const server = await bench.start(createFakeChat(echo), { demo: { customers: [], sms } });
      await bench.visit(
        server,
        async (page) => {
          await openChat(page);
          for (const words of ['một', 'hai', 'ba', 'bốn', 'năm']) {
            await say(page, words);
          }
          await page.getByText('Đã nhận: năm').waitFor();
          isSent = true;
          const banner = page.getByRole('button', { name: 'Đóng tin nhắn SMS' });
          await banner.waitFor();
          await twoFrames(page);
          const box = async (locator: Locator) => {
            const { y, height } = (await locator.boundingBox()) ?? { y: Number.NaN, height: Number.NaN };
            return { top: Math.round(y), bottom: Math.round(y + height) };
          };
          const chat = page.locator('lang-nghe-chat .window');
          const { bottom } = await box(banner);
          expect((await box(chat)).top).toBeGreaterThanOrEqual(bottom);
          const field = await box(page.locator('lang-nghe-chat textarea'));
          expect((await box(page.getByText('Đã nhận: năm'))).bottom).toBeLessThan(field.top);
          expect(field.bottom).toBeLessThan(844);
          await banner.click();
          await twoFrames(page);
          expect(await box(chat)).toEqual({ top: 0, bottom: 844 });
        },
        { viewport: { width: 390, height: 844 } },
      );
    },
    PATIENT,
  );

  test(
    'leaves more than half of a low window to the conversation',
    async () => {
      const server = await bench.start(createFakeChat(echo));
      await bench.visit(
        server,
        async (page) => {
          await openChat(page);
          expect((await look(page, '.log', 'height')).height).toBeGreaterThan(400 * 0.6);
        },
        { viewport: { width: 640, height: 400 } },
      );
    },
    PATIENT,
  );

  test(
    'draws a line around itself and around what each has said where the device sets the colours',
    async () => {
      const server = await bench.start(createFakeChat(echo));
      await bench.visit(server, async (page) => {
        await page.emulateMedia({ forcedColors: 'active' });
        await openChat(page);
        await say(page, 'chào em');
        await untilShown(page, 'chào em', 'Đã nhận: chào em');
        for (const part of ['.window', '.customer .bubble', '.bot .bubble']) {
          expect((await look(page, part, 'border-top-style')).value).toBe('solid');
        }
      });
    },
    PATIENT,
  );

  test(
    'moves nothing for who wants no motion',
    async () => {
      const server = await bench.start(createFakeChat(echo));
      await bench.visit(server, async (page) => {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        expect((await look(page, '.launcher', 'transition-duration')).value).toBe('0s');
        await openChat(page);
        expect((await look(page, '.window', 'animation-name')).value).toBe('none');
      });
    },
    PATIENT,
  );
});
