import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server process of our own, on a free port, with a data folder that goes with it. */
export interface RunningServer {
  readonly port: number;
  /** Where its data are, until it stops. */
  readonly folder: string;
  stop(): Promise<void>;
}

export interface ServerCommand {
  readonly file: string;
  readonly args: (place: { readonly port: number; readonly folder: string }) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const READY_WITHIN_MS = 20_000;
const POLL_MS = 25;

// The shell waits on our end of a pipe, then ends the server and removes its folder. A test process that is killed closes
// the pipe too, so nothing is left behind whatever happens.
const UNTIL_STDIN_CLOSES =
  'folder=$1; shift; "$@" & server=$!; read -r _; kill "$server" 2>/dev/null; wait "$server"; rm -rf "$folder"';
const LOG_KEPT = 8_000;

/** Starts a server and resolves when its port answers. */
export async function runServer(name: string, { file, args, env }: ServerCommand): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), `lang-nghe-${name}-`));
  const port = await freePort();
  const server = spawn('sh', ['-c', UNTIL_STDIN_CLOSES, 'sh', folder, file, ...args({ port, folder })], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: folder,
    env: { ...process.env, ...env },
  });
  let log = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-LOG_KEPT);
    });
  }
  try {
    await answers(port);
  } catch {
    await ended(server);
    throw new Error(`${name} (${file}) did not answer on port ${port}. It said:\n${log}`);
  }
  return { port, folder, stop: () => ended(server) };
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) {
    return;
  }
  const exit = new Promise<void>((resolve) => server.once('close', () => resolve()));
  server.stdin?.end();
  await exit;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function answers(port: number): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (!(await accepts(port))) {
    if (Date.now() > giveUpAt) {
      throw new Error('not ready');
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
