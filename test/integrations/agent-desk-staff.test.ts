import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { SESSION_ENDED } from '../../src/integrations/agent-desk/live-desk.ts';
import { type DeskCaller, type DeskServer, openLive, startDesk } from '../support/desk-server.ts';

const ID = 'web:main:khach-1';
const ASIDE = 'web:main:khach-2';

describe('the accounts of the desk', () => {
  let desk: DeskServer;
  let quan: DeskCaller;
  let hanh: DeskCaller;

  beforeEach(async () => {
    // No beat finds out what must happen at once.
    desk = await startDesk({ heartbeatMs: 3_600_000 });
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    await desk.addAgent('quan', 'Anh Quân', 'admin');
    await desk.addAgent('sep', 'Anh Sếp', 'admin');
    [quan, hanh] = [await desk.as('quan'), await desk.as('hanh')];
    const held = { holder: 'agent', agentId: 'id-lan', agentName: 'Chị Lan', epoch: 2 } as const;
    const asked = [{ author: 'customer' as const, content: { text: 'gặp nhân viên' } }];
    desk.conversations.add(ID, { messages: asked, state: held });
    const snoozedUntil = desk.clock.now() + 3_600_000;
    desk.conversations.add(ASIDE, { messages: asked, state: { ...held, snoozedUntil } });
  });
  afterEach(() => desk.close());

  const change = (by: DeskCaller, what: 'lock' | 'unlock' | 'role', login: string, more: object = {}) =>
    by.post(`/desk/api/staff/${what}`, {
      agentId: `id-${login}`,
      ...(what !== 'role' && { reason: 'Nghỉ việc' }),
      ...more,
    });
  const stateOf = async (id: string) => (await desk.conversations.store.head(id))?.state;
  const member = async (login: string) =>
    (await quan.get('/desk/api/staff')).json().staff.find((one: { login: string }) => one.login === login);
  const noted = async () =>
    (await desk.audit.entries({ limit: 50 }))
      .filter(({ action }) => !action.startsWith('log_'))
      .map(({ actorName, action, subject, reason }) => [actorName, action, subject, reason]);

  test('a leader locks an agent out: log-ins end at once, conversations go back with a note, the log knows why', async () => {
    const lan = await desk.as('lan');
    const address = await desk.listen();
    const live = openLive(address, { cookie: lan.cookie, origin: address });
    await live.next('hello');
    expect(await member('lan')).toMatchObject({ role: 'agent', isOnline: true, open: 2 });

    expect((await change(hanh, 'lock', 'lan')).json()).toEqual({ returned: 2 });
    expect(await live.closed).toBe(SESSION_ENDED);
    expect((await lan.get('/desk/api/queue')).statusCode).toBe(401);
    expect((await desk.logIn('lan')).statusCode).toBe(401);
    for (const id of [ID, ASIDE]) {
      const state = await stateOf(id);
      expect(state).toMatchObject({ holder: 'queue', handoffReason: 'taken_back', isReturned: true });
      expect(state).not.toHaveProperty('snoozedUntil');
      expect(await desk.conversations.views.notes(id, 9)).toMatchObject([
        { authorId: 'id-hanh', text: 'Tài khoản của Chị Lan bị khóa: Nghỉ việc' },
      ]);
    }
    expect(await member('lan')).toMatchObject({ isOnline: false, open: 0, lockedAt: desk.clock.now() });
    expect((await noted()).sort()).toEqual([
      ['Chị Hạnh', 'act_take_back', ID, 'Chị Lan'],
      ['Chị Hạnh', 'act_take_back', ASIDE, 'Chị Lan'],
      ['Chị Hạnh', 'lock_agent', 'Chị Lan (lan)', 'Nghỉ việc'],
    ]);

    expect((await change(quan, 'unlock', 'lan', { reason: 'Trở lại làm' })).statusCode).toBe(200);
    expect((await lan.get('/desk/api/queue')).statusCode).toBe(401);
    expect((await desk.logIn('lan')).statusCode).toBe(200);
    expect(await member('lan')).not.toHaveProperty('lockedAt');
  });

  test('an admin changes a role: it holds at once without a new log-in, and dispatchers keep no conversation', async () => {
    const lan = await desk.as('lan');
    expect((await lan.get('/desk/api/shift')).statusCode).toBe(403);
    expect((await change(quan, 'role', 'lan', { role: 'leader' })).json()).toEqual({ returned: 0 });
    expect((await lan.get('/desk/api/shift')).statusCode).toBe(200);
    expect(await stateOf(ID)).toMatchObject({ holder: 'agent', agentId: 'id-lan' });
    expect((await change(quan, 'role', 'lan', { role: 'dispatcher' })).json()).toEqual({ returned: 2 });
    expect((await lan.get('/desk/api/queue')).statusCode).toBe(403);
    expect(await stateOf(ID)).toMatchObject({ holder: 'queue' });
    expect(await noted()).toContainEqual(['Anh Quân', 'change_role', 'Chị Lan (lan)', 'Nhân viên → Trưởng ca']);
  });

  test.each([
    ['locks himself out', 'quan', 'lock', 'quan', 'own_account'],
    ['changes his own role', 'quan', 'role', 'quan', 'own_account'],
    ['locks an admin out as a leader', 'hanh', 'lock', 'sep', 'not_allowed'],
    ['unlocks an admin as a leader', 'hanh', 'unlock', 'sep', 'not_allowed'],
    ['gives roles as a leader', 'hanh', 'role', 'lan', 'not_allowed'],
    ['locks out somebody who is not there', 'quan', 'lock', 'nobody', 'not_found'],
  ] as const)('nobody %s', async (_what, by, what, login, code) => {
    const answer = await change(by === 'quan' ? quan : hanh, what, login, what === 'role' ? { role: 'agent' } : {});
    expect(answer.json().code).toBe(code);
    expect(await noted()).toEqual([]);
    expect((await quan.get('/desk/api/staff')).statusCode).toBe(200);
  });

  test('the last admin stays one, whoever was faster', async () => {
    // Another admin has lost his role after this request was let in.
    const agents = await desk.agents.agents();
    await desk.agents.changeAgent('id-quan', { disabledAt: 1 });
    jest.spyOn(desk.agents, 'agents').mockResolvedValue(agents);
    jest.spyOn(desk.agents, 'session').mockImplementation(async (hash) => ({
      session: { tokenHash: hash, agentId: 'id-quan', createdAt: 0, seenAt: desk.clock.now(), expiresAt: 9e15 },
      agent: agents.find(({ id }) => id === 'id-quan') as (typeof agents)[number],
    }));
    for (const answer of [await change(quan, 'lock', 'sep'), await change(quan, 'role', 'sep', { role: 'agent' })]) {
      expect([answer.statusCode, answer.json().code]).toEqual([409, 'last_admin']);
    }
    expect(await desk.agents.agentByLogin('sep')).toMatchObject({ role: 'admin' });
    jest.restoreAllMocks();
  });
});
