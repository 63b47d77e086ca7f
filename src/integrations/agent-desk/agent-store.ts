/** What an agent may do: see `permissions.ts`. */
export type AgentRole = (typeof AGENT_ROLES)[number];

export const AGENT_ROLES = ['agent', 'partner', 'dispatcher', 'leader', 'admin'] as const;

/** Dispatchers keep the incidents and talk to no customer. */
export function answersCustomers({ role }: Pick<Agent, 'role'>): boolean {
  return role !== 'dispatcher';
}

/** A person who answers customers at the desk. */
export interface Agent {
  readonly id: string;
  /** Lower case; unique. */
  readonly login: string;
  /** As customers and colleagues read it, for example `Chị Lan`. */
  readonly name: string;
  readonly role: AgentRole;
  /** As `passwords.ts` writes it. */
  readonly passwordHash: string;
  /** UTC ms. */
  readonly createdAt: number;
  /** UTC ms since when the agent may not log in any more. */
  readonly disabledAt?: number;
}

/** `disabledAt: null`: may log in again. */
export type AgentChange = { readonly role: AgentRole } | { readonly disabledAt: number | null };

/** An agent as a change leaves it. */
export function changedAgent({ disabledAt, ...agent }: Agent, change: AgentChange): Agent {
  if ('role' in change) {
    return { ...agent, role: change.role, ...(disabledAt !== undefined && { disabledAt }) };
  }
  return { ...agent, ...(change.disabledAt !== null && { disabledAt: change.disabledAt }) };
}

/** Who may change accounts. */
export function isActiveAdmin({ role, disabledAt }: Pick<Agent, 'role' | 'disabledAt'>): boolean {
  return role === 'admin' && disabledAt === undefined;
}

/** One log-in. The token itself is only in the agent's cookie. */
export interface AgentSession {
  readonly tokenHash: string;
  readonly agentId: string;
  /** UTC ms. */
  readonly createdAt: number;
  /** UTC ms of the last thing that the agent did. */
  readonly seenAt: number;
  /** UTC ms at which it ends whatever happens. */
  readonly expiresAt: number;
}

/** The people of the desk. */
export interface AgentRecords {
  agentByLogin(login: string): Promise<Agent | undefined>;
  /** In the order of their names. */
  agents(): Promise<readonly Agent[]>;
  /** One unique insert by login. */
  addAgent(agent: Agent): Promise<'added' | 'login_taken'>;
  /** `last_admin`: nobody who may change accounts would be left, so nothing has changed. */
  changeAgent(agentId: string, change: AgentChange): Promise<'changed' | 'not_found' | 'last_admin'>;
  /** Ends the sessions of that agent too. */
  changePassword(agentId: string, passwordHash: string): Promise<void>;
}

/** Who is logged in. */
export interface AgentSessions {
  startSession(session: AgentSession): Promise<void>;
  session(tokenHash: string): Promise<{ readonly session: AgentSession; readonly agent: Agent } | undefined>;
  /** `seenAt` only grows. */
  touchSession(tokenHash: string, seenAt: number): Promise<void>;
  endSession(tokenHash: string): Promise<void>;
  /** Ends every log-in of that agent. */
  endSessionsOf(agentId: string): Promise<void>;
  /** Forgets sessions that ended before that time; returns how many. */
  pruneSessions(before: number): Promise<number>;
}

/** Signs of life: one lease for each session, which ends with it. */
export interface AgentLeases {
  /** `until` (UTC ms) only grows. A session that has ended gets none. */
  renewLease(tokenHash: string, until: number): Promise<void>;
  /** Agents with a lease that holds at that time. */
  agentsWithLease(now: number): Promise<ReadonlySet<string>>;
}

/** Whether an agent takes conversations. Who has never said is available. */
export interface AgentPresence {
  readonly agentId: string;
  readonly status: PresenceStatus;
  /** UTC ms. */
  readonly since: number;
  /** UTC ms when the agent last had a conversation to do with. */
  readonly workedAt: number;
}

export type PresenceStatus = 'available' | 'away';

export interface AgentPresences {
  setStatus(agentId: string, status: PresenceStatus, at: number): Promise<void>;
  /** `at` only grows. */
  noteWork(agentId: string, at: number): Promise<void>;
  /** Of everybody who has ever said or done anything. */
  presences(): Promise<readonly AgentPresence[]>;
}

export type AgentStore = AgentRecords & AgentSessions & AgentLeases & AgentPresences;
