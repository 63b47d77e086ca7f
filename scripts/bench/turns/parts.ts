import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ContestantCommand, CpuReport } from './contestant.ts';
import type { LoadOrder, LoadReport } from './load.ts';

/** A process of the benchmark that writes as customers do, and stands for the channel that answers go to. */
export interface LoadPart {
  readonly sinkUrl: string;
  play(order: LoadOrder): Promise<LoadReport>;
  /** How many answers have come since the start. */
  answers(): Promise<number>;
  stop(): void;
}

/** A process of the benchmark that answers. */
export interface ServerPart {
  readonly port: number;
  /** What it has used of the processor so far, seconds, once nothing is under way. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

export interface PartOptions {
  /** Flags of Node, for example `--cpu-prof`. */
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const NOBODY: LoadOrder = { ports: [], shape: 'telegram', utterances: [], contacts: 0, turns: 0, atOnce: 0 };

export async function startLoad(): Promise<LoadPart> {
  const child = spawnPart('load', {});
  const { sinkUrl } = await answerOf<{ sinkUrl: string }>(child);
  function play(order: LoadOrder): Promise<LoadReport> {
    const report = answerOf<LoadReport>(child);
    child.send(order);
    return report;
  }
  return {
    sinkUrl,
    play,
    answers: async () => (await play(NOBODY)).answers,
    stop: () => void child.kill(),
  };
}

/** Starts the contestant of this name. */
export async function startServerPart(name: string, sinkUrl: string, options: PartOptions = {}): Promise<ServerPart> {
  const child = spawnPart(name, options);
  const { port } = await ask<{ port: number }>(child, { start: sinkUrl });
  return {
    port,
    async cpuSeconds() {
      const { cpuMicros } = await ask<CpuReport>(child, 'cpu');
      return cpuMicros / 1_000_000;
    },
    async stop() {
      const exited = once(child, 'exit');
      child.send('stop' satisfies ContestantCommand);
      await exited;
    },
  };
}

export interface Played extends LoadReport {
  /** What all servers have used of the processor for it, seconds. */
  readonly cpuSeconds: number;
}

/** Plays a round against servers, until nothing is under way. Throws unless there are exactly so many answers. */
export async function playRound(
  load: LoadPart,
  servers: readonly ServerPart[],
  order: Omit<LoadOrder, 'ports'>,
  expected: number,
): Promise<Played> {
  const used = async () => {
    const each = await Promise.all(servers.map((server) => server.cpuSeconds()));
    return each.reduce((sum, seconds) => sum + seconds, 0);
  };
  const [usedBefore, answersBefore] = [await used(), await load.answers()];
  const report = await load.play({ ...order, ports: servers.map(({ port }) => port) });
  const cpuSeconds = (await used()) - usedBefore;
  const answers = (await load.answers()) - answersBefore;
  if (answers !== expected) {
    throw new Error(`There are ${answers} answers where ${expected} should be: the figures would mean nothing.`);
  }
  return { ...report, answers, cpuSeconds };
}

function spawnPart(name: string, { execArgv = [], env = {} }: PartOptions): ChildProcess {
  return fork(join(import.meta.dirname, `${name}.ts`), {
    execArgv: ['--no-warnings', ...execArgv],
    env: { ...process.env, ...env },
  });
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
