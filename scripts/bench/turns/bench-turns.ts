import { median } from '../median.ts';
import type { LoadOrder, LoadReport } from './load.ts';
import { UTTERANCES } from './messages.ts';
import { type LoadPart, playRound, type ServerPart, startLoad, startServerPart } from './parts.ts';

export interface TurnsOptions {
  readonly rounds: number;
  readonly turns: number;
  readonly customers: number;
  /** Names of contestants; all when empty. */
  readonly only: readonly string[];
  /** Flags of Node for the contestants, for example `--cpu-prof`. */
  readonly execArgv: readonly string[];
}

export interface TurnsResult {
  readonly contestant: string;
  readonly what: string;
  /** Median over the rounds. */
  readonly turnsPerCpuSecond: number;
  readonly turnsPerSecond: number;
  /** From the message to its answer at the channel, all customers writing at the same time, ms: medians of the rounds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** To bare Node; absent when it did not run. */
  readonly ratio?: number;
  readonly rounds: readonly number[];
}

const CONTESTANTS: readonly { readonly name: string; readonly shape: LoadOrder['shape']; readonly what: string }[] = [
  { name: 'bare-node', shape: 'telegram', what: 'receives and sends only' },
  { name: 'lang-nghe', shape: 'telegram', what: 'everything on, SQLite on disk' },
  { name: 'understands-only', shape: 'telegram', what: 'our words and dialogs, two rows a turn, nothing else' },
  { name: 'telegraf', shape: 'telegram', what: 'two intents, nothing kept' },
  { name: 'grammy', shape: 'telegram', what: 'two intents, nothing kept' },
  { name: 'grammy-durable', shape: 'telegram', what: 'two intents, each turn once in SQLite on disk' },
  { name: 'botbuilder', shape: 'activity', what: 'two intents, state in memory' },
];
/** A server runs for days: what it takes to compile what is used often is behind it. The same for every contestant. */
const WARM_UP_TURNS = 40_000;
const BASE = 'bare-node';

/** Webhook in → reply out, in turns per CPU-second of the server process, all contestants alternating in one run. */
export async function benchTurns(options: TurnsOptions): Promise<readonly TurnsResult[]> {
  const load = await startLoad();
  const running = [];
  for (const contestant of CONTESTANTS) {
    if (options.only.length === 0 || options.only.includes(contestant.name)) {
      running.push({
        ...contestant,
        server: await startServerPart(contestant.name, load.sinkUrl, options),
        samples: [] as Sample[],
      });
    }
  }
  try {
    const warmUpRounds = Math.ceil(WARM_UP_TURNS / options.turns);
    for (let round = -warmUpRounds; round < options.rounds; round += 1) {
      for (const contestant of running) {
        const sample = await measure(load, contestant, options);
        if (round >= 0) {
          contestant.samples.push(sample);
        }
      }
    }
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
    load.stop();
  }
  const results = running.map(({ name, what, samples }) => summarize(name, what, samples));
  const base = results.find((result) => result.contestant === BASE)?.turnsPerCpuSecond;
  return results.map((result) =>
    base === undefined ? result : { ...result, ratio: Number((result.turnsPerCpuSecond / base).toFixed(3)) },
  );
}

interface Sample extends Pick<LoadReport, 'p50' | 'p95' | 'p99'> {
  readonly turnsPerCpuSecond: number;
  readonly turnsPerSecond: number;
}

async function measure(
  load: LoadPart,
  { server, shape, name }: { readonly server: ServerPart; readonly shape: LoadOrder['shape']; readonly name: string },
  { turns, customers }: TurnsOptions,
): Promise<Sample> {
  const order = { shape, utterances: UTTERANCES, contacts: customers, atOnce: customers };
  const played = playRound(load, [server], { ...order, turns: Math.floor(turns / customers) }, turns);
  const { seconds, cpuSeconds, p50, p95, p99 } = await played.catch((cause: unknown) => {
    throw new Error(`${name} could not be measured.`, { cause });
  });
  return { turnsPerCpuSecond: turns / cpuSeconds, turnsPerSecond: turns / seconds, p50, p95, p99 };
}

function summarize(contestant: string, what: string, samples: readonly Sample[]): TurnsResult {
  const rounds = samples.map((sample) => Math.round(sample.turnsPerCpuSecond));
  return {
    contestant,
    what,
    turnsPerCpuSecond: median(rounds),
    turnsPerSecond: median(samples.map((sample) => Math.round(sample.turnsPerSecond))),
    p50: medianOf(samples, 'p50'),
    p95: medianOf(samples, 'p95'),
    p99: medianOf(samples, 'p99'),
    rounds,
  };
}

function medianOf(samples: readonly Sample[], what: 'p50' | 'p95' | 'p99'): number {
  return Number(median(samples.map((sample) => sample[what])).toFixed(1));
}
