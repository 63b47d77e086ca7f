import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { PerformAgentAct } from '../../bot/agent-act-result.ts';
import type { Clock, ConversationViews } from '../../bot/ports.ts';
import { AGENT_ROLES, type Agent, type AgentRole, type AgentStore, answersCustomers } from './agent-store.ts';
import { type AuditAction, type AuditLog, entryKey } from './audit-log.ts';
import type { DeskRefusal } from './desk-api/acts.ts';
import type { StaffAnswer, StaffChange } from './desk-api/staff.ts';
import { ROLE_WORDS } from './desk-words.ts';
import { agentOf, refuse } from './guard.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { listHeld } from './list-held.ts';
import type { ShiftRecords } from './shift-records.ts';

interface StaffDeps {
  readonly agents: AgentStore;
  readonly views: Pick<ConversationViews, 'list'>;
  readonly shift: Pick<ShiftRecords, 'load'>;
  readonly leases: Pick<LeaseKeeper, 'present'>;
  readonly performAgentAct: PerformAgentAct;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** Closes the live sockets of an agent at this node; the others find out at their next beat. */
  readonly dropSockets: (agentId: string) => void;
}

const agentId = z.string().min(1).max(64);
const lockBody = z.strictObject({
  agentId,
  reason: z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(3).max(500)),
});
const roleBody = z.strictObject({ agentId, role: z.enum(AGENT_ROLES) });

/** Whom a shift leader may lock out; the others are the admins' business. */
const LED: readonly AgentRole[] = ['agent', 'partner', 'dispatcher'];

/** The accounts of the desk: who there is, who is locked out, and what each may do. */
export function registerStaffRoutes(desk: FastifyInstance, deps: StaffDeps): void {
  const { agents, shift, leases, audit, clock } = deps;

  desk.get('/desk/api/staff', async (): Promise<StaffAnswer> => {
    const [everybody, present, { held }] = await Promise.all([agents.agents(), leases.present(), shift.load()]);
    return {
      staff: everybody.map(({ id, login, name, role, disabledAt }) => ({
        ...{ id, login, name, role, isOnline: disabledAt === undefined && present.has(id) },
        open: held.find((one) => one.agentId === id)?.conversations ?? 0,
        ...(disabledAt !== undefined && { lockedAt: disabledAt }),
      })),
    };
  });

  desk.post('/desk/api/staff/lock', async (request, reply) => {
    const given = lockBody.parse(request.body);
    const found = await changeable(request, given.agentId);
    if ('code' in found) {
      return refuse(reply, 409, found);
    }
    // Written down first: nobody is locked out without a trace.
    await note(request, 'lock_agent', found, given.reason);
    if ((await agents.changeAgent(found.id, { disabledAt: clock.now() })) === 'last_admin') {
      return refuse(reply, 409, LAST_ADMIN);
    }
    deps.dropSockets(found.id);
    const returned = await takeBack(request, found, `Tài khoản của ${found.name} bị khóa: ${given.reason}`);
    // Last, as signs of life end with it: what is left then goes back without a note.
    await agents.endSessionsOf(found.id);
    return { returned } satisfies StaffChange;
  });

  desk.post('/desk/api/staff/unlock', async (request, reply) => {
    const given = lockBody.parse(request.body);
    const found = await changeable(request, given.agentId);
    if ('code' in found) {
      return refuse(reply, 409, found);
    }
    await note(request, 'unlock_agent', found, given.reason);
    await agents.endSessionsOf(found.id);
    await agents.changeAgent(found.id, { disabledAt: null });
    return { returned: 0 } satisfies StaffChange;
  });

  desk.post('/desk/api/staff/role', async (request, reply) => {
    const { agentId: id, role } = roleBody.parse(request.body);
    const found = await changeable(request, id);
    if ('code' in found) {
      return refuse(reply, 409, found);
    }
    await note(request, 'change_role', found, `${ROLE_WORDS[found.role]} → ${ROLE_WORDS[role]}`);
    if ((await agents.changeAgent(id, { role })) === 'last_admin') {
      return refuse(reply, 409, LAST_ADMIN);
    }
    deps.dropSockets(id);
    const words = `${found.name} không còn trả lời khách: vai trò mới là ${ROLE_WORDS[role]}`;
    return { returned: answersCustomers({ role }) ? 0 : await takeBack(request, found, words) } satisfies StaffChange;
  });

  /** The account, or why this agent may not change it. */
  async function changeable(request: FastifyRequest, id: string): Promise<Agent | DeskRefusal> {
    const me = agentOf(request);
    const found = (await agents.agents()).find((agent) => agent.id === id);
    if (found === undefined) {
      return { code: 'not_found', message: 'Không tìm thấy tài khoản này.' };
    }
    if (found.id === me.id) {
      return { code: 'own_account', message: 'Không ai tự khóa hay tự đổi vai trò của mình. Hãy nhờ người khác.' };
    }
    return me.role === 'admin' || LED.includes(found.role)
      ? found
      : { code: 'not_allowed', message: `Chỉ quản trị đổi được tài khoản ${ROLE_WORDS[found.role].toLowerCase()}.` };
  }

  /** Everything that the agent holds, also what was set aside, goes to the head of the queue with a note. */
  async function takeBack(request: FastifyRequest, from: Agent, words: string): Promise<number> {
    const me = agentOf(request);
    const held = (await shift.load()).held.filter((one) => one.agentId === from.id);
    let returned = 0;
    for (const { conversationId, version } of await listHeld(deps.views, held)) {
      const act = { act: 'take_back', from: from.id, note: words, agentId: me.id, agentName: me.name } as const;
      const { done } = await deps.performAgentAct(conversationId, act, `${me.id}/take-back-${from.id}-${version}`);
      if (done) {
        returned += 1;
        await audit.append({
          ...{ at: clock.now(), actorId: me.id, actorName: me.name },
          ...{ action: 'act_take_back', subject: conversationId, reason: from.name },
          key: entryKey('act_take_back', me.id, conversationId, `${from.id}-${version}`),
        });
      }
    }
    return returned;
  }

  async function note(request: FastifyRequest, action: AuditAction, of: Agent, reason: string): Promise<void> {
    const { id: actorId, name: actorName } = agentOf(request);
    await audit.append({ at: clock.now(), actorId, actorName, action, subject: `${of.name} (${of.login})`, reason });
  }
}

const LAST_ADMIN: DeskRefusal = {
  code: 'last_admin',
  message: 'Đây là quản trị duy nhất còn lại. Hãy cấp quyền quản trị cho người khác trước.',
};
