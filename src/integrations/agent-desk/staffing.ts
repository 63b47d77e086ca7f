import type { Staffing } from '../../bot/ports.ts';
import { type AgentLeases, type AgentPresences, type AgentRecords, answersCustomers } from './agent-store.ts';
import type { OpeningHours } from './load-desk-rules.ts';
import { promisedAt } from './opening-hours.ts';
import type { ShiftRecords } from './shift-records.ts';

interface StaffingDeps {
  readonly agents: AgentLeases & AgentPresences & Pick<AgentRecords, 'agents'>;
  readonly shift: Pick<ShiftRecords, 'load'>;
  readonly hours: OpeningHours;
}

/** Agents who are there and take conversations: by their signs of life, not by a plan. */
export async function availableAgents(agents: StaffingDeps['agents'], now: number): Promise<ReadonlySet<string>> {
  const [present, presences, everybody] = await Promise.all([
    agents.agentsWithLease(now),
    agents.presences(),
    agents.agents(),
  ]);
  const away = new Set(presences.filter(({ status }) => status === 'away').map(({ agentId }) => agentId));
  const others = new Set(
    everybody.filter((agent) => agent.disabledAt !== undefined || !answersCustomers(agent)).map(({ id }) => id),
  );
  return new Set([...present].filter((id) => !away.has(id) && !others.has(id)));
}

/** What the bot may truly say to customers who wait. */
export function createStaffing({ agents, shift, hours }: StaffingDeps): Staffing {
  return {
    async look(now) {
      const [available, { waiting }] = await Promise.all([availableAgents(agents, now), shift.load()]);
      const promised = promisedAt(hours, now);
      return {
        agents: available.size,
        waiting,
        ...(promised !== undefined && { promisedAt: promised }),
      };
    },
  };
}
