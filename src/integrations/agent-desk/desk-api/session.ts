import type { AgentRole } from '../agent-store.ts';

/** Who is logged in. Times in all that the desk and its page say are UTC ms by the clock of the server. */
export interface DeskAgent {
  readonly id: string;
  readonly name: string;
  readonly role: AgentRole;
}

/** Shown on the log-in page, in demo mode only. */
export interface DemoAgentHint {
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly role: AgentRole;
}

/** `GET session`, `POST login`. */
export interface SessionAnswer {
  readonly agent?: DeskAgent;
  readonly demoAgents: readonly DemoAgentHint[];
}
