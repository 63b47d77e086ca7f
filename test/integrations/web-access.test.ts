import { describe, expect, test } from '@jest/globals';
import { createServerStarter } from '../support/server-starter.ts';
import { activitiesOf, bearer, call, openSession, post, says } from '../support/web-calls.ts';
import { SECRET } from '../support/web-server.ts';

const start = createServerStarter();

describe('a visitor', () => {
  test('is known again by an HttpOnly cookie', async () => {
    const { server } = await start();
    const { headers } = await call(server, 'POST', '/chat/session');
    expect(headers.getSetCookie()[0]).toMatch(
      /^lang_nghe_visitor=\S+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const first = await openSession(server);
    const again = await openSession(server, first.cookie);
    expect(again.conversationId).toBe(first.conversationId);
    expect((await openSession(server)).conversationId).not.toBe(first.conversationId);
  });

  test('with a forged cookie is somebody new', async () => {
    const { server } = await start();
    const { conversationId, token, cookie } = await openSession(server);
    const name = cookie.split('=')[0];
    for (const forged of [conversationId, token, `${cookie.split('=')[1]}x`]) {
      const other = await openSession(server, `${name}=${forged}`);
      expect(other.conversationId).not.toBe(conversationId);
    }
  });

  test('gets a Direct Line token by the cookie, and none without it', async () => {
    const { server } = await start();
    const { conversationId, cookie } = await openSession(server);
    const made = await call(server, 'POST', '/v3/directline/tokens/generate', { headers: { cookie } });
    expect(made.body).toMatchObject({ conversationId, expires_in: 1800 });
    const refused = await call(server, 'POST', '/v3/directline/tokens/generate');
    expect([refused.status, refused.body.error.code]).toEqual([401, 'Unauthorized']);
  });
});

describe('a token', () => {
  test('is refreshed before it expires and refused after', async () => {
    const { server } = await start();
    const session = await openSession(server);
    server.time.now += 29 * 60_000;
    const fresh = await call(server, 'POST', '/v3/directline/tokens/refresh', { headers: bearer(session.token) });
    expect(fresh.body.conversationId).toBe(session.conversationId);
    server.time.now += 60_000;
    const late = await call(server, 'POST', '/v3/directline/tokens/refresh', { headers: bearer(session.token) });
    expect([late.status, late.body.error.code]).toEqual([403, 'TokenExpired']);
    expect((await post(server, session, says('a'))).body.error.code).toBe('TokenExpired');
    expect((await post(server, { ...session, token: fresh.body.token }, says('a'))).status).toBe(200);
  });

  test('opens no conversation but its own', async () => {
    const { server, chat } = await start();
    const mine = await openSession(server);
    const other = await openSession(server);
    const crossed = { ...mine, conversationId: other.conversationId };
    expect((await post(server, crossed, says('a'))).status).toBe(403);
    for (const path of [activitiesOf(other.conversationId), `/v3/directline/conversations/${other.conversationId}`]) {
      expect((await call(server, 'GET', path, { headers: bearer(mine.token) })).status).toBe(403);
    }
    expect(chat.stored).toEqual([]);
  });

  test('signed with another key, for another account or without a signature is refused', async () => {
    const { server } = await start();
    const { server: foreign } = await start({ tokenKey: 'another-key-that-is-also-long-enough' });
    const { server: branch } = await start({ account: 'branch' });
    const { conversationId, token } = await openSession(server);
    const [, claims] = token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${claims}.`;
    const strangers = [await openSession(foreign), await openSession(branch), { conversationId, token: unsigned }];
    for (const stranger of strangers) {
      const path = activitiesOf(stranger.conversationId);
      const { status, body } = await call(server, 'GET', path, { headers: bearer(stranger.token) });
      expect([status, body.error.code]).toEqual([403, 'BadArgument']);
    }
  });

  test('made for certain sites is refused in the pages of others', async () => {
    const { server } = await start({ allowedOrigins: ['https://a.example', 'https://b.example'] });
    const { body } = await call(server, 'POST', '/v3/directline/tokens/generate', {
      headers: { ...bearer(SECRET), 'content-type': 'application/json' },
      body: JSON.stringify({ trustedOrigins: ['https://a.example'] }),
    });
    const session = { ...body, cookie: '' };
    expect((await post(server, session, says('a'), { origin: 'https://a.example' })).status).toBe(200);
    expect((await post(server, session, says('b'), { origin: 'https://b.example' })).status).toBe(403);
  });

  test('is needed for every call', async () => {
    const { server } = await start();
    const { conversationId } = await openSession(server);
    const { status, body } = await call(server, 'GET', activitiesOf(conversationId));
    expect([status, body.error.code]).toEqual([401, 'Unauthorized']);
  });

  test('key that is too short is refused at the start', () => {
    return expect(start({ tokenKey: 'short' })).rejects.toThrow('at least 32 characters');
  });

  test('secret is refused in a browser', async () => {
    const { server } = await start();
    const headers = { ...bearer(SECRET), origin: server.url };
    expect((await call(server, 'POST', '/v3/directline/conversations', { headers })).status).toBe(403);
  });
});

describe('a page of another site', () => {
  test('may use the API when its origin is allowed', async () => {
    const { server } = await start();
    const origin = 'https://www.dienluc.example';
    const preflight = await call(server, 'OPTIONS', '/v3/directline/conversations', { headers: { origin } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    const session = await call(server, 'POST', '/chat/session', { headers: { origin } });
    expect([session.status, session.headers.get('access-control-allow-credentials')]).toEqual([200, 'true']);
  });

  test.each(['https://evil.example', 'null', 'https://www.dienluc.example.evil.example'])(
    'is refused when its origin is %s',
    async (origin) => {
      const { server } = await start();
      const { status, headers } = await call(server, 'POST', '/chat/session', { headers: { origin } });
      expect(status).toBe(403);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.getSetCookie()).toEqual([]);
    },
  );
});
