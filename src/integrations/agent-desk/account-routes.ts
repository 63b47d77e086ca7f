import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../bot/ports.ts';
import { PASSWORD_MIN_LENGTH, passwordFault } from './add-agent.ts';
import type { AgentStore } from './agent-store.ts';
import type { AuditAction, AuditLog } from './audit-log.ts';
import { agentOf, refuse } from './guard.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { hashPassword, isPassword, type ScryptCost } from './passwords.ts';
import type { Sessions } from './sessions.ts';

interface AccountDeps {
  readonly agents: AgentStore;
  readonly sessions: Sessions;
  readonly throttle: LoginThrottle;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly passwordCost: ScryptCost | undefined;
  /** Sends the cookie of a fresh log-in. */
  readonly setCookie: (reply: import('fastify').FastifyReply, token: string) => void;
}

const passwordBody = z.strictObject({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) });

/** What an agent does about the own account. */
export function registerAccountRoutes(desk: FastifyInstance, deps: AccountDeps): void {
  const { agents, sessions, throttle, audit, clock, passwordCost, setCookie } = deps;

  const note = (agent: { readonly id: string; readonly name: string }, action: AuditAction) =>
    audit.append({ at: clock.now(), actorId: agent.id, actorName: agent.name, action });

  desk.post('/desk/api/logout-everywhere', async (request, reply) => {
    const agent = agentOf(request);
    await agents.endSessionsOf(agent.id);
    await note(agent, 'log_out_everywhere');
    return reply.code(204).send();
  });

  desk.post('/desk/api/password', async (request, reply) => {
    const { current, next } = passwordBody.parse(request.body);
    const agent = agentOf(request);
    if ((await throttle.take(agent.login, request.ip)) !== undefined) {
      const message = 'Đã thử sai quá nhiều lần. Vui lòng thử lại sau ít phút.';
      return refuse(reply, 429, { code: 'too_many_tries', message });
    }
    if (!(await isPassword(current, agent.passwordHash))) {
      return refuse(reply, 403, { code: 'wrong_password', message: 'Mật khẩu đang dùng không đúng.' });
    }
    await throttle.succeeded(agent.login, request.ip);
    if (passwordFault(next, agent.login) !== undefined) {
      const message = `Mật khẩu mới cần ít nhất ${PASSWORD_MIN_LENGTH} ký tự và không chứa tên đăng nhập.`;
      return refuse(reply, 400, { code: 'weak_password', message });
    }
    await agents.changePassword(agent.id, await hashPassword(next, passwordCost));
    await note(agent, 'change_password');
    setCookie(reply, await sessions.start(agent.id));
    return reply.code(204).send();
  });
}
