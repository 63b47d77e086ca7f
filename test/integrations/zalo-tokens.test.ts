import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { codeChallenge, type TokenAnswer } from '../../src/integrations/channels/zalo/oauth.ts';
import { createTokenKeeper, type TokenKeeper } from '../../src/integrations/channels/zalo/token-keeper.ts';
import { openDatabase, type SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteZaloStore } from '../../src/integrations/storage/sqlite/zalo-store.ts';
import { CREDENTIALS, START, startZaloBench, tokensOf, type ZaloBench } from '../support/zalo-bench.ts';

const HOUR = 3_600_000;
const OA = CREDENTIALS.oaId;
const CS = '/v3.0/oa/message/cs';
const OAUTH = '/v4/oa/access_token';
const HELLO = { kind: 'text', text: 'Dạ em chào anh ạ' } as const;

describe('the token keeper', () => {
  let db: SqliteDatabase;
  let now = START;
  let alarms = 0;
  /** Refresh tokens that were used. */
  let used: string[] = [];
  let answers: (TokenAnswer | Promise<TokenAnswer>)[] = [];
  beforeEach(() => {
    db = openDatabase({ path: ':memory:' });
    [now, alarms, used, answers] = [START, 0, [], []];
  });
  afterEach(() => db.close());

  const good = (n: number): TokenAnswer => ({
    kind: 'tokens',
    accessToken: `a${n}`,
    refreshToken: `r${n}`,
    expiresInMs: 25 * HOUR,
  });
  const store = () => createSqliteZaloStore(db).tokens;

  /** As another process would have it: nothing but the database is shared. */
  function keeper(change: Partial<Parameters<typeof createTokenKeeper>[0]> = {}): TokenKeeper {
    return createTokenKeeper({
      store: store(),
      oauth: {
        async refresh(token) {
          used.push(token);
          await new Promise((resolve) => setTimeout(resolve, 20));
          return answers.shift() ?? good(used.length + 1);
        },
      },
      oaId: OA,
      clock: { now: () => now },
      renewBeforeMs: 5 * HOUR,
      leaseMs: 20_000,
      sleep: () => new Promise((resolve) => setTimeout(resolve, 5)),
      onNeedsConsent: () => {
        alarms += 1;
      },
      ...change,
    });
  }

  test('leaves a token alone that has five hours left, and renews one that has less', async () => {
    await store().add(OA, tokensOf(1, START));
    now = START + 20 * HOUR;
    expect(await keeper().current()).toEqual({ token: 'first-access-1' });
    now += 1;
    expect(await keeper().current()).toEqual({ token: 'a2' });
    expect(used).toEqual(['first-refresh-1']);
  });

  test('refreshes once for ten processes that need it at the same time', async () => {
    await store().add(OA, tokensOf(1, START));
    now = START + 21 * HOUR;
    const all = await Promise.all(Array.from({ length: 10 }, () => keeper().current()));
    expect(used).toEqual(['first-refresh-1']);
    expect(new Set(all.map((one) => JSON.stringify(one)))).toEqual(new Set(['{"token":"a2"}']));
  });

  test('does not refresh again what another process has refreshed between two looks at the database', async () => {
    await store().add(OA, tokensOf(1, START));
    now = START + 21 * HOUR;
    const base = store();
    let looks = 0;
    const seen = async <Found>(found: Promise<Found>): Promise<Found> => {
      const here = await found;
      looks += 1;
      if (looks === 2) {
        await keeper().current();
      }
      return here;
    };
    const late = keeper({
      store: { ...base, latest: (oa) => seen(base.latest(oa)), tries: (...of) => seen(base.tries(...of)) },
    });
    expect(await late.current()).toEqual({ token: 'a2' });
    expect(used).toEqual(['first-refresh-1']);
  });

  test('refreshes once for ten calls of one process whose token was refused', async () => {
    await store().add(OA, tokensOf(1, START));
    const one = keeper();
    const all = await Promise.all(Array.from({ length: 10 }, () => one.replace('first-access-1')));
    expect([used.length, all.every((result) => 'token' in result && result.token === 'a2')]).toEqual([1, true]);
  });

  test('takes the token that another process has fetched since the refused one', async () => {
    await store().add(OA, tokensOf(1, START));
    await store().add(OA, tokensOf(2, START));
    expect(await keeper().replace('first-access-1')).toEqual({ token: 'first-access-2' });
    expect(used).toEqual([]);
  });

  test('has the new pair on the disk before anybody uses it', async () => {
    await store().add(OA, tokensOf(1, START));
    expect(await keeper().replace('first-access-1')).toEqual({ token: 'a2' });
    expect(await store().latest(OA)).toMatchObject({ generation: 2, accessToken: 'a2', refreshToken: 'r2' });
    expect(await store().tries(OA, 2)).toEqual([{ number: 1, startedAt: START, outcome: 'done' }]);
  });

  test('tries once more after an answer was lost, and then asks for consent', async () => {
    await store().add(OA, tokensOf(1, START));
    answers = [{ kind: 'unknown' }, { kind: 'refused' }];
    now = START + 26 * HOUR;
    expect(await keeper().current()).toEqual({ missing: 'needs_consent' });
    expect([used.length, alarms]).toEqual([2, 1]);
    expect(await keeper().current()).toEqual({ missing: 'needs_consent' });
    expect([used.length, alarms]).toEqual([2, 2]);
  });

  test('goes on when the lost answer had changed nothing', async () => {
    await store().add(OA, tokensOf(1, START));
    answers = [{ kind: 'unknown' }, good(2)];
    expect(await keeper().replace('first-access-1')).toEqual({ token: 'a2' });
    expect(alarms).toBe(0);
  });

  test('takes a process that died in a refresh for a lost answer once its lease is over', async () => {
    await store().add(OA, tokensOf(1, START));
    await store().beginTry(OA, 2, { number: 1, startedAt: START });
    now = START + 20_000;
    answers = [{ kind: 'unknown' }];
    expect(await keeper().replace('first-access-1')).toEqual({ missing: 'needs_consent' });
    expect(used).toHaveLength(1);
  });

  test('waits for a refresh that another process has under way', async () => {
    await store().add(OA, tokensOf(1, START));
    await store().beginTry(OA, 2, { number: 1, startedAt: START });
    const waiting = keeper().replace('first-access-1');
    await store().add(OA, tokensOf(2, START));
    expect(await waiting).toEqual({ token: 'first-access-2' });
    expect(used).toEqual([]);
  });

  test('does not count a refresh that never left this machine, and rests before the next', async () => {
    await store().add(OA, tokensOf(1, START));
    answers = [{ kind: 'not_sent' }, { kind: 'not_sent' }, { kind: 'not_sent' }];
    for (let round = 0; round < 3; round += 1) {
      expect(await keeper().replace('first-access-1')).toEqual({ missing: 'unreachable' });
      now += 5_000;
    }
    expect([used.length, alarms]).toEqual([3, 0]);
    expect(await keeper().replace('first-access-1')).toMatchObject({ token: expect.stringMatching(/^a/) });
  });

  test('uses up what is left of the old token when no new one is to be had, and raises the alarm', async () => {
    await store().add(OA, tokensOf(1, START));
    answers = [{ kind: 'refused' }];
    now = START + 24 * HOUR;
    expect(await keeper().needsConsent()).toBe(false);
    expect([await keeper().current(), alarms]).toEqual([{ token: 'first-access-1' }, 1]);
    expect(await keeper().needsConsent()).toBe(true);
    now = START + 25 * HOUR;
    expect(await keeper().current()).toEqual({ missing: 'needs_consent' });
  });

  test('keeps tokens in memory that the database could not take, and writes them later', async () => {
    await store().add(OA, tokensOf(1, START));
    let isDown = true;
    const base = store();
    const one = keeper({
      store: {
        ...base,
        add: (oa, tokens) => (isDown ? Promise.reject(new Error('disk full')) : base.add(oa, tokens)),
      },
    });
    expect(await one.replace('first-access-1')).toEqual({ token: 'a2' });
    isDown = false;
    expect(await one.current()).toEqual({ token: 'a2' });
    expect((await store().latest(OA))?.accessToken).toBe('a2');
    expect(used).toHaveLength(1);
  });

  test('works on with the last token while the database cannot be read', async () => {
    await store().add(OA, tokensOf(1, START));
    let isDown = false;
    const base = store();
    const one = keeper({
      store: { ...base, latest: (oa) => (isDown ? Promise.reject(new Error('locked')) : base.latest(oa)) },
    });
    await one.current();
    isDown = true;
    expect(await one.current()).toEqual({ token: 'first-access-1' });
  });

  test('a new consent is the next generation, whatever was tried before', async () => {
    await store().add(OA, tokensOf(1, START));
    answers = [{ kind: 'refused' }];
    await keeper().replace('first-access-1');
    await keeper().accept({ kind: 'tokens', accessToken: 'c', refreshToken: 'd', expiresInMs: 25 * HOUR });
    expect(await keeper().current()).toEqual({ token: 'c' });
    expect(await keeper().needsConsent()).toBe(false);
  });
});

describe('tokens of the channel', () => {
  let bench: ZaloBench;
  beforeEach(async () => {
    bench = await startZaloBench();
  });
  afterEach(() => bench.stop());
  const refreshes = () => bench.zalo.calls.filter(({ path }) => path === OAUTH).length;

  test.each([-216, -220, '-216', 401])('renews the token once after %s, and sends again', async (error) => {
    bench.zalo.next(CS, { error, message: 'x' });
    expect((await bench.say(HELLO)).result).toBe('accepted');
    expect(bench.zalo.calls.filter(({ path }) => path === CS).map(({ headers }) => headers['access_token'])).toEqual([
      'first-access-1',
      'access-1',
    ]);
    expect(refreshes()).toBe(1);
  });

  test('gives up for now when the new token is refused as well', async () => {
    bench.zalo.next(CS, { error: -216 }, { error: -216 });
    expect(await bench.say(HELLO)).toMatchObject({ result: 'wait', reason: 'token_refused' });
    expect(refreshes()).toBe(1);
  });

  test.each<[string, object]>([
    ['an error with a number', { error: -14014, error_name: 'Invalid refresh token' }],
    ['an error without a number', { error_name: 'x', error_reason: 'y' }],
    ['half a pair', { access_token: 'only', expires_in: '90000' }],
    ['an empty token', { access_token: '', refresh_token: 'r', expires_in: '90000' }],
  ])('takes %s for no success, keeps the message, and tells the operator', async (_, answer) => {
    bench.zalo.next(CS, { error: -220 });
    bench.zalo.next(OAUTH, answer);
    expect(await bench.say(HELLO)).toMatchObject({ result: 'wait', reason: 'needs_consent' });
    expect(bench.channel.counts().get('alarm_needs_consent')).toBe(1);
    expect(bench.log.join()).toContain('the admin of the OA must consent again');
    expect(await bench.channel.adapter.trouble?.()).toBe('needs_consent');
    expect(await bench.store.tokens.latest(OA)).toEqual(tokensOf(1, START));
  });

  test('asks for consent when the answer to a refresh is lost after the rotation', async () => {
    bench.zalo.next(CS, { error: -220 });
    bench.zalo.next(OAUTH, 'drop', { error: -14014 });
    expect(await bench.say(HELLO)).toMatchObject({ result: 'wait', reason: 'needs_consent' });
    expect(refreshes()).toBe(2);
  });

  test('a refresh is form-encoded and carries the app secret as a header; nothing of it is logged', async () => {
    bench.zalo.next(CS, { error: -220 });
    await bench.say(HELLO);
    const call = bench.zalo.calls.find(({ path }) => path === OAUTH);
    expect(call?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      secret_key: CREDENTIALS.appSecret,
    });
    expect(Object.fromEntries(new URLSearchParams(call?.text))).toEqual({
      app_id: CREDENTIALS.appId,
      refresh_token: 'first-refresh-1',
      grant_type: 'refresh_token',
    });
    expect(bench.log.join('\n')).not.toMatch(/access-1|refresh-1|SIM_APP/);
  });

  test('a consent leads over the permission page to new tokens, once', async () => {
    const url = new URL(await bench.channel.connectUrl());
    const { state = '', code_challenge: challenge } = Object.fromEntries(url.searchParams);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      app_id: CREDENTIALS.appId,
      redirect_uri: 'https://cskh.dienluc.example/channels/zalo/callback',
    });
    const back = `/channels/zalo/callback?code=c0de&oa_id=${OA}&state=${state}`;
    expect((await bench.get(back)).status).toBe(200);
    const form = new URLSearchParams(bench.zalo.calls.find(({ path }) => path === OAUTH)?.text);
    expect(form.get('grant_type')).toBe('authorization_code');
    expect(codeChallenge(form.get('code_verifier') ?? '')).toBe(challenge);
    expect(await bench.store.tokens.latest(OA)).toMatchObject({ generation: 2, accessToken: 'access-1' });
    expect((await bench.get(back)).status).toBe(400);
  });

  test('a consent of another OA, with a made-up state, or too late brings nothing', async () => {
    const stateOf = async () => new URL(await bench.channel.connectUrl()).searchParams.get('state') ?? '';
    const status = async (query: string) => (await bench.get(`/channels/zalo/callback?${query}`)).status;
    expect(await status(`code=c&oa_id=999&state=${await stateOf()}`)).toBe(400);
    expect(await status(`code=c&oa_id=${OA}&state=made-up`)).toBe(400);
    expect(await status(`oa_id=${OA}&state=${await stateOf()}`)).toBe(400);
    const late = await stateOf();
    bench.time.now += HOUR;
    expect(await status(`code=c&oa_id=${OA}&state=${late}`)).toBe(400);
    expect(refreshes()).toBe(0);
  });

  test('the way to the consent opens with its key only', async () => {
    expect((await bench.get('/channels/zalo/connect?key=x')).status).toBe(404);
    const keyed = await startZaloBench({ connectKey: 'a-long-key' });
    expect((await keyed.get('/channels/zalo/connect?key=x')).status).toBe(403);
    const opened = await keyed.get('/channels/zalo/connect?key=a-long-key');
    expect([opened.status, opened.location?.includes('/v4/oa/permission?')]).toEqual([302, true]);
    await keyed.stop();
  });

  test('the challenge is that of RFC 7636', () => {
    expect(codeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });
});
