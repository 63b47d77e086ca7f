import type { PerformAgentAct } from '../../bot/agent-act-result.ts';
import type { Clock } from '../../bot/ports.ts';
import type { Agent, AgentStore } from './agent-store.ts';
import type { DeskRules } from './load-desk-rules.ts';
import type { Board, QueueBoard } from './queue-board.ts';
import { availableAgents } from './staffing.ts';

interface AssignDeps {
  readonly board: Pick<QueueBoard, 'read'>;
  readonly agents: AgentStore;
  readonly performAgentAct: PerformAgentAct;
  readonly rules: Pick<DeskRules, 'agentCap' | 'assignment'>;
  readonly clock: Clock;
}

interface Candidate {
  readonly agent: Agent;
  readonly workedAt: number;
  open: number;
}

/** The desk as an actor of its own. */
const DESK = { agentId: 'desk', agentName: 'Phân công tự động' } as const;

/**
 * Hands what waits to whoever has room: fewest conversations first, then longest idle. Who is folded into the line of an
 * incident is answered with all others there, and handed to nobody. Does nothing when agents choose.
 */
export function createAssignSweep(deps: AssignDeps): () => Promise<void> {
  const { board, agents, performAgentAct, rules, clock } = deps;

  async function candidates({ held }: Board['load']): Promise<Candidate[]> {
    const now = clock.now();
    const [everybody, available, presences] = await Promise.all([
      agents.agents(),
      availableAgents(agents, now),
      agents.presences(),
    ]);
    const workedAt = new Map(presences.map((presence) => [presence.agentId, presence.workedAt]));
    return everybody
      .filter(
        ({ id, role, disabledAt }) =>
          available.has(id) && (role === 'agent' || role === 'partner') && disabledAt === undefined,
      )
      .map((agent) => ({
        agent,
        workedAt: workedAt.get(agent.id) ?? 0,
        open: held.find(({ agentId }) => agentId === agent.id)?.conversations ?? 0,
      }));
  }

  return async () => {
    if (rules.assignment === 'manual') {
      return;
    }
    const { queue, load } = await board.read();
    if (queue.length === 0) {
      return;
    }
    let free = await candidates(load);
    for (const { conversationId, version } of queue) {
      free = free.filter(({ open }) => open < rules.agentCap);
      const [best] = free.sort((a, b) => a.open - b.open || a.workedAt - b.workedAt);
      if (best === undefined) {
        return;
      }
      const to = { id: best.agent.id, name: best.agent.name };
      const result = await performAgentAct(conversationId, { act: 'assign', ...DESK, to }, `assign/${version}`);
      if (result.done) {
        await agents.noteWork(to.id, clock.now());
      }
      // At the cap too: somebody else has filled the last slot in the meantime.
      best.open = result.done ? best.open + 1 : rules.agentCap;
    }
  };
}
