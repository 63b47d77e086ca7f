import type { FastifyInstance } from 'fastify';
import type { AgentActResult, PerformAgentAct } from '../../bot/agent-act-result.ts';
import { agentEventKey } from '../../bot/agent-reply.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { Clock, ConversationStore } from '../../bot/ports.ts';
import { windowState } from '../../bot/reply-window.ts';
import type { SentFiles } from '../media/sent-files.ts';
import { type ActBody, actBodies, type Named, type PersonalAct, toAct } from './act-bodies.ts';
import { refusalOfAct } from './act-refusals.ts';
import { type Agent, type AgentPresences, type AgentRecords, answersCustomers } from './agent-store.ts';
import { type AuditLog, entryKey } from './audit-log.ts';
import type { ActAnswer, DeskRefusal } from './desk-api/acts.ts';
import { type DeskChannels, takesFiles, windowOf } from './desk-channels.ts';
import { CLOSED_WINDOW_WORDS, NO_FILE_WORDS } from './desk-words.ts';
import { agentOf, refuse } from './guard.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { DeskRules } from './load-desk-rules.ts';

interface ActDeps {
  readonly performAgentAct: PerformAgentAct;
  readonly store: ConversationStore;
  readonly agents: AgentRecords & AgentPresences;
  readonly leases: Pick<LeaseKeeper, 'present'>;
  readonly audit: AuditLog;
  readonly rules: DeskRules;
  readonly channels: DeskChannels;
  readonly sentFiles: Pick<SentFiles, 'find'>;
  readonly clock: Clock;
}

/** Everything that an agent does to a conversation: each is a turn of its chain. */
export function registerActRoutes(desk: FastifyInstance, deps: ActDeps): void {
  const { performAgentAct, store, rules, channels, clock } = deps;
  const bodies = actBodies(rules, clock);

  async function isClosed(conversationId: ConversationId): Promise<boolean> {
    const window = await windowOf(channels, conversationId);
    return window !== undefined && windowState(window, clock.now()) === 'closed';
  }

  /** What was done under this key already: what has changed since then refuses nothing any more. */
  async function doneBefore(id: ConversationId, key: string): Promise<AgentActResult | undefined> {
    return (await store.isHandled(id, agentEventKey(id, key)))
      ? { done: true, version: (await store.head(id))?.version ?? 0 }
      : undefined;
  }

  async function perform(name: PersonalAct, body: ActBody, agent: Agent): Promise<AgentActResult | DeskRefusal> {
    const { conversationId } = body;
    const key = `${agent.id}/${body.key}`;
    const before = await doneBefore(conversationId, key);
    if (before !== undefined) {
      return before;
    }
    const named = await findNamed(deps, body);
    if ('code' in named) {
      return named;
    }
    return name === 'say' && (await isClosed(conversationId))
      ? { code: 'window_closed', message: CLOSED_WINDOW_WORDS }
      : performAgentAct(conversationId, toAct(name, body, agent, named), key);
  }

  for (const name of Object.keys(bodies) as PersonalAct[]) {
    desk.post(`/desk/api/acts/${name}`, async (request, reply) => {
      const body: ActBody = bodies[name].parse(request.body);
      const agent = agentOf(request);
      const result = await perform(name, body, agent);
      if ('code' in result) {
        return refuse(reply, 409, result);
      }
      if (result.done) {
        const at = clock.now();
        await deps.agents.noteWork(agent.id, at);
        await deps.audit.append({
          ...{ at, actorId: agent.id, actorName: agent.name },
          ...{ action: `act_${name}`, subject: body.conversationId },
          // Sent again after a lost answer it is the same act, and the entry is there, or missing still.
          key: entryKey(`act_${name}`, agent.id, body.conversationId, body.key),
        });
      }
      return result.done
        ? ({ version: result.version } satisfies ActAnswer)
        : refuse(
            reply,
            result.reason === 'not_found' ? 404 : 409,
            await refusalOfAct(store, result, body.conversationId),
          );
    });
  }
}

/** The colleague and the file that a body names, or why they cannot be had. */
async function findNamed(deps: ActDeps, body: ActBody): Promise<Named | DeskRefusal> {
  const to = 'to' in body ? await colleagueFor(deps, body.to) : undefined;
  if (to !== undefined && 'code' in to) {
    return to;
  }
  const url = 'file' in body ? body.file : undefined;
  const file = url === undefined ? undefined : deps.sentFiles.find(body.conversationId, url);
  const isRefused = url !== undefined && (file === undefined || !takesFiles(deps.channels, body.conversationId));
  return isRefused ? { code: 'no_file', message: NO_FILE_WORDS } : { to, file };
}

/** Whom a conversation may be given to: somebody whose desk is open. */
async function colleagueFor({ agents, leases }: ActDeps, id: string): Promise<Agent | DeskRefusal> {
  const agent = (await agents.agents()).find(
    (one) => one.id === id && one.disabledAt === undefined && answersCustomers(one),
  );
  if (agent === undefined) {
    return { code: 'no_colleague', message: 'Không tìm thấy nhân viên này.' };
  }
  return (await leases.present()).has(id)
    ? agent
    : { code: 'colleague_away', message: `${agent.name} hiện không mở bàn làm việc. Hãy chọn người khác.` };
}
