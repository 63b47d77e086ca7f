import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import websocket from '@fastify/websocket';
import Fastify from 'fastify';
import { createWebChannel, type WebChannel, type WebChannelDeps } from '../../src/integrations/channels/web/adapter.ts';
import type { FakeChat } from './fake-chat.ts';
import { createMediaInMemory } from './media-in-memory.ts';

export interface WebServer {
  readonly url: string;
  readonly port: number;
  readonly channel: WebChannel;
  /** Clock of the server, UTC ms: move it to let tokens expire. */
  readonly time: { now: number };
  stop(): Promise<void>;
}

export const SECRET = 'a-secret-for-other-servers';

let served = 0;

/** The web channel on a real port (a free one, unless `port` is given) in front of a fake conversation. */
export async function startWebServer(
  chat: FakeChat,
  options: Partial<WebChannelDeps> & { port?: number } = {},
): Promise<WebServer> {
  const { port: wanted = 0, ...deps } = options;
  const time = { now: Date.UTC(2026, 10, 22, 1) };
  served += 1;
  const server = served;
  let drawn = 0;
  const channel = createWebChannel({
    views: chat.views,
    events: chat.events,
    receive: chat.receive,
    media: createMediaInMemory(),
    clock: { now: () => time.now },
    ids: {
      next() {
        drawn += 1;
        return `id${server}x${drawn}`;
      },
      ticketNumber: (prefix) => `${prefix}-1`,
    },
    tokenKey: 'a-key-for-tests-that-is-long-enough!',
    secret: SECRET,
    account: 'main',
    allowedOrigins: ['https://www.dienluc.example'],
    speakers: { bot: 'Trợ lý ảo', system: 'Điện lực <Thử> & Nghiệm' },
    logger: { warn: () => undefined },
    ...deps,
  });
  const app = Fastify({ forceCloseConnections: true });
  await app.register(cookie);
  await app.register(websocket);
  await channel.register(app);
  await app.listen({ host: '127.0.0.1', port: wanted });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    channel,
    time,
    async stop() {
      channel.close();
      await app.close();
    },
  };
}
