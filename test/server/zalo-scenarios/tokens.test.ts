import { expect, test } from '@jest/globals';
import { startSendWorkers } from '../../support/zalo-send-workers.ts';
import { ask, eventually, SCENARIO_TIMEOUT_MS, shown, startScenario } from '../../support/zalo-stage.ts';

const HOUR_MS = 60 * 60_000;
const TOKEN_PATH = '/v4/oa/access_token';

test(
  'scenario 1: consent, exchange, first send; at 20 h ten worker processes make one refresh, and no send is lost',
  async () => {
    const stage = await startScenario({ isConnected: false });
    const { control } = stage;
    const tokenCalls = () => control.world().calls.filter(({ path }) => path === TOKEN_PATH);
    expect(await stage.consent()).toBe(200);
    const users = Array.from({ length: 10 }, () => control.createUser().id);
    await Promise.all(users.map((id) => ask(stage, id, 'chào em')));
    expect(tokenCalls().map(({ request }) => request)).toEqual([{ grant_type: 'authorization_code' }]);

    const workers = await startSendWorkers(stage, users.length);
    await stage.jump(20 * HOUR_MS + 60_000);
    // The product itself is one more that needs a token now.
    const asked = ask(stage, users[0] ?? '', 'cách tiết kiệm điện');
    const text = 'Điện lực xin thông báo.';
    const sent = await Promise.all(workers.map((worker, n) => worker.send({ userId: users[n] ?? '', text })));
    await asked;
    await Promise.all(workers.map((worker) => worker.end()));
    expect(sent).toEqual(users.map(() => 'ok'));
    expect(users.map((id) => shown(stage, id).filter((line) => line === text).length)).toEqual(users.map(() => 1));
    expect(tokenCalls().map(({ request }) => request)).toEqual([
      { grant_type: 'authorization_code' },
      { grant_type: 'refresh_token' },
    ]);
    expect(tokenCalls().map(({ error }) => error)).toEqual([0, 0]);
  },
  SCENARIO_TIMEOUT_MS,
);

test(
  'scenario 2: the answer to a refresh is lost after the rotation: an alarm asks for consent, and what waits goes out after it',
  async () => {
    const stage = await startScenario({ simulator: { faults: { dropRefreshAnswer: 1 } } });
    const { control } = stage;
    const { id } = control.createUser();
    control.expireTokens();
    control.say(id, 'chào em');
    await eventually(() => stage.log.some((line) => line.includes('"needs_consent"')));
    const waiting = async () => (await stage.messages(id)).filter(({ direction }) => direction === 'out');
    await eventually(async () => (await waiting())[0]?.delivery === 'queued');
    expect(shown(stage, id)).toEqual([]);

    expect(await stage.consent()).toBe(200);
    await stage.advance(16 * 60_000);
    await eventually(() => shown(stage, id).length > 0);
    expect(shown(stage, id)[0]).toContain('trợ lý tự động');
  },
  SCENARIO_TIMEOUT_MS,
);
