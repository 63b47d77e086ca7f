import { describe, expect, test } from '@jest/globals';
import { appSecretProof } from '../../../simulators/zalo/signature.ts';
import { HOUR, startSimulator } from './support/start-simulator.ts';

const OA = '/v2.0/oa/getoa';

describe('access token', () => {
  test('counts only in its header', async () => {
    const { call, tokens } = await startSimulator();
    const token = tokens.accessToken;
    const errors = [
      await call('GET', OA, undefined, {}),
      await call('GET', OA, undefined, { authorization: `Bearer ${token}` }),
      await call('GET', OA, undefined, { access_token: token, authorization: `Bearer ${token}` }),
      await call('GET', `${OA}?access_token=${token}`, undefined, { access_token: token }),
      await call('GET', OA, undefined, { access_token: 'made up' }),
    ].map(({ json }) => json.error);
    expect(errors).toEqual([-216, -216, -216, -216, -216]);
    expect((await call('GET', OA)).json.error).toBe(0);
  });

  test('errors are HTTP 200', async () => {
    const { call } = await startSimulator();
    expect((await call('GET', OA, undefined, {})).status).toBe(200);
  });

  test('an expired one is told from an unknown one, after 25 hours', async () => {
    const { call, simulator } = await startSimulator();
    await simulator.clock.advance(25 * HOUR - 1);
    expect((await call('GET', OA)).json.error).toBe(0);
    await simulator.clock.advance(1);
    expect((await call('GET', OA)).json.error).toBe(-220);
  });

  test('expiry and revocation can be forced', async () => {
    const { call, control, token } = await startSimulator();
    control.expireTokens();
    expect((await call('GET', OA)).json.error).toBe(-220);
    token.current = control.issueTokens().accessToken;
    expect((await call('GET', OA)).json.error).toBe(0);
    control.revokeTokens();
    expect((await call('GET', OA)).json.error).toBe(-220);
  });

  test.each([216, 401, -401] as const)('an invalid one can be told as %d', async (authCodeStyle) => {
    const { call } = await startSimulator({ settings: { answers: { authCodeStyle } } });
    expect((await call('GET', OA, undefined, {})).json.error).toBe(authCodeStyle);
  });

  test('error numbers can be strings', async () => {
    const { call } = await startSimulator({ settings: { answers: { errorNumber: 'string' } } });
    expect((await call('GET', OA, undefined, {})).json.error).toBe('-216');
    expect((await call('GET', OA)).json.error).toBe('0');
  });
});

describe('standing of app and OA', () => {
  test('the proof is checked only when its switch is on', async () => {
    const { call, control, token } = await startSimulator();
    control.set({ app: { proofRequired: true } });
    expect((await call('GET', OA)).json.error).toBe(-242);
    const proof = appSecretProof(token.current, 'SIM_APP_SECRET');
    const withProof = { access_token: token.current, appsecret_proof: proof };
    expect((await call('GET', OA, undefined, withProof)).json.error).toBe(0);
    expect((await call('GET', OA, undefined, { ...withProof, appsecret_proof: proof.toUpperCase() })).json.error).toBe(
      -242,
    );
  });

  test.each([
    [-209, { app: { isActive: false } }],
    [-221, { oa: { isVerified: false } }],
    [-224, { oa: { hasApiPackage: false } }],
    [-223, { oa: { deniedPermissions: ['info' as const] } }],
  ])('%d', async (error, settings) => {
    const { call } = await startSimulator({ settings });
    expect((await call('GET', OA)).json.error).toBe(error);
  });

  test('the order is token, proof, app, OA, rate, form', async () => {
    const { call, control, token } = await startSimulator({
      settings: {
        app: { proofRequired: true, isActive: false },
        oa: { isVerified: false },
        rate: { appPerMinute: 1 },
      },
    });
    const cs = async (headers?: Record<string, string>) =>
      (await call('POST', '/v3.0/oa/message/cs', 'no json', headers)).json.error;
    expect(await cs({})).toBe(-216);
    expect(await cs()).toBe(-242);
    control.set({ app: { proofRequired: false } });
    expect(await cs()).toBe(-209);
    control.set({ app: { isActive: true } });
    expect(await cs()).toBe(-221);
    control.set({ oa: { isVerified: true } });
    expect(await cs({ access_token: token.current, 'content-type': 'application/json' })).toBe(-201);
    expect(await cs()).toBe(-32);
  });
});

describe('rate limit', () => {
  test('is a window per clock minute, with its counters on every answer', async () => {
    const { call, simulator } = await startSimulator({ settings: { rate: { appPerMinute: 5 } } });
    const remains: unknown[] = [];
    for (let n = 0; n < 5; n += 1) {
      remains.push((await call('GET', OA)).headers['x-ratelimit-remain']);
    }
    expect(remains).toEqual(['4', '3', '2', '1', '0']);
    const refused = await call('GET', OA);
    expect(refused.json).toMatchObject({ error: -32, message: expect.stringContaining('your application') });
    expect(refused.headers).toMatchObject({ 'x-ratelimit-limit': '5', 'x-ratelimit-remain': '0' });
    expect((await call('GET', OA, undefined, {})).headers['x-ratelimit-limit']).toBe('5');
    await simulator.clock.advance(60_000);
    expect((await call('GET', OA)).json.error).toBe(0);
  });

  test('the limit of the OA has its own wording, misspelt as in reality', async () => {
    const { call } = await startSimulator({ settings: { rate: { oaPerMinute: 1 } } });
    await call('GET', OA);
    expect((await call('GET', OA)).json).toMatchObject({ error: -32, message: expect.stringContaining('Offical') });
  });
});

describe('paths', () => {
  test.each(['/v3.0/oa/message', '/v3.0/oa/message/anonymous', '/nothing'])('%s is 404', async (path) => {
    const { call } = await startSimulator();
    const { status, text } = await call('POST', path, {});
    expect(status).toBe(404);
    expect(text).toContain('invalid api');
  });

  test.each([
    ['/v3.0/oa/message/transaction', -233],
    ['/v3.0/oa/message/promotion', -233],
  ])('the discontinued %s answers %d', async (path, error) => {
    const { call } = await startSimulator();
    expect((await call('POST', path, {})).json.error).toBe(error);
  });

  test.each(['/v2.0/oa/getprofile', '/v2.0/oa/getfollowers'])('the closed %s answers -235', async (path) => {
    const { call } = await startSimulator();
    expect((await call('GET', path, { offset: 0, count: 5 })).json.error).toBe(-235);
  });

  test('every host has its own prefix, and does not answer for another', async () => {
    const { call } = await startSimulator();
    expect((await call('GET', `/openapi${OA}`)).json.error).toBe(0);
    expect((await call('GET', '/business/message/quota')).json.error).toBe(0);
    expect((await call('GET', `/business${OA}`)).status).toBe(404);
  });
});
