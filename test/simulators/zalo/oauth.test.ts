import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, startSimulator } from './support/start-simulator.ts';

const CALLBACK = 'https://chat.example.vn/zalo/callback';
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const APP = '4100000000000000001';
const SECRET = 'SIM_APP_SECRET';

type Started = Awaited<ReturnType<typeof startConsent>>;

async function startConsent(settings: Record<string, unknown> = {}) {
  const started = await startSimulator({ settings: { app: { callbackUrl: CALLBACK }, ...settings } });
  const { app } = started.simulator;

  async function permission(query: Record<string, string>) {
    const { statusCode, headers, body } = await app.inject({ url: '/v4/oa/permission', query });
    return { status: statusCode, to: headers.location === undefined ? undefined : new URL(headers.location), body };
  }
  async function exchange(fields: Record<string, string>, headers: Record<string, string> = { secret_key: SECRET }) {
    const { statusCode, body } = await app.inject({
      method: 'POST',
      url: '/v4/oa/access_token',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams({ app_id: APP, ...fields }).toString(),
    });
    return { status: statusCode, json: JSON.parse(body) };
  }
  async function consent(extra: Record<string, string> = {}): Promise<string> {
    const { to } = await permission({ app_id: APP, redirect_uri: CALLBACK, ...extra });
    return to?.searchParams.get('code') ?? '';
  }
  const byCode = (code: string, more: Record<string, string> = {}) =>
    exchange({ grant_type: 'authorization_code', code, ...more });
  const byRefresh = (refreshToken: string) => exchange({ grant_type: 'refresh_token', refresh_token: refreshToken });
  return { ...started, permission, exchange, consent, byCode, byRefresh };
}

describe('permission page', () => {
  test('sends the admin back with code, OA id and state', async () => {
    const { permission } = await startConsent();
    const { status, to } = await permission({ app_id: APP, redirect_uri: CALLBACK, state: 'x y', code_challenge: 'c' });
    expect(status).toBe(302);
    expect(to?.origin).toBe('https://chat.example.vn');
    expect(Object.fromEntries(to?.searchParams ?? [])).toEqual({
      code: expect.stringMatching(/^[0-9a-f]{64}$/),
      oa_id: '3880000000000000004',
      state: 'x y',
    });
  });

  test('shows an error page for a wrong app or a callback that is not stored', async () => {
    const { permission } = await startConsent();
    expect((await permission({ app_id: '1', redirect_uri: CALLBACK })).body).toContain('-14002');
    expect((await permission({ app_id: APP, redirect_uri: `${CALLBACK}/` })).body).toContain('-14003');
    expect((await permission({ app_id: APP })).body).toContain('-14003');
  });

  test('a refusal comes back without a code', async () => {
    const { permission } = await startConsent({ oauth: { consent: 'refuse' } });
    const { to } = await permission({ app_id: APP, redirect_uri: CALLBACK, state: 's' });
    expect(to?.searchParams.has('code')).toBe(false);
    expect(to?.searchParams.get('state')).toBe('s');
  });
});

describe('exchange of a code', () => {
  test('gives a pair with the life as a string', async () => {
    const { consent, byCode } = await startConsent();
    const { status, json } = await byCode(await consent());
    expect(status).toBe(200);
    expect(json).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_in: '90000',
    });
  });

  test('the life can be a number, shorter, and with that of the refresh token', async () => {
    const { consent, byCode } = await startConsent({
      oauth: { expiresIn: 'number', accessTokenSeconds: 60, showRefreshExpiry: true },
    });
    expect((await byCode(await consent())).json).toMatchObject({ expires_in: 60, refresh_token_expires_in: 7_776_000 });
  });

  test('works once', async () => {
    const { consent, byCode } = await startConsent();
    const code = await consent();
    await byCode(code);
    expect((await byCode(code)).json).toMatchObject({ error: -118, error_name: expect.any(String) });
  });

  test('works within ten minutes', async () => {
    const { consent, byCode, simulator } = await startConsent();
    const code = await consent();
    await simulator.clock.advance(600_000);
    expect((await byCode(code)).json.error).toBe(-118);
  });

  test('needs the verifier if a challenge was given', async () => {
    const { consent, byCode } = await startConsent();
    const code = await consent({ code_challenge: CHALLENGE });
    expect((await byCode(code)).json.error).toBe(-118);
    expect((await byCode(code, { code_verifier: `${VERIFIER.slice(0, -1)}x` })).json.error).toBe(-118);
    expect((await byCode(code, { code_verifier: VERIFIER })).json.access_token).toBeDefined();
  });

  test('refuses another encoding, a wrong secret and a wrong app', async () => {
    const { exchange, consent } = await startConsent();
    const code = await consent();
    const fields = { grant_type: 'authorization_code', code };
    expect((await exchange(fields, { secret_key: SECRET, 'content-type': 'application/json' })).json.error).toBe(
      -14002,
    );
    expect((await exchange(fields, { secret_key: 'SIM_OA_SECRET_KEY_0123456789' })).json.error).toBe(-14002);
    expect((await exchange(fields, {})).json.error).toBe(-14002);
    expect((await exchange({ ...fields, app_id: '2' })).json.error).toBe(-14002);
    expect((await exchange(fields)).json.access_token).toBeDefined();
  });
});

describe('refresh', () => {
  const isAlive = async ({ call, token }: Started, accessToken: string) => {
    token.current = accessToken;
    return (await call('GET', '/v2.0/oa/getoa')).json.error;
  };

  test('kills the earlier access token at once and works once', async () => {
    const started = await startConsent();
    const { byRefresh, tokens } = started;
    const { json } = await byRefresh(tokens.refreshToken);
    expect(await isAlive(started, tokens.accessToken)).toBe(-220);
    expect(await isAlive(started, json.access_token)).toBe(0);
    expect((await byRefresh(tokens.refreshToken)).json).toEqual({
      error: -14014,
      error_name: 'Invalid refresh token',
      error_reason: expect.any(String),
      error_description: expect.any(String),
      ref_doc: expect.any(String),
    });
    expect((await byRefresh(json.refresh_token)).json.access_token).toBeDefined();
  });

  test('of ten at the same time one succeeds', async () => {
    const { byRefresh, tokens } = await startConsent();
    const answers = await Promise.all(Array.from({ length: 10 }, () => byRefresh(tokens.refreshToken)));
    expect(answers.filter(({ json }) => json.access_token !== undefined)).toHaveLength(1);
  });

  test('works for 90 days, and the chain has no end', async () => {
    const { byRefresh, tokens, simulator } = await startConsent();
    await simulator.clock.advance(90 * DAY - HOUR);
    const { json } = await byRefresh(tokens.refreshToken);
    await simulator.clock.advance(90 * DAY - HOUR);
    const again = await byRefresh(json.refresh_token);
    expect(again.json.access_token).toBeDefined();
    await simulator.clock.advance(90 * DAY);
    expect((await byRefresh(again.json.refresh_token)).json.error).toBe(-14014);
  });

  test('failures can come with another code or without a number', async () => {
    const { byRefresh, control } = await startConsent();
    control.set({ oauth: { usedRefreshTokenCode: -118 } });
    expect((await byRefresh('used')).json.error).toBe(-118);
    control.set({ oauth: { errorStyle: 'without_error' } });
    const { json } = await byRefresh('used');
    expect(json.error).toBeUndefined();
    expect(json.error_name).toBe('Invalid grant');
  });

  test('an answer that is lost leaves the tokens rotated', async () => {
    const { simulator, control, tokens, call, byRefresh } = await startConsent();
    control.setFaults({ dropRefreshAnswer: 1 });
    const address = await simulator.listen();
    const lost = fetch(`${address}/v4/oa/access_token`, {
      method: 'POST',
      headers: { secret_key: SECRET },
      body: new URLSearchParams({ app_id: APP, grant_type: 'refresh_token', refresh_token: tokens.refreshToken }),
    });
    await expect(lost).rejects.toThrow();
    expect((await call('GET', '/v2.0/oa/getoa')).json.error).toBe(-220);
    expect((await byRefresh(tokens.refreshToken)).json.error).toBe(-14014);
    expect(control.world().calls.find(({ host }) => host === 'oauth')?.faults).toEqual(['dropRefreshAnswer']);
  });

  test('an answer that hangs is given up by the caller, not by the simulator', async () => {
    const { simulator, control, tokens, call } = await startConsent();
    control.setFaults({ refreshHang: 1 });
    const address = await simulator.listen();
    const stop = new AbortController();
    const hung = fetch(`${address}/v4/oa/access_token`, {
      method: 'POST',
      headers: { secret_key: SECRET },
      body: new URLSearchParams({ app_id: APP, grant_type: 'refresh_token', refresh_token: tokens.refreshToken }),
      signal: stop.signal,
    });
    while (control.world().calls.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    stop.abort();
    await expect(hung).rejects.toThrow();
    expect((await call('GET', '/v2.0/oa/getoa')).json.error).toBe(-220);
  });
});

test('changing the callback voids the grant, unless the settings say otherwise', async () => {
  const { control, call } = await startConsent();
  control.set({ oauth: { changeVoidsGrant: false } });
  control.saveCallback('https://chat.example.vn/other');
  expect((await call('GET', '/v2.0/oa/getoa')).json.error).toBe(0);
  control.set({ oauth: { changeVoidsGrant: true } });
  control.saveCallback(CALLBACK);
  expect((await call('GET', '/v2.0/oa/getoa')).json.error).toBe(-220);
});
