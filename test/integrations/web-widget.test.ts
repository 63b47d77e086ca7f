import { describe, expect, test } from '@jest/globals';
import { openTab } from '../support/chromium.ts';
import { createFakeChat } from '../support/fake-chat.ts';
import {
  bubbles,
  echo,
  openChat,
  PATIENT,
  say,
  setUpWidgetBench,
  untilShown,
  writtenTo,
} from '../support/widget-bench.ts';

const bench = setUpWidgetBench();

describe('the widget', () => {
  test(
    'loses and doubles nothing across a reload and a restart of the server',
    async () => {
      const chat = createFakeChat(echo);
      const server = await bench.start(chat);
      await bench.visit(server, async (page) => {
        await openChat(page);
        await say(page, 'một');
        await untilShown(page, 'một', 'Đã nhận: một');

        await page.reload();
        await untilShown(page, 'một', 'Đã nhận: một');

        await server.stop();
        await say(page, 'hai');
        await say(page, 'ba');
        await page.locator('.status.problem').first().waitFor();
        await page.getByText('Mất kết nối').waitFor();
        expect(await bubbles(page)).toEqual(['một', 'Đã nhận: một', 'hai', 'ba']);

        await bench.start(chat, { port: server.port });
        const all = ['một', 'Đã nhận: một', 'hai', 'Đã nhận: hai', 'ba', 'Đã nhận: ba'];
        await untilShown(page, ...all);
        expect(writtenTo(chat)).toEqual(['một', 'hai', 'ba']);

        await page.reload();
        await untilShown(page, ...all);
        expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(':out:')))).toEqual([]);
      });
    },
    PATIENT,
  );

  test(
    'keeps a message whose acknowledgement was lost one message',
    async () => {
      const chat = createFakeChat(echo);
      let failures = 2;
      const server = await bench.start(chat, {
        async receive(event) {
          const result = await chat.receive(event);
          if (failures > 0) {
            failures -= 1;
            throw new Error('stored, but the answer is lost');
          }
          return result;
        },
      });
      await bench.visit(server, async (page) => {
        await openChat(page);
        await say(page, 'một');
        await untilShown(page, 'một', 'Đã nhận: một');
        await say(page, 'hai');
        await untilShown(page, 'một', 'Đã nhận: một', 'hai', 'Đã nhận: hai');
        expect(writtenTo(chat)).toEqual(['một', 'hai']);
      });
    },
    PATIENT,
  );

  test(
    'sends in a new tab what a closed one could not send',
    async () => {
      const chat = createFakeChat(echo);
      const server = await bench.start(chat);
      await bench.visit(server, async (page, context) => {
        await openChat(page);
        await say(page, 'một');
        await untilShown(page, 'một', 'Đã nhận: một');
        await server.stop();
        await say(page, 'hai');
        await page.locator('.status.problem').first().waitFor();
        await page.close();
        await bench.start(chat, { port: server.port });
        const next = await openTab(context, server.url);
        await openChat(next.page);
        await untilShown(next.page, 'một', 'Đã nhận: một', 'hai', 'Đã nhận: hai');
        expect(writtenTo(chat)).toEqual(['một', 'hai']);
      });
    },
    PATIENT,
  );

  test(
    'shows one conversation in several tabs of a browser',
    async () => {
      const chat = createFakeChat(echo);
      const server = await bench.start(chat);
      await bench.visit(server, async (page, context) => {
        await openChat(page);
        await say(page, 'một');
        const second = (await openTab(context, server.url)).page;
        await openChat(second);
        await say(second, 'hai');
        const all = ['một', 'Đã nhận: một', 'hai', 'Đã nhận: hai'];
        await Promise.all([untilShown(page, ...all), untilShown(second, ...all)]);
        expect(new Set(chat.stored.map(({ conversationId }) => conversationId)).size).toBe(1);
      });
    },
    PATIENT,
  );

  test(
    'polls where sockets do not get through',
    async () => {
      const chat = createFakeChat(echo);
      const server = await bench.start(chat);
      await bench.visit(server, async (page) => {
        await page.addInitScript(() => {
          Object.assign(globalThis, {
            WebSocket: class {
              onerror?: () => void;
              constructor() {
                setTimeout(() => this.onerror?.());
              }
              close(): void {}
            },
          });
        });
        await page.reload();
        await openChat(page);
        await say(page, 'một');
        await untilShown(page, 'một', 'Đã nhận: một');
        chat.say(chat.stored[0]?.conversationId ?? '', 'Em còn đây ạ.');
        await untilShown(page, 'một', 'Đã nhận: một', 'Em còn đây ạ.');
      });
    },
    PATIENT,
  );

  test(
    'renews its token by the cookie when it has expired',
    async () => {
      const chat = createFakeChat(echo);
      const server = await bench.start(chat);
      await bench.visit(server, async (page) => {
        await openChat(page);
        await say(page, 'một');
        await untilShown(page, 'một', 'Đã nhận: một');
        server.time.now += 31 * 60_000;
        await say(page, 'hai');
        await untilShown(page, 'một', 'Đã nhận: một', 'hai', 'Đã nhận: hai');
        expect(new Set(chat.stored.map(({ conversationId }) => conversationId)).size).toBe(1);
      });
    },
    PATIENT,
  );

  test(
    'begins a new conversation, with nothing of the old one, when the cookie is gone',
    async () => {
      const chat = createFakeChat(echo);
      const server = await bench.start(chat);
      await bench.visit(server, async (page, context) => {
        await openChat(page);
        await say(page, 'một');
        await untilShown(page, 'một', 'Đã nhận: một');
        await context.clearCookies();
        server.time.now += 31 * 60_000;
        await say(page, 'hai');
        await untilShown(page, 'hai', 'Đã nhận: hai');
        expect(new Set(chat.stored.map(({ conversationId }) => conversationId)).size).toBe(2);
      });
    },
    PATIENT,
  );
});
