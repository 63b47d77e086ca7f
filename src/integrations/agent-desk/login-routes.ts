import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Agent, AgentStore } from './agent-store.ts';
import type { AuditEntry } from './audit-log.ts';
import type { DemoAgentHint, DeskAgent, SessionAnswer } from './desk-api/session.ts';
import { refuse } from './guard.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { hashPassword, isPassword, type ScryptCost } from './passwords.ts';
import type { Sessions } from './sessions.ts';

interface LoginDeps {
  readonly agents: AgentStore;
  readonly sessions: Sessions;
  readonly throttle: LoginThrottle;
  readonly cookieName: string;
  readonly secureCookies: boolean;
  readonly demoAgents: readonly DemoAgentHint[];
  readonly passwordCost: ScryptCost | undefined;
  /** Ends the live sockets of a session. */
  readonly dropSockets: (tokenHash: string) => void;
  /** Writes into the audit log. */
  readonly note: (entry: Omit<AuditEntry, 'at'>) => Promise<void>;
}

const loginBody = z.strictObject({
  login: z
    .string()
    .max(64)
    .transform((login) => login.normalize('NFC').trim().toLowerCase()),
  password: z.string().min(1).max(200),
});

/** Log-in, log-out, and who is logged in. */
export async function registerLoginRoutes(desk: FastifyInstance, deps: LoginDeps): Promise<void> {
  const { agents, sessions, throttle, cookieName, secureCookies, demoAgents, passwordCost, dropSockets, note } = deps;
  // Nobody's password: looked at when the login is unknown, so that the answer takes as long as for a known one.
  const nobodysHash = await hashPassword('', passwordCost);
  const cookie = sessionCookie(secureCookies);

  async function agentWith(login: string, password: string): Promise<Agent | undefined> {
    const agent = await agents.agentByLogin(login);
    const isRight = await isPassword(password, agent?.passwordHash ?? nobodysHash);
    return isRight && agent?.disabledAt === undefined ? agent : undefined;
  }

  desk.get('/desk/api/session', async (request): Promise<SessionAnswer> => {
    const agent = request.deskSession?.agent;
    return agent === undefined ? { demoAgents } : { agent: toDeskAgent(agent), demoAgents: [] };
  });

  desk.post('/desk/api/login', async (request, reply) => {
    const { login, password } = loginBody.parse(request.body);
    const refusal = await throttle.take(login, request.ip);
    if (refusal !== undefined) {
      const minutes = Math.ceil(refusal.waitMs / 60_000);
      return refuse(reply.header('retry-after', Math.ceil(refusal.waitMs / 1000)), 429, {
        code: 'too_many_tries',
        message: `Đã thử sai quá nhiều lần. Vui lòng thử lại sau ${minutes} phút.`,
      });
    }
    const agent = await agentWith(login, password);
    if (agent === undefined) {
      request.log.warn('desk log-in refused');
      await note({ actorId: 'nobody', actorName: 'Không rõ', action: 'log_in_refused' });
      return refuse(reply, 401, { code: 'wrong_login', message: 'Tên đăng nhập hoặc mật khẩu không đúng.' });
    }
    await throttle.succeeded(login, request.ip);
    await endPresentSession(request.cookies[cookieName]);
    reply.setCookie(cookieName, await sessions.start(agent.id), cookie);
    request.log.info({ agentId: agent.id }, 'agent logged in');
    await note({ actorId: agent.id, actorName: agent.name, action: 'log_in' });
    return { agent: toDeskAgent(agent), demoAgents: [] } satisfies SessionAnswer;
  });

  desk.post('/desk/api/logout', async (request, reply) => {
    if (request.deskSession !== null) {
      const { session, agent } = request.deskSession;
      dropSockets(session.tokenHash);
      await note({ actorId: agent.id, actorName: agent.name, action: 'log_out' });
    }
    await endPresentSession(request.cookies[cookieName]);
    return reply.clearCookie(cookieName, cookie).code(204).send();
  });

  async function endPresentSession(token: string | undefined): Promise<void> {
    if (token !== undefined) {
      await sessions.end(token);
    }
  }
}

/** How the cookie of a log-in is set. */
export function sessionCookie(secure: boolean) {
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' } as const;
}

export function toDeskAgent({ id, name, role }: Agent): DeskAgent {
  return { id, name, role };
}
