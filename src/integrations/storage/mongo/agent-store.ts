import type { Model } from 'mongoose';
import {
  type Agent,
  type AgentChange,
  type AgentPresence,
  type AgentSession,
  type AgentStore,
  isActiveAdmin,
} from '../../agent-desk/agent-store.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

/** An agent; the login is `_id`, so that it is given once. */
interface AgentDocument extends Omit<Agent, 'id' | 'login'> {
  readonly _id: string;
  readonly agentId: string;
}

export const AGENTS = defineCollection<AgentDocument>({
  name: 'agents',
  fields: {
    _id: needed.text,
    agentId: needed.text,
    name: needed.text,
    role: needed.text,
    passwordHash: needed.text,
    createdAt: needed.number,
    disabledAt: optional.number,
  },
  indexes: [{ key: { agentId: 1 } }],
});

/** A log-in; the hash of its token is `_id`: who reads this collection cannot log in with it. */
interface SessionDocument extends Omit<AgentSession, 'tokenHash'> {
  readonly _id: string;
  /** UTC ms; absent until the first sign of life. */
  readonly leaseUntil?: number;
}

export const SESSIONS = defineCollection<SessionDocument>({
  name: 'agent_sessions',
  fields: {
    _id: needed.text,
    agentId: needed.text,
    createdAt: needed.number,
    seenAt: needed.number,
    expiresAt: needed.number,
    leaseUntil: optional.number,
  },
  indexes: [{ key: { agentId: 1 } }, { key: { expiresAt: 1 } }, { key: { leaseUntil: 1 } }],
});

/** Whether an agent takes conversations; `_id` is the agent. */
interface PresenceDocument extends Omit<AgentPresence, 'agentId'> {
  readonly _id: string;
}

export const PRESENCES = defineCollection<PresenceDocument>({
  name: 'agent_presences',
  fields: { _id: needed.text, status: needed.text, since: needed.number, workedAt: needed.number },
});

/** Agents and their sessions on MongoDB. */
export function createMongoAgentStore(db: MongoDatabase): AgentStore {
  const agents = db.model(AGENTS);
  const sessions = db.model(SESSIONS);
  const presences = db.model(PRESENCES);

  return {
    async agentByLogin(login) {
      const found = await agents.findOne({ _id: login }).lean<AgentDocument>();
      return found === null ? undefined : toAgent(found);
    },
    agents: async () => (await agents.find().sort({ name: 1, _id: 1 }).lean<AgentDocument[]>()).map(toAgent),
    async addAgent({ id, login, ...agent }) {
      return (await insertOnce(agents, { _id: login, agentId: id, ...agent })) ? 'added' : 'login_taken';
    },
    changeAgent: (agentId, change) => changeAgent(agents, agentId, change),
    async changePassword(agentId, passwordHash) {
      await agents.updateOne({ agentId }, { $set: { passwordHash } });
      await sessions.deleteMany({ agentId });
    },
    async startSession({ tokenHash, ...session }) {
      await sessions.insertOne({ _id: tokenHash, ...session });
    },
    async session(tokenHash) {
      const session = await sessions.findOne({ _id: tokenHash }).lean<SessionDocument>();
      const agent = session === null ? null : await agents.findOne({ agentId: session.agentId }).lean<AgentDocument>();
      return session === null || agent === null ? undefined : { session: toSession(session), agent: toAgent(agent) };
    },
    async touchSession(tokenHash, seenAt) {
      await sessions.updateOne({ _id: tokenHash }, { $max: { seenAt } });
    },
    async endSession(tokenHash) {
      await sessions.deleteOne({ _id: tokenHash });
    },
    async endSessionsOf(agentId) {
      await sessions.deleteMany({ agentId });
    },
    async renewLease(tokenHash, until) {
      await sessions.updateOne({ _id: tokenHash }, { $max: { leaseUntil: until } });
    },
    async agentsWithLease(now) {
      const found = await sessions.find({ leaseUntil: { $gt: now } }, { agentId: 1 }).lean();
      return new Set(found.map(({ agentId }) => agentId));
    },
    async setStatus(agentId, status, at) {
      if (!(await insertOnce<PresenceDocument>(presences, { _id: agentId, status, since: at, workedAt: at }))) {
        await presences.updateOne({ _id: agentId }, { $set: { status, since: at } });
      }
    },
    async noteWork(agentId, at) {
      if (
        !(await insertOnce<PresenceDocument>(presences, { _id: agentId, status: 'available', since: at, workedAt: at }))
      ) {
        await presences.updateOne({ _id: agentId }, { $max: { workedAt: at } });
      }
    },
    async presences() {
      const found = await presences.find().lean<PresenceDocument[]>();
      return found.map(({ _id, ...presence }) => ({ agentId: _id, ...presence }));
    },
    pruneSessions: async (before) => (await sessions.deleteMany({ expiresAt: { $lt: before } })).deletedCount,
  };
}

/**
 * Changed first and looked at afterwards: of two admins who lock each other out in one moment, each sees what the other
 * has done, and takes the own change back.
 */
async function changeAgent(agents: Model<AgentDocument>, agentId: string, change: AgentChange) {
  const before = await agents
    .findOneAndUpdate({ agentId }, updateOf(change), { returnDocument: 'before' })
    .lean<AgentDocument>();
  if (before === null) {
    return 'not_found';
  }
  if (isActiveAdmin(before) && (await agents.countDocuments({ role: 'admin', disabledAt: { $exists: false } })) === 0) {
    await agents.updateOne({ agentId }, { $set: { role: before.role }, $unset: { disabledAt: 1 } });
    return 'last_admin';
  }
  return 'changed';
}

function updateOf(change: AgentChange) {
  if ('role' in change) {
    return { $set: { role: change.role } };
  }
  return change.disabledAt === null ? { $unset: { disabledAt: 1 } } : { $set: { disabledAt: change.disabledAt } };
}

function toAgent({ _id, agentId, ...agent }: AgentDocument): Agent {
  return { id: agentId, login: _id, ...agent };
}

function toSession({ _id, leaseUntil, ...session }: SessionDocument): AgentSession {
  return { tokenHash: _id, ...session };
}
