import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type {
  Clock,
  ConversationStore,
  ConversationViews,
  CustomerRecords,
  DeliveryLedger,
  MediaStore,
  OutageRecords,
  TicketStore,
} from '../../bot/ports.ts';
import { type AgentPresences, type AgentRecords, answersCustomers } from './agent-store.ts';
import { channelTroubles } from './channel-troubles.ts';
import type { ColleaguesAnswer, ConversationsAnswer, FoldedAnswer, QueueAnswer } from './desk-api/queue.ts';
import type { DeskChannels } from './desk-channels.ts';
import { agentOf, refuse } from './guard.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { DeskRules } from './load-desk-rules.ts';
import { toDeskAgent } from './login-routes.ts';
import type { QueueBoard } from './queue-board.ts';
import { MOST_QUEUE_ROWS, QUEUE_PAGE } from './queue-limits.ts';
import { readConversation } from './read-conversation.ts';
import { readSidePanel } from './read-side-panel.ts';

interface ConversationDeps {
  readonly views: ConversationViews;
  readonly store: ConversationStore;
  readonly deliveries: Pick<DeliveryLedger, 'open'>;
  readonly media: Pick<MediaStore, 'records'>;
  readonly customers: CustomerRecords;
  readonly outages: OutageRecords;
  readonly tickets: TicketStore;
  readonly agents: AgentRecords & AgentPresences;
  readonly board: QueueBoard;
  readonly leases: Pick<LeaseKeeper, 'present'>;
  readonly rules: DeskRules;
  readonly channels: DeskChannels;
  readonly clock: Clock;
}

const conversationId = z.string().min(5).max(400);
const oneQuery = z.object({ id: conversationId });
const windowQuery = z.object({
  id: conversationId,
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
const queueQuery = z.object({ limit: z.coerce.number().int().min(1).max(MOST_QUEUE_ROWS).default(QUEUE_PAGE) });
const foldedQuery = queueQuery.extend({ incident: z.string().min(1).max(200) });
const listQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(100) });

/** More than any cap allows: emergencies that were given come on top. */
const MINE_SHOWN = 200;

/** Everything that the desk reads. */
export function registerConversationRoutes(desk: FastifyInstance, deps: ConversationDeps): void {
  const { views, store, agents, board, leases, rules, clock } = deps;

  desk.get('/desk/api/queue', async (request): Promise<QueueAnswer> => {
    const { id: agentId } = agentOf(request);
    const { limit } = queueQuery.parse(request.query);
    const [{ revision, queue, folded, dangers, load }, mine, troubles] = await Promise.all([
      board.read(),
      views.list({ holders: ['agent'], agentId, limit: MINE_SHOWN }),
      channelTroubles(deps.channels),
    ]);
    const { waiting } = load;
    const { agentCap, assignment, alarmToLeaderMs } = rules;
    const shown = queue.slice(0, limit);
    return {
      revision,
      queue: await board.rows(shown),
      more: queue.length - shown.length,
      folded: folded.map(({ members, ...line }) => ({ ...line, conversations: members.length })),
      now: clock.now(),
      waiting,
      mine,
      dangers,
      agentCap,
      assignment,
      alarmToLeaderMs,
      troubles,
    };
  });

  desk.get('/desk/api/folded', async (request): Promise<FoldedAnswer> => {
    const { incident, limit } = foldedQuery.parse(request.query);
    const { folded } = await board.read();
    const members = folded.find(({ incidentId }) => incidentId === incident)?.members ?? [];
    const shown = members.slice(0, limit);
    return { rows: await board.rows(shown), more: members.length - shown.length };
  });

  desk.get('/desk/api/conversations', async (request): Promise<ConversationsAnswer> => {
    const { limit } = listQuery.parse(request.query);
    const conversations = await views.list({ holders: ['queue', 'agent', 'bot', 'closed'], limit });
    return { now: clock.now(), conversations };
  });

  desk.get('/desk/api/conversation', async (request, reply) => {
    const { id, ...window } = windowQuery.parse(request.query);
    return (await readConversation(deps, id, window)) ?? notFound(reply);
  });

  desk.get('/desk/api/side-panel', async (request, reply) => {
    const { id } = oneQuery.parse(request.query);
    const head = await store.head(id);
    return head === undefined ? notFound(reply) : readSidePanel(deps, id, head.state);
  });

  desk.get('/desk/api/colleagues', async (request): Promise<ColleaguesAnswer> => {
    const { id } = agentOf(request);
    const offered = rules.wrapUps.filter(({ retired }) => !retired);
    return {
      colleagues: (await team()).filter((agent) => agent.id !== id),
      wrapUps: offered.map(({ code, label }) => ({ code, label })),
    };
  });

  async function team(): Promise<ColleaguesAnswer['colleagues']> {
    const [everybody, { load }, present, presences] = await Promise.all([
      agents.agents(),
      board.read(),
      leases.present(),
      agents.presences(),
    ]);
    return everybody
      .filter((agent) => agent.disabledAt === undefined && answersCustomers(agent))
      .map((agent) => ({
        ...toDeskAgent(agent),
        isOnline: present.has(agent.id),
        status: presences.find(({ agentId }) => agentId === agent.id)?.status ?? 'available',
        open: load.held.find(({ agentId }) => agentId === agent.id)?.conversations ?? 0,
      }));
  }
}

function notFound(reply: FastifyReply): FastifyReply {
  return refuse(reply, 404, { code: 'not_found', message: 'Không tìm thấy cuộc trò chuyện này.' });
}
