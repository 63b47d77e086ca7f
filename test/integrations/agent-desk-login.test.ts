import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createDemoAgents } from '../../src/integrations/agent-desk/demo-agents.ts';
import { createLoginThrottle } from '../../src/integrations/agent-desk/login-throttle.ts';
import { hashPassword, isPassword } from '../../src/integrations/agent-desk/passwords.ts';
import { cookieOf, type DeskServer, PAGE_HEADERS, startDesk } from '../support/desk-server.ts';
import { createFakeAgentStore } from '../support/fake-agent-store.ts';
import { createManualClock } from '../support/manual-clock.ts';

// Passwords are slow by design.
jest.setTimeout(30_000);
const HOUR = 3_600_000;
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

describe('a password', () => {
  test('is kept as a salted hash that carries its cost', async () => {
    const [one, two] = [await hashPassword('điện-lực', CHEAP), await hashPassword('điện-lực', CHEAP)];
    expect(one).toMatch(/^scrypt\$1024\$8\$1\$/);
    expect(one).not.toBe(two);
    expect(one).not.toContain('điện');
  });

  test('is recognised, also when another keyboard composes its letters differently', async () => {
    const hash = await hashPassword('điện lực ổn'.normalize('NFC'), CHEAP);
    expect(await isPassword('điện lực ổn'.normalize('NFD'), hash)).toBe(true);
    expect(await isPassword('điện lực on', hash)).toBe(false);
  });

  test('with a broken record is an error, not a wrong password', async () => {
    await expect(isPassword('x', 'md5$abc')).rejects.toThrow('agent:add');
  });
});

describe('log-in at the desk', () => {
  let desk: DeskServer;
  afterEach(() => desk.close());

  async function start(options: Parameters<typeof startDesk>[0] = {}) {
    desk = await startDesk(options);
    await desk.addAgent('lan', 'Chị Lan');
    return desk;
  }

  test('opens a session in a cookie that scripts and foreign pages cannot use', async () => {
    await start();
    const response = await desk.logIn('lan');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ agent: { id: 'id-lan', name: 'Chị Lan', role: 'agent' }, demoAgents: [] });
    expect(response.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(response.cookies[0]?.secure).toBeUndefined();
  });

  test('marks the cookie Secure and host-bound behind https', async () => {
    await start({ secureCookies: true });
    const [cookie] = (await desk.logIn('lan')).cookies;
    expect(cookie?.secure).toBe(true);
    expect(cookie?.name).toMatch(/^__Host-/);
  });

  test('takes the login in any case and with blanks around it', async () => {
    await start();
    expect((await desk.logIn(' LAN ', 'pw-lan')).statusCode).toBe(200);
  });

  test('gives one and the same answer for a wrong password, an unknown login and a disabled agent', async () => {
    await start();
    const hash = await hashPassword('pw-cu', CHEAP);
    const gone = { id: 'cu', login: 'cu', name: 'Anh Cư', role: 'agent', passwordHash: hash, createdAt: 0 } as const;
    await desk.agents.addAgent({ ...gone, disabledAt: 1 });
    const answers = [await desk.logIn('lan', 'sai'), await desk.logIn('khong-co', 'sai'), await desk.logIn('cu')];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers[0]?.json().message).toBe('Tên đăng nhập hoặc mật khẩu không đúng.');
    expect(answers.flatMap(({ cookies }) => cookies)).toEqual([]);
  });

  test('writes neither login nor password to the log', async () => {
    await start();
    await desk.logIn('ten-la', 'mat-khau-cua-toi');
    expect(desk.logged.join('\n')).not.toMatch(/ten-la|mat-khau-cua-toi/);
  });

  test('is held up after too many wrong passwords for one account, known or not, and the right one too', async () => {
    await start({ throttle: createLoginThrottle({ perAccount: 3, perAddress: 100, windowSeconds: 60 }) });
    for (const login of ['lan', 'khong-co']) {
      for (let n = 0; n < 3; n += 1) {
        expect((await desk.logIn(login, 'sai')).statusCode).toBe(401);
      }
      const refused = await desk.logIn(login);
      expect(refused.statusCode).toBe(429);
      expect(refused.json().message).toMatch(/thử lại sau 1 phút/);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    }
  });

  test('is held up after too many wrong passwords from one address, whatever the account', async () => {
    await start({ throttle: createLoginThrottle({ perAccount: 100, perAddress: 3, windowSeconds: 60 }) });
    for (const login of ['a', 'b', 'c']) {
      expect((await desk.logIn(login, 'sai')).statusCode).toBe(401);
    }
    expect((await desk.logIn('lan')).statusCode).toBe(429);
  });

  test('counts guesses that are made at the same time', async () => {
    await start({ throttle: createLoginThrottle({ perAccount: 3, perAddress: 100, windowSeconds: 60 }) });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => desk.logIn('lan', `đoán ${n}`)));
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(3);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(5);
  });

  test('does not count a right password', async () => {
    await start({ throttle: createLoginThrottle({ perAccount: 2, perAddress: 2, windowSeconds: 60 }) });
    for (let n = 0; n < 5; n += 1) {
      expect((await desk.logIn('lan')).statusCode).toBe(200);
    }
  });

  test('lasts while the agent works, and ends two hours after the last act', async () => {
    await start();
    const lan = await desk.as('lan');
    desk.clock.advance(1.5 * HOUR);
    expect((await lan.get('/desk/api/queue')).statusCode).toBe(200);
    desk.clock.advance(1.5 * HOUR);
    expect((await lan.get('/desk/api/queue')).statusCode).toBe(200);
    desk.clock.advance(2 * HOUR);
    expect((await lan.get('/desk/api/queue')).json().code).toBe('no_session');
  });

  test('is not kept alive by what the page asks for on its own', async () => {
    await start();
    const { cookie } = await desk.as('lan');
    const poll = () => desk.app.inject({ url: '/desk/api/queue', headers: { cookie, 'x-lang-nghe-desk': 'auto' } });
    desk.clock.advance(1.5 * HOUR);
    expect((await poll()).statusCode).toBe(200);
    desk.clock.advance(HOUR);
    expect((await poll()).statusCode).toBe(401);
  });

  test('ends after twelve hours however busy the agent is', async () => {
    await start();
    const lan = await desk.as('lan');
    for (let hour = 1; hour < 12; hour += 1) {
      desk.clock.advance(HOUR);
      expect((await lan.get('/desk/api/queue')).statusCode).toBe(200);
    }
    desk.clock.advance(HOUR);
    expect((await lan.get('/desk/api/queue')).statusCode).toBe(401);
  });

  test('ends for good with the log-out, even for who kept the cookie', async () => {
    await start();
    const lan = await desk.as('lan');
    const out = await lan.post('/desk/api/logout');
    expect(out.statusCode).toBe(204);
    expect(out.cookies[0]).toMatchObject({ value: '' });
    expect((await lan.get('/desk/api/queue')).statusCode).toBe(401);
  });

  test('ends the session that the browser had before', async () => {
    await start();
    const { cookie } = await desk.as('lan');
    const payload = { login: 'lan', password: 'pw-lan' };
    const again = await desk.app.inject({
      ...{ method: 'POST', url: '/desk/api/login', payload },
      headers: { ...PAGE_HEADERS, cookie },
    });
    expect(cookieOf(again)).not.toBe(cookie);
    expect((await desk.app.inject({ url: '/desk/api/queue', headers: { cookie } })).statusCode).toBe(401);
  });

  test('tells the page who is logged in, and shows demo agents only when there are some and nobody is', async () => {
    await start();
    expect((await desk.app.inject('/desk/api/session')).json()).toEqual({ demoAgents: [] });
    await desk.close();
    const hint = { login: 'lan', password: 'pw-lan', name: 'Chị Lan', role: 'agent' } as const;
    await start({ demoAgents: [hint] });
    expect((await desk.app.inject('/desk/api/session')).json()).toEqual({ demoAgents: [hint] });
    const lan = await desk.as('lan');
    expect((await lan.get('/desk/api/session')).json()).toMatchObject({ agent: { name: 'Chị Lan' }, demoAgents: [] });
  });
});

test('demo agents are one of each role and a second agent, made once, whose shown passwords are right', async () => {
  const agents = createFakeAgentStore();
  const deps = { agents, clock: createManualClock(), ids: { next: () => crypto.randomUUID(), ticketNumber: () => '' } };
  const hints = await createDemoAgents(deps);
  expect(hints.map(({ role }) => role)).toEqual(['agent', 'agent', 'partner', 'dispatcher', 'leader', 'admin']);
  await createDemoAgents(deps);
  expect(await agents.agents()).toHaveLength(hints.length);
  for (const { login, password } of hints) {
    expect(await isPassword(password, (await agents.agentByLogin(login))?.passwordHash ?? '')).toBe(true);
  }
});
