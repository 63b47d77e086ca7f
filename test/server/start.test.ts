import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { freePort, MODEL_FOLDER } from '../../scripts/explore/server-process.ts';

const ROOT = join(import.meta.dirname, '../..');
const TIMEOUT_MS = 60_000;
const folders: string[] = [];

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'lang-nghe-start-'));
  folders.push(made);
  return made;
}

interface Ended {
  readonly code: number | string | null | undefined;
  readonly output: string;
}

/** Runs `node src/main.ts` until it ends by itself. */
function run(env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    const options = {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], MODEL_DIR: MODEL_FOLDER, ...env },
      timeout: TIMEOUT_MS,
    };
    execFile(process.execPath, ['src/main.ts'], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, output: `${stdout}${stderr}` });
    });
  });
}

describe('a start that cannot succeed says in one sentence what to do, and ends with code 1', () => {
  afterEach(async () => {
    await Promise.all(folders.splice(0).map((made) => rm(made, { recursive: true, force: true })));
  });

  async function expectRefusal(env: Record<string, string>, ...words: readonly string[]): Promise<void> {
    const { code, output } = await run(env);
    expect(code).toBe(1);
    const lines = output.trim().split('\n');
    expect(lines.at(-1)).toMatch(/^Cannot start: .+/);
    expect(output).not.toMatch(/^\s+at /m);
    for (const word of words) {
      expect(lines.at(-1)).toContain(word);
    }
  }

  test(
    'the port is taken',
    async () => {
      const port = await freePort();
      const other = createServer().listen(port, '127.0.0.1');
      await once(other, 'listening');
      await expectRefusal({ DATA_DIR: await folder(), PORT: String(port) }, `Port ${port} is taken`, 'PORT=');
      other.close();
    },
    TIMEOUT_MS,
  );

  test(
    'the folder cannot be made',
    async () => {
      const file = join(await folder(), 'a-file');
      await writeFile(file, '');
      await expectRefusal({ DATA_DIR: join(file, 'var') }, 'cannot be written', 'DATA_DIR');
    },
    TIMEOUT_MS,
  );

  test(
    'the folder cannot be written',
    async () => {
      if (process.getuid?.() === 0) {
        // Root may write anywhere; a folder of the kernel refuses even root.
        await expectRefusal({ DATA_DIR: '/proc/self' }, 'cannot be', '/proc/self');
        return;
      }
      const made = await folder();
      await chmod(made, 0o500);
      await expectRefusal({ DATA_DIR: made }, 'cannot be written', 'DATA_DIR');
    },
    TIMEOUT_MS,
  );

  test(
    'the database file is damaged',
    async () => {
      const made = await folder();
      await writeFile(join(made, 'demo.sqlite'), 'this is no database, and long enough to be looked at'.repeat(50));
      await expectRefusal({ DATA_DIR: made, PORT: '0' }, 'demo.sqlite', 'backup');
    },
    TIMEOUT_MS,
  );

  test.each([
    ['a port that is none', { PORT: 'abc' }, 'PORT'],
    ['an unknown mode', { MODE: 'production' }, 'MODE'],
    ['a key of a real service in the demo', { SECRET_KEY: 'x'.repeat(40) }, 'MODE=live'],
    ['a public address for the demo', { HOST: '0.0.0.0' }, 'MODE=live'],
    ['a real service without its settings', { MODE: 'live' }, 'SECRET_KEY'],
    ['a MongoDB server that does not answer', { MONGODB_URL: 'mongodb://127.0.0.1:1/' }, 'MONGODB_URL'],
    ['a database address of another kind', { MONGODB_URL: 'postgres://127.0.0.1/' }, 'mongodb://'],
    ['a key that is too short', { MODE: 'live', SECRET_KEY: 'short' }, 'SECRET_KEY'],
  ])(
    '%s',
    async (_name, env, word) => {
      await expectRefusal({ DATA_DIR: await folder(), ...env } as Record<string, string>, word);
    },
    TIMEOUT_MS,
  );
});
