import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ContestantCommand, CpuReport } from './contestant.ts';
import type { LoadOrder, LoadReport } from './load.ts';

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
  { name: 'telegraf', shape: 'telegram', what: 'two intents, nothing kept' },
  { name: 'grammy', shape: 'telegram', what: 'two intents, nothing kept' },
  { name: 'grammy-durable', shape: 'telegram', what: 'two intents, each turn once in SQLite on disk' },
  { name: 'botbuilder', shape: 'activity', what: 'two intents, state in memory' },
];
const WARM_UP_ROUNDS = 1;
const BASE = 'bare-node';

/** Webhook in → reply out, in turns per CPU-second of the server process, all contestants alternating in one run. */
export async function benchTurns(options: TurnsOptions): Promise<readonly TurnsResult[]> {
  const load = spawnPart('load', []);
  const { sinkUrl } = await answerOf<{ sinkUrl: string }>(load);
  const running = [];
  for (const contestant of CONTESTANTS) {
    if (options.only.length === 0 || options.only.includes(contestant.name)) {
      running.push({
        ...contestant,
        ...(await startContestant(contestant.name, sinkUrl, options)),
        samples: [] as Sample[],
      });
    }
  }
  try {
    for (let round = -WARM_UP_ROUNDS; round < options.rounds; round += 1) {
      for (const contestant of running) {
        const sample = await measure(load, contestant, options);
        if (round >= 0) {
          contestant.samples.push(sample);
        }
      }
    }
  } finally {
    await Promise.all(running.map(({ process }) => stop(process)));
    load.disconnect();
  }
  const results = running.map(({ name, what, samples }) => summarize(name, what, samples));
  const base = results.find((result) => result.contestant === BASE)?.turnsPerCpuSecond;
  return results.map((result) =>
    base === undefined ? result : { ...result, ratio: Number((result.turnsPerCpuSecond / base).toFixed(3)) },
  );
}

interface Running {
  readonly process: ChildProcess;
  readonly port: number;
}

interface Sample extends Pick<LoadReport, 'p50' | 'p95' | 'p99'> {
  readonly turnsPerCpuSecond: number;
  readonly turnsPerSecond: number;
}

async function startContestant(name: string, sinkUrl: string, { execArgv }: TurnsOptions): Promise<Running> {
  const process = spawnPart(name, execArgv);
  const { port } = await ask<{ port: number }>(process, { start: sinkUrl });
  return { process, port };
}

async function measure(
  load: ChildProcess,
  { process, port, shape, name }: Running & { readonly shape: LoadOrder['shape']; readonly name: string },
  { turns, customers }: TurnsOptions,
): Promise<Sample> {
  const before = await ask<CpuReport>(process, 'cpu');
  const answer = answerOf<LoadReport>(load);
  load.send({ port, shape, turns, customers } satisfies LoadOrder);
  const { seconds, answers, p50, p95, p99 } = await answer;
  const after = await ask<CpuReport>(process, 'cpu');
  if (answers !== turns) {
    throw new Error(`${name} gave ${answers} answers to ${turns} messages: its figures would mean nothing.`);
  }
  return {
    turnsPerCpuSecond: turns / ((after.cpuMicros - before.cpuMicros) / 1_000_000),
    turnsPerSecond: turns / seconds,
    ...{ p50, p95, p99 },
  };
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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

function spawnPart(name: string, execArgv: readonly string[]): ChildProcess {
  return fork(join(import.meta.dirname, `${name}.ts`), { execArgv: ['--no-warnings', ...execArgv] });
}

function ask<T>(child: ChildProcess, command: ContestantCommand): Promise<T> {
  const answer = answerOf<T>(child);
  child.send(command);
  return answer;
}

/** The next message of a child; throws when it ends instead. */
function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`${child.spawnargs.at(-1)} ended with ${code}.`));
    child.once('exit', onExit);
    child.once('message', (answer) => {
      child.off('exit', onExit);
      resolve(answer as T);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.send('stop' satisfies ContestantCommand);
  await exited;
}
