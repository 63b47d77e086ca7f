import { findMongo, startMongo } from '../../../test/support/servers/start-mongo.ts';
import { startRedis } from '../../../test/support/servers/start-redis.ts';
import { median } from '../median.ts';
import { UTTERANCES } from './messages.ts';
import { type Played, playRound, type ServerPart, startLoad, startServerPart } from './parts.ts';

export interface NodesResult {
  readonly nodes: number;
  /** Of all nodes together, without the servers they share: median over the rounds. */
  readonly turnsPerCpuSecond: number;
  readonly turnsPerSecond: number;
  /** From the message to its answer at the channel, ms: medians of the rounds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface NodesOptions {
  readonly rounds: number;
  readonly turns: number;
  readonly customers: number;
}

const MOST_NODES = 3;

/**
 * Webhook in → reply out on one, two and three nodes over one MongoDB-compatible server (that of `MONGODB_URL` when it is
 * set) and one Redis. The webhook's messages go round the nodes, so that a customer is answered by another one each time.
 */
export async function benchNodes({ rounds, turns, customers }: NodesOptions): Promise<readonly NodesResult[]> {
  const results: NodesResult[] = [];
  const load = await startLoad();
  const redis = await startRedis();
  try {
    for (let count = 1; count <= MOST_NODES; count += 1) {
      const mongo = await openMongo();
      const env = {
        MONGODB_URL: mongo.url(`bench-${count}`),
        REDIS_URL: `redis://127.0.0.1:${redis.port}`,
        NODES: String(count),
      };
      // One after the other: the first makes the indexes.
      const nodes: ServerPart[] = [];
      for (let number = 0; number < count; number += 1) {
        nodes.push(await startServerPart('lang-nghe', load.sinkUrl, { env }));
      }
      const samples: Played[] = [];
      for (let round = -1; round < rounds; round += 1) {
        const order = { shape: 'telegram', utterances: UTTERANCES, contacts: customers, atOnce: customers } as const;
        const played = await playRound(load, nodes, { ...order, turns: Math.floor(turns / customers) }, turns);
        if (round >= 0) {
          samples.push(played);
        }
      }
      await Promise.all(nodes.map((node) => node.stop()));
      await mongo.stop();
      const middle = (of: (sample: Played) => number) => Number(median(samples.map(of)).toFixed(1));
      results.push({
        nodes: count,
        turnsPerCpuSecond: middle((sample) => turns / sample.cpuSeconds),
        turnsPerSecond: middle(({ seconds }) => turns / seconds),
        p50: middle(({ p50 }) => p50),
        p95: middle(({ p95 }) => p95),
        p99: middle(({ p99 }) => p99),
      });
    }
  } finally {
    load.stop();
    await redis.stop();
  }
  return results;
}

/** The server of `MONGODB_URL`, else one of our own. */
async function openMongo() {
  const given = process.env['MONGODB_URL'];
  if (given !== undefined) {
    return { url: (name: string) => withDatabase(given, name), async stop() {} };
  }
  const program = findMongo();
  if (program === undefined) {
    throw new Error('There is no mongod and no FerretDB here. Run: npm run provision');
  }
  const server = await startMongo(program);
  const url = `mongodb://127.0.0.1:${server.port}/?directConnection=true`;
  return { url: (name: string) => withDatabase(url, name), stop: server.stop };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}-${Date.now()}`;
  return changed.href;
}
