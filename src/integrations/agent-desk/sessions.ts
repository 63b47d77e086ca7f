import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../bot/ports.ts';
import type { Agent, AgentSession, AgentSessions } from './agent-store.ts';

export interface SessionLimits {
  /** Ends after this long without anything done by the agent. */
  readonly idleMs: number;
  /** Ends after this long whatever happens. */
  readonly absoluteMs: number;
}

/** Long enough for a shift with its breaks, short enough for a forgotten screen. */
export const SESSION_LIMITS: SessionLimits = { idleMs: 2 * 3_600_000, absoluteMs: 12 * 3_600_000 };

/** A session that holds now, with its agent. */
export interface OpenSession {
  readonly session: AgentSession;
  readonly agent: Agent;
}

export interface Sessions {
  /** Returns the token for the cookie: it is stored nowhere else. */
  start(agentId: string): Promise<string>;
  /** `touch`: the agent did something, so the idle time starts again. */
  find(token: string, touch: boolean): Promise<OpenSession | undefined>;
  /** Whose session it is, by the stored hash: for sockets that live longer than a request. */
  agentOf(tokenHash: string): Promise<Agent | undefined>;
  end(token: string): Promise<void>;
}

interface SessionsDeps {
  readonly store: AgentSessions;
  readonly clock: Clock;
  readonly limits?: SessionLimits;
}

/** A write for every request would be a write for every poll: once a minute says the same. */
const TOUCH_EVERY_MS = 60_000;

export function createSessions({ store, clock, limits = SESSION_LIMITS }: SessionsDeps): Sessions {
  async function findByHash(tokenHash: string): Promise<OpenSession | undefined> {
    const found = await store.session(tokenHash);
    const now = clock.now();
    if (found === undefined || found.agent.disabledAt !== undefined) {
      return undefined;
    }
    const ends = Math.min(found.session.expiresAt, found.session.seenAt + limits.idleMs);
    return now < ends ? found : undefined;
  }

  return {
    async start(agentId) {
      const token = randomBytes(32).toString('base64url');
      const now = clock.now();
      await store.pruneSessions(now);
      await store.startSession({
        tokenHash: hashToken(token),
        agentId,
        createdAt: now,
        seenAt: now,
        expiresAt: now + limits.absoluteMs,
      });
      return token;
    },
    async find(token, touch) {
      const found = await findByHash(hashToken(token));
      const now = clock.now();
      if (found !== undefined && touch && now - found.session.seenAt >= TOUCH_EVERY_MS) {
        await store.touchSession(found.session.tokenHash, now);
      }
      return found;
    },
    agentOf: async (tokenHash) => (await findByHash(tokenHash))?.agent,
    end: (token) => store.endSession(hashToken(token)),
  };
}

/** A plain hash is enough: the token is 256 random bits, so nobody can try them out. */
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
