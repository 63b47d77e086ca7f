import { afterEach } from '@jest/globals';
import { createFakeChat, type FakeChat } from './fake-chat.ts';
import { startWebServer, type WebServer } from './web-server.ts';

/** Starts web servers for the tests of one file, each in front of its own chat unless given one, and stops them after each test. */
export function createServerStarter() {
  let running: WebServer[] = [];

  afterEach(async () => {
    await Promise.all(running.map((server) => server.stop()));
    running = [];
  });

  return async (
    options: Parameters<typeof startWebServer>[1] = {},
    chat: FakeChat = createFakeChat(),
  ): Promise<{ chat: FakeChat; server: WebServer }> => {
    const server = await startWebServer(chat, options);
    running.push(server);
    return { chat, server };
  };
}
