import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { STAGE_AHEAD_MS } from '../stage-clock.ts';
import type { CrashNodeOrder } from './crash-node.ts';
import type { Release } from './held-messages.ts';

/** One trained model for all servers that tests start. */
export const MODEL_FOLDER = join(tmpdir(), 'lang-nghe-model');

export interface ServerProcess {
  readonly address: string;
  /** Resolves when the process is gone, with the signal that ended it. */
  readonly gone: Promise<NodeJS.Signals | null>;
  /** Makes it kill itself at the n-th write boundary from now; 0: never. `false`: it is gone already. */
  arm(boundary: number): Promise<boolean>;
  /** Write boundaries passed since it was armed. */
  boundaries(): Promise<number>;
  /** Lets these messages in when all are there, in this order; for a server that takes only orders. */
  release(next: readonly Release[]): Promise<boolean>;
  /** Waits until nothing is under way. `false`: it is gone. */
  idle(): Promise<boolean>;
  /** Turns its clock by so much, does its chores, and waits until nothing is under way. */
  settle(ms: number): Promise<boolean>;
  /** Lets it stop as it is, or kill itself, the next time that it is about to write this, for example `commit_turn`. */
  strikeBefore(write: string, signal: 'SIGSTOP' | 'SIGKILL'): Promise<Struck>;
  /** Lets it go on when it has stopped, and waits until it does. */
  goOn(): Promise<void>;
  /** Lets its clock run so far ahead of the machine's. `false`: it is gone already. */
  setAhead(aheadMs: number): Promise<boolean>;
  kill(): Promise<void>;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  /** SIGTERM, and waits; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** What was planned for a server: `struck` resolves when it has come to pass. */
export interface Struck {
  readonly struck: Promise<unknown>;
}

export interface ServerProcessOptions {
  readonly dataFolder: string;
  readonly port: number;
  /** Kill itself at the n-th write boundary; 0 or absent: never. */
  readonly crashAt?: number;
  /** How far its clock runs ahead of the machine's, ms; as the stage's clock does when not given. */
  readonly aheadMs?: number;
  /** Further settings, for example of a channel. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the write at which it kills itself. */
  readonly onKilled?: (write: string) => void;
  /** Called with each line that it logs. */
  readonly onLog?: (line: string) => void;
}

const GO_ON_EVERY_MS = 10;

/** Starts the real server as a process of its own and waits until it listens. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const child = fork(join(import.meta.dirname, 'crash-node.ts'), {
    env: {
      PATH: process.env['PATH'],
      // Under `test:file -- --at` it lives at the same time as the test.
      NODE_OPTIONS: process.env['NODE_OPTIONS'] ?? '',
      CLOCK_SHIFT_MS: process.env['CLOCK_SHIFT_MS'] ?? '0',
      DATA_DIR: options.dataFolder,
      MODEL_DIR: MODEL_FOLDER,
      // A server that is started a hundred times should not be compiled a hundred times.
      NODE_COMPILE_CACHE: join(MODEL_FOLDER, 'compiled'),
      PORT: String(options.port),
      CRASH_AT: String(options.crashAt ?? 0),
      CLOCK_AHEAD_MS: String(options.aheadMs ?? STAGE_AHEAD_MS),
      LOG_LEVEL: 'fatal',
      ...options.env,
    },
    execArgv: [],
    stdio: ['ignore', options.onLog === undefined ? 'ignore' : 'pipe', 'pipe', 'ipc'],
  });
  if (child.stdout !== null && options.onLog !== undefined) {
    createInterface({ input: child.stdout }).on('line', options.onLog);
  }
  child.on('message', (message: object) => {
    if ('killed' in message) {
      options.onKilled?.(String(message.killed));
    }
  });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  // Gone when its last words have been read, too.
  const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')]).then(
    ([[, signal]]) => signal as NodeJS.Signals | null,
  );
  const address = await Promise.race([
    answer<{ address: string }>(child, 'address').then((message) => message.address),
    gone.then((signal) => {
      throw new Error(`The server did not start (signal ${signal}): ${errors.join('')}`);
    }),
  ]);
  /** Resolves with whether it has confirmed the order by a message with this key. */
  async function order(what: CrashNodeOrder, confirmation: string): Promise<boolean> {
    if (!child.connected) {
      return false;
    }
    child.send(what, () => {});
    return Promise.race([answer(child, confirmation).then(() => true), gone.then(() => false)]);
  }

  return {
    address,
    gone,
    arm: (boundary) => order({ arm: boundary }, 'armed'),
    release: (next) => order({ release: next }, 'holding'),
    idle: () => order({ idle: true }, 'idle'),
    settle: (ms) => order({ settleMs: ms }, 'settled'),
    async strikeBefore(write, signal) {
      const struck = answer(child, 'struck');
      await order({ before: write, signal }, 'planned');
      return { struck };
    },
    async goOn() {
      // It tells of its stop before it stops: a signal may come too early.
      const again = setInterval(() => child.kill('SIGCONT'), GO_ON_EVERY_MS);
      await order({ count: true }, 'passed');
      clearInterval(again);
    },
    setAhead: (aheadMs) => order({ aheadMs }, 'ahead'),
    async boundaries() {
      child.send({ count: true } satisfies CrashNodeOrder);
      return (await answer<{ passed: number }>(child, 'passed')).passed;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    signal: (name) => void child.kill(name),
    async stop() {
      child.kill('SIGTERM');
      await gone;
      return child.exitCode;
    },
  };
}

/** The next message with this key. Two may come at once, so nothing is waited for between them. */
function answer<T extends object>(child: ChildProcess, key: string): Promise<T> {
  return new Promise((resolve) => {
    child.on('message', function take(message: object) {
      if (key in message) {
        child.off('message', take);
        resolve(message as T);
      }
    });
  });
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('The system gave no port.');
  }
  return address.port;
}
