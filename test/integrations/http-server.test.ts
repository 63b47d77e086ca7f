import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createHttpServer } from '../../src/integrations/http-server.ts';

const log = pino({ level: 'silent' });

function build(options: { isDemo: boolean; checkReady?: () => Promise<void> }) {
  return createHttpServer({ log, parts: [], checkReady: async () => {}, ...options });
}

describe('the HTTP server', () => {
  test.each([
    ['x-forwarded-for', '203.0.113.9'],
    ['forwarded', 'for=203.0.113.9'],
    ['via', '1.1 proxy'],
    ['x-forwarded-host', 'chat.example.vn'],
  ])('in the demo refuses a request that came through a proxy (%s)', async (name, value) => {
    const app = await build({ isDemo: true });
    const answer = await app.inject({ url: '/healthz', headers: { host: 'localhost:8080', [name]: value } });
    expect(answer.statusCode).toBe(403);
    await app.close();
  });

  test.each(['chat.example.vn', '192.168.1.7:8080', 'localhost.evil.example'])(
    'in the demo refuses the host %s, which a foreign page may have given this machine',
    async (host) => {
      const app = await build({ isDemo: true });
      expect((await app.inject({ url: '/healthz', headers: { host } })).statusCode).toBe(403);
      await app.close();
    },
  );

  test.each(['localhost:8080', '127.0.0.1:8080', '[::1]:8080'])(
    'in the demo answers this machine at %s',
    async (host) => {
      const app = await build({ isDemo: true });
      expect((await app.inject({ url: '/healthz', headers: { host } })).json()).toEqual({ status: 'ok' });
      await app.close();
    },
  );

  test('a real service answers behind a proxy', async () => {
    const app = await build({ isDemo: false });
    const headers = { host: 'chat.example.vn', 'x-forwarded-for': '203.0.113.9' };
    expect((await app.inject({ url: '/healthz', headers })).statusCode).toBe(200);
    await app.close();
  });

  test('is not ready while the database does not answer', async () => {
    let isDown = true;
    const app = await build({
      isDemo: false,
      checkReady: () => (isDown ? Promise.reject(new Error('đĩa hỏng')) : Promise.resolve()),
    });
    const down = await app.inject('/readyz');
    expect([down.statusCode, down.json()]).toEqual([503, { status: 'not_ready' }]);
    isDown = false;
    expect((await app.inject('/readyz')).statusCode).toBe(200);
    await app.close();
  });
});
