import { createRandom } from '../../scripts/explore/seeded-random.ts';
import type { mayStillSend } from '../../src/bot/handoff.ts';
import type { InboundEvent } from '../../src/bot/message.ts';
import type { Turn } from '../../src/bot/turn.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { faultsOf } from './check-chain.ts';
import { faultsAtRest } from './check-rest.ts';
import { CHANNELS, type ModelNode, startNode } from './model-node.ts';
import { createWorld } from './model-world.ts';
import { AGENTS, randomAct } from './random-act.ts';

export interface ModelOptions {
  readonly seed: number;
  readonly steps: number;
  /** In place of the real one, to see that the model notices. */
  readonly fence?: typeof mayStillSend;
}

export interface ModelReport {
  /** What was seen that must never be; the run ends at the first. */
  readonly violations: readonly string[];
  readonly steps: number;
  readonly turns: number;
  readonly kills: number;
  readonly sends: number;
}

const TEXTS = [
  'xin chào',
  'mất điện rồi',
  '???',
  'gặp nhân viên',
  'gặp nhân viên',
  'có dây đứt ngoài đường',
  '1',
] as const;
const CONVERSATIONS = 6;
const QUIET_EVERY = 150;
const MINUTE_MS = 60_000;
const ROUNDS_TO_QUIET = 12;

interface Doing {
  /** Tries it; sent again under the same key after a kill. */
  readonly attempt: (node: ModelNode) => Promise<unknown>;
}

/** Random agents, customers, drops and kills against the real bot; the same for the same seed. */
export async function runModel({ seed, steps, fence }: ModelOptions): Promise<ModelReport> {
  const random = createRandom(seed);
  const world = createWorld();
  const db = openDatabase({ path: ':memory:' });
  const parts = { db, world, random, fence };
  const conversations = Array.from(
    { length: CONVERSATIONS },
    (_, index) => `${CHANNELS[index % CHANNELS.length]}:main:khach-${index}`,
  );
  const heard: InboundEvent[] = [];
  const checked = new Map<string, Turn>();
  const handled = new Set<string>();
  const running = new Set<Doing>();
  let node = startNode(parts);
  let keys = 0;
  let kills = 0;
  let step = 0;
  for (const agent of AGENTS) {
    world.present.add(agent);
  }

  const pickConversation = () => random.pick(conversations as [string, ...string[]]);
  const nextKey = (prefix: string) => {
    keys += 1;
    return `${prefix}${keys}`;
  };

  /** Begins something; it is over when the service has answered. */
  function begin(doing: Doing): void {
    running.add(doing);
    const on = node;
    doing.attempt(on).then(
      () => running.delete(doing),
      (error: unknown) => world.violations.push(`An act was answered by a fault: ${String(error)}`),
    );
  }

  async function settle(): Promise<void> {
    while (running.size > 0 && world.violations.length === 0) {
      await nextTick();
      await reviveIfDead();
    }
    const idle = node.bot.idle().then(() => node.lapse());
    await Promise.race([idle, node.gone]);
    await reviveIfDead();
  }

  async function reviveIfDead(): Promise<void> {
    while (!node.isAlive()) {
      kills += 1;
      node = startNode(parts);
      await Promise.race([node.bot.recover(), node.gone]);
    }
    for (const doing of [...running]) {
      if (revived.get(doing) !== node) {
        revived.set(doing, node);
        begin(doing);
      }
    }
  }
  const revived = new Map<Doing, ModelNode>();

  function customerWrites(): void {
    const conversationId = pickConversation();
    const channel = conversationId.split(':')[0] ?? '';
    const now = world.clock.now();
    const event: InboundEvent = {
      ...{ key: nextKey(`${channel}/main/e`), conversationId, orderKey: now, receivedAt: now },
      content: { kind: 'customer_message', text: random.pick(TEXTS) },
    };
    heard.push(event);
    start({ attempt: (on) => on.bot.receive(event) });
    if (random.integer(1, 10) === 1) {
      // The channel did not hear our answer and sends it again.
      start({ attempt: (on) => on.bot.receive(event) });
    }
  }

  function start(doing: Doing): void {
    revived.set(doing, node);
    begin(doing);
  }

  function agentActs(): void {
    const conversationId = pickConversation();
    const act = randomAct(random, world.clock.now());
    const key = nextKey('act');
    start({ attempt: (on) => on.bot.performAgentAct(conversationId, act, key) });
  }

  function agentComesOrGoes(): void {
    const agent = random.pick(AGENTS);
    if (!world.present.delete(agent)) {
      world.present.add(agent);
    }
  }

  async function timePasses(): Promise<void> {
    world.clock.advance(random.integer(1, 5 * MINUTE_MS));
    await Promise.race([node.bot.sweep().then(() => node.lapse()), node.gone]);
    await reviveIfDead();
  }

  async function oneStep(): Promise<void> {
    const roll = random.integer(1, 100);
    if (roll <= 40) {
      customerWrites();
    } else if (roll <= 80) {
      agentActs();
    } else if (roll <= 86) {
      agentComesOrGoes();
    } else if (roll <= 94) {
      await timePasses();
    } else {
      node.killAt(random.integer(0, 8), random.pick(['before', 'after'] as const));
    }
    if (random.integer(1, 3) === 1) {
      await settle();
    }
  }

  /** Lets everything come to rest: all agents come back or are given up, retries run out, nothing waits. */
  async function comeToRest(): Promise<void> {
    world.isCalm = true;
    for (let round = 0; round < ROUNDS_TO_QUIET; round += 1) {
      await settle();
      world.clock.advance(6 * MINUTE_MS);
      await Promise.race([node.bot.sweep(), node.gone]);
      await reviveIfDead();
    }
    await settle();
    world.isCalm = false;
  }

  async function checkChains(): Promise<void> {
    for (const conversationId of conversations) {
      let before = checked.get(conversationId);
      for (const turn of await node.store.turns(conversationId, before?.version ?? 0, 10_000)) {
        world.violations.push(...faultsOf(turn, before));
        for (const key of turn.handles) {
          if (handled.has(key)) {
            world.violations.push(`${key} is handled twice.`);
          }
          handled.add(key);
        }
        before = turn;
      }
      if (before !== undefined) {
        checked.set(conversationId, before);
      }
    }
  }

  for (; step < steps && world.violations.length === 0; step += 1) {
    await oneStep();
    if (step % QUIET_EVERY === QUIET_EVERY - 1 || step === steps - 1) {
      await comeToRest();
      await checkChains();
      world.violations.push(...(await faultsAtRest({ node, world, heard, handled, heads: checked })));
    }
  }
  const turns = [...checked.values()].reduce((sum, { version }) => sum + version, 0);
  await db.close();
  return { violations: world.violations, steps: step, turns, kills, sends: world.sends.length };
}

/** Lets the event loop go round once: the group commit of the database waits for that. */
function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
