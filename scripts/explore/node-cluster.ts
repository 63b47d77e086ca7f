import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from '../../test/support/servers/run-server.ts';
import { findMongo, startMongo } from '../../test/support/servers/start-mongo.ts';
import { startRedis } from '../../test/support/servers/start-redis.ts';
import { STAGE_AHEAD_MS } from '../stage-clock.ts';
import { createFaultyGate, type FaultyGate } from './faulty-gate.ts';
import { openKeptDatabase } from './kept-database.ts';
import { freePort, type ServerProcess, startServerProcess } from './server-process.ts';

/** One node, which is started again whenever it was killed, and the gates through which it reaches its servers. */
export interface ClusterNode {
  readonly database: FaultyGate;
  readonly redis: FaultyGate;
  address(): string;
  kill(): void;
  /** Stops the process as it is, for so long, ms. */
  pause(ms: number): void;
  /** Whether a signal has stopped it. */
  isPaused(): boolean;
}

export interface NodeCluster {
  readonly nodes: readonly ClusterNode[];
  /** Lets every clock run ahead by so much more, so that nobody waits a minute for an attempt that nobody will end. */
  hurry(ms: number): Promise<void>;
  /** How far all clocks have been turned by now, ms. */
  turnedMs(): number;
  /** Resolves when nothing is under way at any node that is up and runs. */
  rest(): Promise<void>;
  /** For how long every node has been up and running, and no fault has struck, ms. */
  quietMs(): number;
  /** Every node is up, and nothing is planned any more. */
  calm(): Promise<void>;
  /** Each node does its chores, and comes to rest. */
  settle(): Promise<void>;
  /** Takes out of the database what has been written since the nodes were started; nothing may be under way. */
  forget(): Promise<void>;
  /** Which nodes are up, how often each was started, and whether it keeps events that the database has refused. */
  describe(): string;
  close(): Promise<void>;
}

const DATABASE = 'explore';
const RESTART_PAUSE_MS = 50;
const MOST_STARTS = 5;

/** The demo on so many nodes over one MongoDB-compatible server and one Redis, each node through gates of its own. */
export async function startCluster(count: number): Promise<NodeCluster> {
  const program = findMongo();
  if (program === undefined) {
    throw new Error('There is no mongod and no FerretDB here. Run: npm run provision');
  }
  const [mongo, redis] = [await startMongo(program), await startRedis()];
  const home = await mkdtemp(join(tmpdir(), 'lang-nghe-cluster-'));
  const clock = { aheadMs: STAGE_AHEAD_MS };
  const nodes: KeptNode[] = [];
  /** Many may ask at the same time. */
  let resting: Promise<void> | undefined;
  for (let number = 0; number < count; number += 1) {
    const dataFolder = join(home, `node-${number}`);
    nodes.push(await startNode({ dataFolder, mongo, redis, count, clock, keyFrom: nodes[0]?.dataFolder }));
  }
  // What is made once, at the first round of chores, is there from the beginning.
  for (const node of nodes) {
    await node.settle();
  }
  const kept = await openKeptDatabase(`mongodb://127.0.0.1:${mongo.port}`, DATABASE);
  return {
    nodes,
    turnedMs: () => clock.aheadMs - STAGE_AHEAD_MS,
    async hurry(ms) {
      clock.aheadMs += ms;
      await Promise.all(nodes.map((node) => node.setAhead(clock.aheadMs)));
    },
    rest() {
      resting ??= Promise.all(nodes.map((node) => node.rest())).then(() => {
        resting = undefined;
      });
      return resting;
    },
    quietMs: () => Math.min(...nodes.map((node) => node.quietMs())),
    forget: () => kept.forget(),
    async calm() {
      for (const node of nodes) {
        node.database.clear();
        node.redis.clear();
      }
      await Promise.all(nodes.map((node) => node.up()));
    },
    async settle() {
      for (const node of nodes) {
        await node.settle();
      }
    },
    describe: () => nodes.map((node, index) => `Node ${index + 1} ${node.describe()}.`).join(' '),
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
      await kept.close();
      await redis.stop();
      await mongo.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

interface KeptNode extends ClusterNode {
  readonly dataFolder: string;
  setAhead(aheadMs: number): Promise<unknown>;
  rest(): Promise<unknown>;
  quietMs(): number;
  settle(): Promise<void>;
  describe(): string;
  up(): Promise<void>;
  close(): Promise<void>;
}

async function startNode(options: {
  readonly dataFolder: string;
  readonly mongo: RunningServer;
  readonly redis: RunningServer;
  readonly count: number;
  readonly clock: { readonly aheadMs: number };
  readonly keyFrom: string | undefined;
}): Promise<KeptNode> {
  const { dataFolder, count, clock, keyFrom } = options;
  const [database, redis] = await Promise.all(
    [options.mongo, options.redis].map(({ port }) => createFaultyGate({ host: '127.0.0.1', port })),
  );
  if (database === undefined || redis === undefined) {
    throw new Error('A gate is missing.');
  }
  const port = await freePort();
  let isClosing = false;
  let isUp = false;
  /** The process that a signal has stopped. */
  let paused: ServerProcess | undefined;
  /** Since when it has run. */
  let runsSince = 0;
  let starts = 0;
  if (keyFrom !== undefined) {
    await mkdir(dataFolder, { recursive: true });
    // All sign with one key, as SECRET_KEY makes it outside the demo.
    await copyFile(join(keyFrom, 'demo.key'), join(dataFolder, 'demo.key'));
  }
  const start = () =>
    startServerProcess({
      ...{ dataFolder, port, aheadMs: clock.aheadMs },
      env: {
        MONGODB_URL: `mongodb://127.0.0.1:${database.port}/${DATABASE}?directConnection=true`,
        REDIS_URL: `redis://127.0.0.1:${redis.port}`,
        NODES: String(count),
      },
    });
  let server = await untilStarted();
  let starting: Promise<void> = Promise.resolve();
  const keeping = keep();

  async function keep(): Promise<void> {
    for (;;) {
      await server.gone;
      isUp = false;
      if (isClosing) {
        return;
      }
      starting = restart();
      await starting;
    }
  }

  async function restart(): Promise<void> {
    server = await untilStarted();
  }

  /** A fault may hit a start, and a server that others keep busy may not answer one in time. */
  async function untilStarted(): Promise<ServerProcess> {
    for (let tries = 1; ; tries += 1) {
      try {
        starts += 1;
        const started = await start();
        isUp = true;
        runsSince = Date.now();
        // Clocks may have been turned while it started.
        await started.setAhead(clock.aheadMs);
        return started;
      } catch (error) {
        if (isClosing || tries === MOST_STARTS) {
          throw error;
        }
        await sleep(RESTART_PAUSE_MS);
      }
    }
  }

  return {
    ...{ dataFolder, database, redis },
    address: () => `http://127.0.0.1:${port}`,
    kill: () => void server.kill(),
    pause(ms) {
      const stopped = server;
      paused = stopped;
      stopped.signal('SIGSTOP');
      setTimeout(() => {
        stopped.signal('SIGCONT');
        paused = undefined;
        runsSince = Date.now();
      }, ms);
    },
    isPaused: () => paused !== undefined,
    quietMs: () =>
      isUp && paused === undefined ? Date.now() - Math.max(runsSince, database.struckAt(), redis.struckAt()) : 0,
    setAhead: (aheadMs) => server.setAhead(aheadMs),
    // One that was stopped brings nothing to its end: for the others it might as well be dead.
    rest: async () => paused === server || (isUp && server.idle()),
    async settle() {
      // One that dies meanwhile has nothing under way.
      await server.settle(0);
    },
    describe: () =>
      `${isUp ? 'is up' : 'is down'} after ${starts} starts${existsSync(join(dataFolder, 'spool.jsonl')) ? ' and keeps refused events' : ''}`,
    async up() {
      // A process that was killed a moment ago may not have been missed yet.
      await sleep(RESTART_PAUSE_MS);
      await starting;
    },
    async close() {
      isClosing = true;
      server.signal('SIGCONT');
      await server.kill();
      await keeping;
      await Promise.all([database.close(), redis.close()]);
    },
  };
}
