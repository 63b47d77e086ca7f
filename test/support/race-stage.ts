import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { ServerProcess } from '../../scripts/explore/server-process.ts';
import { createWebCustomer, type WebCustomer } from '../../scripts/explore/web-customer.ts';
import { openZaloStage, type ZaloStage } from '../../scripts/soak/zalo-stage.ts';
import type { AgentRole } from '../../src/integrations/agent-desk/agent-store.ts';
import { hashPassword } from '../../src/integrations/agent-desk/passwords.ts';
import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { createSqliteDeskStore } from '../../src/integrations/storage/sqlite/desk-store.ts';
import { createSqliteWorkLedger } from '../../src/integrations/storage/sqlite/work-ledger.ts';
import { type DeskAgent, logInAgent } from './desk-agent.ts';
import { CHEAP } from './desk-server.ts';

/** For starting the product on a busy machine. */
const START_MS = 120_000;
/** For one race. */
export const RACE_TEST_MS = 30_000;
/** Whatever has been written since. */
export const ON_ANY_SCREEN = { seenSeq: 0, force: true } as const;

/** A customer at the web chat, and his conversation. */
export interface RaceCustomer extends WebCustomer {
  readonly id: string;
  /** What the customer sees, a line for each message. */
  lines(): Promise<readonly string[]>;
  /** Waits until one of the lines is like this. */
  sees(line: RegExp): Promise<void>;
}

export interface RaceAgent extends DeskAgent {
  readonly agentId: string;
}

interface NewRaceAgent {
  /** The node where he logs in. */
  readonly at?: () => ServerProcess;
  readonly name?: string;
  readonly isAvailable?: boolean;
  readonly role?: AgentRole;
}

/** The real product for the races of one file: its processes on one SQLite file, before the simulated Zalo. */
export interface RaceStage {
  readonly zalo: ZaloStage;
  /** The node that customers and the webhook are at. */
  readonly one: () => ServerProcess;
  /** Another node on the same data. */
  readonly two: () => ServerProcess;
  /** A new customer at the web chat of the first node. */
  newCustomer(): Promise<RaceCustomer>;
  /** A customer who waits for a human. */
  waitingCustomer(): Promise<RaceCustomer>;
  /** A new agent who is logged in; takes nothing that is handed out unless `available`. */
  newAgent(options?: NewRaceAgent): Promise<RaceAgent>;
  /** The agent takes nothing any more. */
  rest(agent: RaceAgent): Promise<void>;
  /** How many timers are due by then, UTC ms. */
  timersDue(by: number): Promise<number>;
  turns(conversationId: string): ReturnType<ReturnType<typeof createSqliteConversationStore>['turns']>;
}

interface RaceStageOptions {
  readonly nodes: 1 | 2;
  /** Further settings of the product; called when it is about to start. */
  readonly env?: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
}

/** Starts the product once for all tests of the file; registers its own hooks. */
export function useRaceStage({ nodes, env }: RaceStageOptions): RaceStage {
  let stage: ZaloStage;
  let second: ServerProcess | undefined;
  let count = 0;
  const opened: string[] = [];
  const one = () => stage.server();
  const two = () => second ?? one();

  beforeAll(async () => {
    stage = await openZaloStage({ env: (await env?.()) ?? {} });
    second = nodes === 2 ? await stage.startAnother() : undefined;
  }, START_MS);
  // Nothing of one test is left to the next one: no node stopped, nobody who waits.
  afterEach(async () => {
    await Promise.all([one(), two()].map((node) => node.goOn()));
    const leader = await newAgent({ role: 'leader' });
    for (const id of opened.splice(0)) {
      const { holder } = (await leader.conversation(id)).state;
      if (holder === 'queue' || holder === 'agent') {
        await leader.tryAct('reassign', id, { to: leader.agentId });
        await leader.tryAct('close', id, { ...ON_ANY_SCREEN, wrapUp: 'answered' });
      }
    }
  }, RACE_TEST_MS);
  afterAll(() => stage?.close());

  async function newCustomer(): Promise<RaceCustomer> {
    const customer = await createWebCustomer(() => one().address);
    const id = `web:main:${customer.visitor}`;
    opened.push(id);
    const lines = async () => (await customer.history()).map(({ from, text }) => `${from}: ${text}`);
    return {
      ...{ ...customer, id, lines },
      async sees(line) {
        await customer.waitFor((seen) => seen.some(({ from, text }) => line.test(`${from}: ${text}`)), String(line));
      },
    };
  }

  async function newAgent({
    at = one,
    name,
    isAvailable = false,
    role = 'agent',
  }: NewRaceAgent = {}): Promise<RaceAgent> {
    count += 1;
    const login = `agent-${count}`;
    // As `logInDesk` types it.
    const password = `pw-${login}`;
    const store = createSqliteDeskStore(stage.db);
    await store.addAgent({
      ...{ id: login, login, role, name: name ?? `Chị ${count}`, createdAt: stage.now() },
      passwordHash: await hashPassword(password, CHEAP),
    });
    await store.setStatus(login, isAvailable ? 'available' : 'away', stage.now());
    const agent = await logInAgent(() => at().address, { login, password });
    // The page asks at once: that is the first sign of life.
    await agent.queue();
    return { ...agent, agentId: login };
  }

  return {
    get zalo() {
      return stage;
    },
    ...{ one, two, newCustomer, newAgent },
    async waitingCustomer() {
      const customer = await newCustomer();
      await customer.say('hello', 'cho gặp nhân viên');
      await customer.sees(/bot: .*nhân viên/);
      return customer;
    },
    rest: ({ agentId }) => createSqliteDeskStore(stage.db).setStatus(agentId, 'away', stage.now()),
    timersDue: async (now) => (await createSqliteWorkLedger(stage.db).timersDue({ now, limit: 100 })).length,
    turns: (conversationId) => createSqliteConversationStore(stage.db).turns(conversationId, 0, 100),
  };
}
