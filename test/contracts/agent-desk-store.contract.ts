import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Agent, AgentSession, AgentStore } from '../../src/integrations/agent-desk/agent-store.ts';

let counter = 0;

function someAgent(change: Partial<Agent> = {}): Agent {
  counter += 1;
  return {
    id: `id-${counter}`,
    login: `login-${counter}`,
    name: 'Chị Thuỷ',
    role: 'agent',
    passwordHash: 'scrypt$1$1$1$a$b',
    createdAt: 1_000,
    ...change,
  };
}

function someSession(agentId: string, change: Partial<AgentSession> = {}): AgentSession {
  counter += 1;
  return { tokenHash: `token-${counter}`, agentId, createdAt: 1_000, seenAt: 1_000, expiresAt: 9_000, ...change };
}

/** What every `AgentStore` promises. */
export function agentStoreContract(
  name: string,
  open: () => Promise<{ readonly store: AgentStore; close(): Promise<void> }>,
): void {
  describe(`${name} as an agent store`, () => {
    let store: AgentStore;
    let close: () => Promise<void>;

    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close());

    test('gives back what was added, in its Vietnamese spelling', async () => {
      const agent = someAgent({ name: 'Chị Thuỷ Nguyễn', role: 'leader' });
      expect(await store.addAgent(agent)).toBe('added');
      expect(await store.agentByLogin(agent.login)).toEqual(agent);
    });

    test('does not know an agent who was never added', async () => {
      expect(await store.agentByLogin('nobody')).toBeUndefined();
    });

    test('keeps the first of two agents with one login', async () => {
      const first = someAgent();
      await store.addAgent(first);
      expect(await store.addAgent({ ...someAgent(), login: first.login })).toBe('login_taken');
      expect((await store.agentByLogin(first.login))?.id).toBe(first.id);
    });

    test('lists its agents by name', async () => {
      const names = ['Bình', 'An'];
      const ids: string[] = [];
      for (const agentName of names) {
        const agent = someAgent({ name: agentName });
        ids.push(agent.id);
        await store.addAgent(agent);
      }
      const listed = (await store.agents()).filter(({ id }) => ids.includes(id));
      expect(listed.map((agent) => agent.name)).toEqual(['An', 'Bình']);
    });

    test('finds a session with its agent until it is ended', async () => {
      const agent = someAgent();
      const session = someSession(agent.id);
      await store.addAgent(agent);
      await store.startSession(session);
      expect(await store.session(session.tokenHash)).toEqual({ session, agent });
      await store.endSession(session.tokenHash);
      expect(await store.session(session.tokenHash)).toBeUndefined();
    });

    test('never moves the last sign of life back', async () => {
      const agent = someAgent();
      const session = someSession(agent.id);
      await store.addAgent(agent);
      await store.startSession(session);
      await store.touchSession(session.tokenHash, 5_000);
      await store.touchSession(session.tokenHash, 4_000);
      expect((await store.session(session.tokenHash))?.session.seenAt).toBe(5_000);
    });

    test('ends every session of an agent whose password changes, and no other', async () => {
      const [changed, other] = [someAgent(), someAgent()];
      const [mine, theirs] = [someSession(changed.id), someSession(other.id)];
      for (const agent of [changed, other]) {
        await store.addAgent(agent);
      }
      await store.startSession(mine);
      await store.startSession(theirs);
      await store.changePassword(changed.id, 'scrypt$2$2$2$c$d');
      expect((await store.agentByLogin(changed.login))?.passwordHash).toBe('scrypt$2$2$2$c$d');
      expect(await store.session(mine.tokenHash)).toBeUndefined();
      expect(await store.session(theirs.tokenHash)).toBeDefined();
    });

    test('changes a role, locks an account and opens it again, and knows nobody who is not there', async () => {
      const agent = someAgent();
      await store.addAgent(agent);
      const now = () => store.agentByLogin(agent.login);
      expect(await store.changeAgent(agent.id, { role: 'leader' })).toBe('changed');
      expect(await store.changeAgent(agent.id, { disabledAt: 7_000 })).toBe('changed');
      expect(await now()).toEqual({ ...agent, role: 'leader', disabledAt: 7_000 });
      expect(await store.changeAgent(agent.id, { role: 'partner' })).toBe('changed');
      expect(await now()).toEqual({ ...agent, role: 'partner', disabledAt: 7_000 });
      expect(await store.changeAgent(agent.id, { disabledAt: null })).toBe('changed');
      expect(await now()).toEqual({ ...agent, role: 'partner' });
      expect(await store.changeAgent('nobody', { role: 'admin' })).toBe('not_found');
    });

    test('keeps one admin, also when two lock each other out at once', async () => {
      const [first, second] = [someAgent({ role: 'admin' }), someAgent({ role: 'admin' })];
      await store.addAgent(first);
      expect(await store.changeAgent(first.id, { disabledAt: 7_000 })).toBe('last_admin');
      expect(await store.changeAgent(first.id, { role: 'leader' })).toBe('last_admin');
      expect(await store.agentByLogin(first.login)).toEqual(first);
      await store.addAgent(second);
      await Promise.all([
        store.changeAgent(first.id, { disabledAt: 7_000 }),
        store.changeAgent(second.id, { role: 'agent' }),
      ]);
      const left = (await store.agents()).filter(
        ({ role, disabledAt }) => role === 'admin' && disabledAt === undefined,
      );
      expect(left.length).toBeGreaterThan(0);
      expect(await store.changeAgent(first.id, { role: 'admin' })).toBe('changed');
    });

    test('keeps the longest lease of a session, and forgets it with the session', async () => {
      const agent = someAgent();
      const session = someSession(agent.id);
      await store.addAgent(agent);
      await store.startSession(session);
      await store.renewLease(session.tokenHash, 5_000);
      await store.renewLease(session.tokenHash, 4_000);
      expect((await store.agentsWithLease(4_500)).has(agent.id)).toBe(true);
      expect((await store.agentsWithLease(5_000)).has(agent.id)).toBe(false);
      await store.endSession(session.tokenHash);
      expect((await store.agentsWithLease(4_500)).has(agent.id)).toBe(false);
    });

    test('keeps whether an agent takes conversations, and when he last worked', async () => {
      const [lan, minh] = ['lan', 'minh'].map((name) => `presence-${name}-${counter}`) as [string, string];
      await store.setStatus(lan, 'away', 1_000);
      await store.noteWork(lan, 3_000);
      await store.noteWork(lan, 2_000);
      await store.noteWork(minh, 4_000);
      const known = (await store.presences()).filter(({ agentId }) => [lan, minh].includes(agentId));
      expect(known).toContainEqual({ agentId: lan, status: 'away', since: 1_000, workedAt: 3_000 });
      expect(known).toContainEqual({ agentId: minh, status: 'available', since: 4_000, workedAt: 4_000 });
    });

    test('ends every log-in of one agent, and of nobody else', async () => {
      const [lan, minh] = [someAgent({ role: 'partner' }), someAgent()];
      const open = [someSession(lan.id), someSession(lan.id), someSession(minh.id)];
      await store.addAgent(lan);
      await store.addAgent(minh);
      for (const session of open) {
        await store.startSession(session);
      }
      await store.endSessionsOf(lan.id);
      const left = await Promise.all(open.map(({ tokenHash }) => store.session(tokenHash)));
      expect(left.map((found) => found?.agent.id)).toEqual([undefined, undefined, minh.id]);
    });

    test('gives no lease to a session that has ended', async () => {
      const agent = someAgent();
      const session = someSession(agent.id);
      await store.addAgent(agent);
      await store.renewLease(session.tokenHash, 5_000);
      await store.startSession(session);
      expect((await store.agentsWithLease(4_500)).has(agent.id)).toBe(false);
    });

    test('forgets the sessions that have ended', async () => {
      const agent = someAgent();
      const [ended, open] = [someSession(agent.id, { expiresAt: 2_000 }), someSession(agent.id, { expiresAt: 9_000 })];
      await store.addAgent(agent);
      await store.startSession(ended);
      await store.startSession(open);
      await store.pruneSessions(3_000);
      expect(await store.session(ended.tokenHash)).toBeUndefined();
      expect(await store.session(open.tokenHash)).toBeDefined();
    });
  });
}
