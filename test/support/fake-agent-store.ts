import {
  type Agent,
  type AgentPresence,
  type AgentSession,
  type AgentStore,
  changedAgent,
  isActiveAdmin,
} from '../../src/integrations/agent-desk/agent-store.ts';

/** Agents and sessions in memory. */
export function createFakeAgentStore(): AgentStore {
  const agents = new Map<string, Agent>();
  const sessions = new Map<string, AgentSession>();
  const leases = new Map<string, number>();
  const presences = new Map<string, AgentPresence>();
  const byLogin = (login: string) => [...agents.values()].find((agent) => agent.login === login);
  return {
    agentByLogin: async (login) => byLogin(login),
    agents: async () => [...agents.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    async addAgent(agent) {
      if (byLogin(agent.login) !== undefined) {
        return 'login_taken';
      }
      agents.set(agent.id, agent);
      return 'added';
    },
    async changeAgent(agentId, change) {
      const before = agents.get(agentId);
      if (before === undefined) {
        return 'not_found';
      }
      const after = changedAgent(before, change);
      const others = [...agents.values()].filter(({ id }) => id !== agentId);
      if (isActiveAdmin(before) && !isActiveAdmin(after) && !others.some(isActiveAdmin)) {
        return 'last_admin';
      }
      agents.set(agentId, after);
      return 'changed';
    },
    async changePassword(agentId, passwordHash) {
      const agent = agents.get(agentId);
      if (agent !== undefined) {
        agents.set(agentId, { ...agent, passwordHash });
      }
      for (const session of sessions.values()) {
        if (session.agentId === agentId) {
          sessions.delete(session.tokenHash);
        }
      }
    },
    async startSession(session) {
      sessions.set(session.tokenHash, session);
    },
    async session(tokenHash) {
      const session = sessions.get(tokenHash);
      const agent = session && agents.get(session.agentId);
      return session && agent && { session, agent };
    },
    async touchSession(tokenHash, seenAt) {
      const session = sessions.get(tokenHash);
      if (session !== undefined) {
        sessions.set(tokenHash, { ...session, seenAt: Math.max(session.seenAt, seenAt) });
      }
    },
    async endSession(tokenHash) {
      sessions.delete(tokenHash);
    },
    async endSessionsOf(agentId) {
      for (const session of sessions.values()) {
        if (session.agentId === agentId) {
          sessions.delete(session.tokenHash);
        }
      }
    },
    async renewLease(tokenHash, until) {
      if (sessions.has(tokenHash)) {
        leases.set(tokenHash, Math.max(until, leases.get(tokenHash) ?? 0));
      }
    },
    agentsWithLease: async (now) =>
      new Set([...sessions.values()].flatMap((one) => ((leases.get(one.tokenHash) ?? 0) > now ? [one.agentId] : []))),
    async setStatus(agentId, status, at) {
      presences.set(agentId, { workedAt: at, ...presences.get(agentId), agentId, status, since: at });
    },
    async noteWork(agentId, at) {
      const known = presences.get(agentId) ?? { agentId, status: 'available', since: at, workedAt: at };
      presences.set(agentId, { ...known, workedAt: Math.max(at, known.workedAt) });
    },
    presences: async () => [...presences.values()],
    async pruneSessions(before) {
      const ended = [...sessions.values()].filter((session) => session.expiresAt < before);
      for (const { tokenHash } of ended) {
        sessions.delete(tokenHash);
      }
      return ended.length;
    },
  };
}
