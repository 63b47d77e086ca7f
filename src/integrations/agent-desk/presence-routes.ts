import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../bot/ports.ts';
import type { AgentPresences } from './agent-store.ts';
import type { PresenceAnswer } from './desk-api/queue.ts';
import { agentOf } from './guard.ts';

interface PresenceDeps {
  readonly agents: AgentPresences;
  readonly clock: Clock;
}

const statusBody = z.strictObject({ status: z.enum(['available', 'away']) });

/** Whether the agent takes conversations, as the agent says it. */
export function registerPresenceRoutes(desk: FastifyInstance, { agents, clock }: PresenceDeps): void {
  desk.get('/desk/api/presence', async (request): Promise<PresenceAnswer> => {
    const { id } = agentOf(request);
    const own = (await agents.presences()).find(({ agentId }) => agentId === id);
    return { status: own?.status ?? 'available' };
  });

  desk.post('/desk/api/presence', async (request): Promise<PresenceAnswer> => {
    const { status } = statusBody.parse(request.body);
    await agents.setStatus(agentOf(request).id, status, clock.now());
    return { status };
  });
}
