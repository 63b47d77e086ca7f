import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Clock, ConversationStore, ConversationViews, RatingRecord, RatingRecords } from '../../bot/ports.ts';
import { drawHours } from '../charts/draw-hours.ts';
import { type AgentPresences, type AgentRecords, answersCustomers } from './agent-store.ts';
import type { RatingFigures, ShiftAnswer, TopicsAnswer } from './desk-api/shift.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { listHeld } from './list-held.ts';
import { toDeskAgent } from './login-routes.ts';
import type { QueueBoard } from './queue-board.ts';
import { hourOf, type ShiftRecords } from './shift-records.ts';
import { topicChart } from './topic-chart.ts';
import { unansweredEmergencies } from './unanswered-emergencies.ts';

interface ShiftDeps {
  readonly store: ConversationStore;
  readonly views: Pick<ConversationViews, 'list' | 'summaries'>;
  readonly agents: AgentRecords & Pick<AgentPresences, 'presences'>;
  readonly ratings: RatingRecords;
  readonly shift: ShiftRecords;
  readonly board: Pick<QueueBoard, 'read' | 'rows'>;
  readonly leases: Pick<LeaseKeeper, 'present'>;
  readonly clock: Clock;
}

const HOUR_MS = 3_600_000;
/** As many as fit on a screen. */
const WAITING_SHOWN = 20;
const MOST_RATINGS = 10_000;
const windowQuery = z.object({ hours: z.coerce.number().int().min(1).max(24).default(8) });

/** What a shift leader looks at. */
export function registerShiftRoutes(desk: FastifyInstance, deps: ShiftDeps): void {
  const { agents, ratings, shift, leases, clock } = deps;

  desk.get('/desk/api/shift', async (request): Promise<ShiftAnswer> => {
    const { now, from, to } = windowOf(request.query, clock.now());
    const [everybody, presences, { revision, queue, folded, held, dangers, load }, present, counts, rated] =
      await Promise.all([
        agents.agents(),
        agents.presences(),
        deps.board.read(),
        leases.present(),
        shift.hours({ from, to }),
        ratings.ratings({ from, to, limit: MOST_RATINGS }),
      ]);
    const closedBy = (agentId: string) =>
      counts.filter(({ kind, name }) => kind === 'closed' && name === agentId).reduce((sum, row) => sum + row.times, 0);
    return {
      ...{ now, revision, from, held: await listHeld(deps.views, load.held) },
      queue: await deps.board.rows(queue.slice(0, WAITING_SHOWN)),
      folded: folded.reduce((sum, { members }) => sum + members.length, 0),
      waiting: load.waiting,
      ...(load.longestWaitSince !== undefined && { longestWaitSince: load.longestWaitSince }),
      emergencies: await unansweredEmergencies(deps, [...queue, ...held, ...dangers]),
      ratings: figuresOf(rated),
      agents: everybody
        .filter((agent) => agent.disabledAt === undefined && answersCustomers(agent))
        .map((agent) => ({
          ...toDeskAgent(agent),
          isOnline: present.has(agent.id),
          status: presences.find(({ agentId }) => agentId === agent.id)?.status ?? 'available',
          open: load.held.find(({ agentId }) => agentId === agent.id)?.conversations ?? 0,
          closed: closedBy(agent.id),
          ratings: figuresOf(rated.filter(({ agentId }) => agentId === agent.id)),
        })),
    };
  });

  desk.get('/desk/api/topics', async (request): Promise<TopicsAnswer> => {
    const { now, from, to } = windowOf(request.query, clock.now());
    const chart = topicChart(await shift.hours({ from, to }), { from, to });
    return { now, ...chart, drawings: await drawHours(chart) };
  });
}

/** Whole hours, the present one the last. */
function windowOf(query: unknown, now: number) {
  const { hours } = windowQuery.parse(query);
  const to = hourOf(now) + HOUR_MS;
  return { now, from: to - hours * HOUR_MS, to };
}

function figuresOf(ratings: readonly RatingRecord[]): RatingFigures {
  const sum = ratings.reduce((total, { score }) => total + score, 0);
  return { count: ratings.length, ...(ratings.length > 0 && { average: sum / ratings.length }) };
}
