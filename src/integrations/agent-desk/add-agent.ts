import type { Clock, Ids } from '../../bot/ports.ts';
import type { AgentRecords, AgentRole } from './agent-store.ts';
import { hashPassword } from './passwords.ts';

export interface NewAgent {
  readonly login: string;
  readonly name: string;
  readonly role: AgentRole;
  readonly password: string;
}

interface AddAgentDeps {
  readonly agents: AgentRecords;
  readonly clock: Clock;
  readonly ids: Ids;
}

export const PASSWORD_MIN_LENGTH = 10;
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,31}$/;
const NAME_MAX_LENGTH = 60;

/** What is wrong with a new agent, for whoever adds it; `undefined` when nothing is. */
export function faultOf({ login, name, password }: Omit<NewAgent, 'role'>): string | undefined {
  if (!LOGIN.test(login)) {
    return 'The login must have 2 to 32 characters out of a-z, 0-9, dot, dash and underscore, and begin with a letter or digit.';
  }
  if (name.trim() === '' || name.length > NAME_MAX_LENGTH) {
    return `The name, as customers read it, must have 1 to ${NAME_MAX_LENGTH} characters, for example "Chị Lan".`;
  }
  return passwordFault(password, login);
}

export function passwordFault(password: string, login: string): string | undefined {
  if (password.length < PASSWORD_MIN_LENGTH || password.toLowerCase().includes(login)) {
    return `The password must have at least ${PASSWORD_MIN_LENGTH} characters and must not contain the login.`;
  }
  return undefined;
}

/** Adds an agent whose fields have been checked with `faultOf`. */
export async function addAgent(
  { agents, clock, ids }: AddAgentDeps,
  { login, name, role, password }: NewAgent,
): Promise<'added' | 'login_taken'> {
  return agents.addAgent({
    ...{ id: ids.next(), login, role, createdAt: clock.now() },
    name: name.normalize('NFC').trim(),
    passwordHash: await hashPassword(password),
  });
}
