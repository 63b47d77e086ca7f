import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { addAgent, faultOf, passwordFault } from '../src/integrations/agent-desk/add-agent.ts';
import { AGENT_ROLES, type AgentRole, type AgentStore } from '../src/integrations/agent-desk/agent-store.ts';
import { hashPassword } from '../src/integrations/agent-desk/passwords.ts';
import { createRandomIds } from '../src/integrations/random-ids.ts';
import { systemClock } from '../src/integrations/system-clock.ts';
import { readFlags } from './read-flags.ts';
import { openTarget } from './storage/open-target.ts';

const USAGE = `Usage: npm run agent:add -- [--db <file>] [--login <login>] [--name <"Chị Lan">] [--role ${AGENT_ROLES.join('|')}] [--reset]
Without --db: the database of MONGODB_URL, else the file in DATA_DIR. Asks for what is not given. The password is asked for, or read from standard input: never an argument.
--reset sets a new password for the login and ends its sessions.`;

interface Arguments {
  readonly db: string | undefined;
  readonly login: string | undefined;
  readonly name: string | undefined;
  readonly role: AgentRole | undefined;
  readonly isReset: boolean;
}

function readArguments(): Arguments {
  const { values } = readFlags(USAGE, {
    options: {
      db: { type: 'string' },
      login: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
      reset: { type: 'boolean', default: false },
    },
  });
  const role = AGENT_ROLES.find((one) => one === values.role);
  if (values.role !== undefined && role === undefined) {
    throw new Error(USAGE);
  }
  return { db: values.db, login: values.login, name: values.name, role, isReset: values.reset };
}

/** Asks the person at the terminal; without one there is nobody to ask. */
async function ask(question: string, isHidden = false): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new Error(USAGE);
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({
    input: process.stdin,
    output: isHidden ? silent : process.stdout,
    terminal: true,
  });
  try {
    if (isHidden) {
      process.stdout.write(question);
    }
    return await terminal.question(isHidden ? '' : question);
  } finally {
    terminal.close();
    if (isHidden) {
      process.stdout.write('\n');
    }
  }
}

async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    const lines = createInterface({ input: process.stdin });
    for await (const line of lines) {
      return line;
    }
    return '';
  }
  const password = await ask('Password: ', true);
  if (password !== (await ask('Password once more: ', true))) {
    throw new Error('The two passwords differ: nothing was changed.');
  }
  return password;
}

async function add(agents: AgentStore, given: Arguments, login: string): Promise<string> {
  const isFirst = (await agents.agents()).length === 0;
  const role = given.role ?? (isFirst ? 'admin' : 'agent');
  const name = given.name ?? (await ask('Name, as customers read it (Chị Lan): '));
  const agent = { login, name, role, password: await readPassword() };
  const fault = faultOf(agent);
  if (fault !== undefined) {
    throw new Error(fault);
  }
  const ids = createRandomIds(systemClock.now);
  if ((await addAgent({ agents, clock: systemClock, ids }, agent)) === 'login_taken') {
    throw new Error(`The login ${login} is taken: choose another, or set a new password with --reset.`);
  }
  return `Added ${name} (${login}) as ${role}.`;
}

async function reset(agents: AgentStore, login: string): Promise<string> {
  const agent = await agents.agentByLogin(login);
  if (agent === undefined) {
    throw new Error(`There is no agent with the login ${login}.`);
  }
  const password = await readPassword();
  const fault = passwordFault(password, login);
  if (fault !== undefined) {
    throw new Error(fault);
  }
  await agents.changePassword(agent.id, await hashPassword(password));
  return `The password of ${agent.name} (${login}) is changed; open sessions have ended.`;
}

async function run(): Promise<void> {
  const given = readArguments();
  const login = (given.login ?? (await ask('Login: '))).trim().toLowerCase();
  const storage = await openTarget(given.db);
  try {
    const { agents } = storage;
    console.log(given.isReset ? await reset(agents, login) : await add(agents, given, login));
  } finally {
    await storage.close();
  }
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
