import type { Clock, Ids } from '../../bot/ports.ts';
import type { AgentRecords } from './agent-store.ts';
import type { DemoAgentHint } from './desk-api/session.ts';
import { hashPassword } from './passwords.ts';

/** One account of each role and a second agent; their passwords are public, so they exist in demo mode only. */
const DEMO_AGENTS: readonly DemoAgentHint[] = [
  { login: 'lan', password: 'demo-lan', name: 'Chị Lan', role: 'agent' },
  { login: 'minh', password: 'demo-minh', name: 'Anh Minh', role: 'agent' },
  { login: 'thu', password: 'demo-thu', name: 'Chị Thu', role: 'partner' },
  { login: 'dung', password: 'demo-dung', name: 'Anh Dũng', role: 'dispatcher' },
  { login: 'hanh', password: 'demo-hanh', name: 'Chị Hạnh', role: 'leader' },
  { login: 'quang', password: 'demo-quang', name: 'Anh Quang', role: 'admin' },
];

interface DemoDeps {
  readonly agents: AgentRecords;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Adds the demo agents that are not there yet; returns what the log-in page shows. Never call it outside demo mode. */
export async function createDemoAgents({ agents, clock, ids }: DemoDeps): Promise<readonly DemoAgentHint[]> {
  for (const { login, password, name, role } of DEMO_AGENTS) {
    if ((await agents.agentByLogin(login)) === undefined) {
      const passwordHash = await hashPassword(password);
      await agents.addAgent({ id: ids.next(), login, name, role, passwordHash, createdAt: clock.now() });
    }
  }
  return DEMO_AGENTS;
}
