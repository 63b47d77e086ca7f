import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../explore/server-process.ts';
import { createWebCustomer } from '../../explore/web-customer.ts';
import { median } from '../median.ts';

export interface StartResult {
  /** `cold`: the model has to be trained first. `warm`: it lies in its folder. */
  readonly start: 'cold' | 'warm';
  /** From the command until the server answers, and until a customer has read his first answer: medians, seconds. */
  readonly readyS: number;
  readonly answeredS: number;
}

const HOME = join(import.meta.dirname, '../../..');
const LOOK_EVERY_MS = 10;

/** From the command to the first answered message of the demo, each time with a data folder of its own. */
export async function benchStart({ rounds }: { readonly rounds: number }): Promise<readonly StartResult[]> {
  const cold: Times[] = [];
  const warm: Times[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-bench-start-'));
    try {
      cold.push(await startOnce(join(folder, 'cold'), join(folder, 'model')));
      warm.push(await startOnce(join(folder, 'warm'), join(folder, 'model')));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return [
    { start: 'cold', ...medians(cold) },
    { start: 'warm', ...medians(warm) },
  ];
}

type Times = Pick<StartResult, 'readyS' | 'answeredS'>;

async function startOnce(dataFolder: string, modelFolder: string): Promise<Times> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const since = () => (performance.now() - startedAt) / 1_000;
  const server = spawn(process.execPath, ['--no-warnings', 'src/main.ts'], {
    cwd: HOME,
    env: { PATH: process.env['PATH'], PORT: String(port), DATA_DIR: dataFolder, MODEL_DIR: modelFolder },
    stdio: 'ignore',
  });
  try {
    await untilReady(server, base);
    const readyS = since();
    const customer = await createWebCustomer(() => base);
    await customer.say('first', 'mai chỗ mình có cúp điện không');
    await customer.waitFor((seen) => seen.some(({ from }) => from === 'bot'), 'the first answer');
    return { readyS, answeredS: since() };
  } finally {
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
  }
}

async function untilReady(server: ChildProcess, base: string): Promise<void> {
  while (server.exitCode === null) {
    const isReady = await fetch(`${base}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`The server ended with ${server.exitCode} instead of starting.`);
}

function medians(times: readonly Times[]): Times {
  return {
    readyS: Number(median(times.map(({ readyS }) => readyS)).toFixed(2)),
    answeredS: Number(median(times.map(({ answeredS }) => answeredS)).toFixed(2)),
  };
}
