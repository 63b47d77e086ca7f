import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createFakeChat } from '../support/fake-chat.ts';
import { echo, openChat, PATIENT, say, setUpWidgetBench, untilShown } from '../support/widget-bench.ts';

const bench = setUpWidgetBench();

/** Of the first element that the selector names in the widget: its height in pixels, and a property of its style. */
function look(page: Page, selector: string, property: string): Promise<{ height: number; value: string }> {
  return page
    .locator(`lang-nghe-chat ${selector}`)
    .first()
    .evaluate(
      (element, name) => ({
        height: element.getBoundingClientRect().height,
        value: getComputedStyle(element).getPropertyValue(name),
      }),
      property,
    );
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
