import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTelegramApi, type TelegramApi } from '../../src/integrations/channels/telegram/api.ts';

/** What stands at the address of the Bot API answers each call with this. */
let answer = '';
let server: Server;
let api: TelegramApi;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  api = createTelegramApi({ token: '1:A', apiRoot: `http://127.0.0.1:${port}`, httpTimeoutMs: 5_000 });
});
afterAll(() => {
  api.close();
  server.closeAllConnections();
  server.close();
});

test.each(['{}', '{"ok":false}', '{"error":"gateway"}', '<h1>Bad Gateway</h1>'])(
  'an answer that is not of Telegram is a fault of the server, which is tried again, and never ends the process: %s',
  async (given) => {
    answer = given;
    expect(await api.call('setWebhook', {})).toEqual({ kind: 'server_error', status: 0 });
  },
);

test('a refusal of Telegram is told as it is', async () => {
  answer = '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":2}}';
  expect(await api.call('setWebhook', {})).toEqual({
    ...{ kind: 'error', code: 429, description: 'Too Many Requests', retryAfterMs: 2_000 },
  });
});
