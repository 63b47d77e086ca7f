import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createZaloSimulator, type ZaloSimulator } from '../../simulators/zalo/create-zalo-simulator.ts';
import { connectOa } from '../../src/integrations/channels/zalo/connect-oa.ts';
import { sealTokens } from '../../src/integrations/channels/zalo/sealed-tokens.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteZaloStore } from '../../src/integrations/storage/sqlite/zalo-store.ts';
import { CREDENTIALS, START, tokensOf } from '../support/zalo-bench.ts';

const OA = CREDENTIALS.oaId;
const KEY = 'a secret key of at least thirty-two characters';
const SCRIPT = join(import.meta.dirname, '..', '..', 'scripts', 'zalo-connect.ts');

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) {
    await close();
  }
});

async function startSimulator(): Promise<{ simulator: ZaloSimulator; url: string; port: number }> {
  const simulator = createZaloSimulator();
  const url = await simulator.listen();
  closers.push(simulator.close);
  const port = await freePort();
  simulator.control.saveCallback(`http://localhost:${port}/channels/zalo/callback`);
  return { simulator, url, port };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function openStore(path: string) {
  const db = openDatabase({ path });
  closers.push(db.close);
  return { db, store: createSqliteZaloStore(db) };
}

describe('connecting the Official Account', () => {
  test('by the command: the admin opens the address it prints, and the tokens are sealed in the database', async () => {
    const { simulator, url, port } = await startSimulator();
    const path = join(mkdtempSync(join(tmpdir(), 'zalo-connect-')), 'live.sqlite');
    const command = spawn(process.execPath, [SCRIPT, '--db', path, '--local', String(port)], {
      env: {
        ...{ PATH: process.env['PATH'], SECRET_KEY: KEY, ZALO_OAUTH_BASE: `${url}/oauth` },
        ...{ ZALO_APP_ID: CREDENTIALS.appId, ZALO_APP_SECRET: CREDENTIALS.appSecret },
        ...{ ZALO_OA_SECRET_KEY: CREDENTIALS.oaSecretKey, ZALO_OA_ID: OA },
      },
    });
    const exit = new Promise((resolve) => command.on('exit', resolve));
    closers.push(async () => command.kill());
    const lines: string[] = [];
    const { oauth } = simulator.control.world().settings;
    for await (const line of createInterface({ input: command.stdout })) {
      lines.push(line);
      if (line.includes('code_challenge=')) {
        // Who has pressed the wrong button opens the same address again.
        simulator.control.set({ oauth: { ...oauth, consent: 'refuse' } });
        expect((await fetch(line.trim())).status).toBe(400);
        simulator.control.set({ oauth: { ...oauth, consent: 'grant' } });
        expect((await fetch(line.trim())).status).toBe(200);
      }
    }
    expect([await exit, lines.at(-1)]).toEqual([0, expect.stringContaining('Connected')]);
    const { db, store } = openStore(path);
    const tokens = await sealTokens(store.tokens, KEY).latest(OA);
    expect([...simulator.control.world().accessTokens.keys()]).toEqual([tokens?.accessToken]);
    expect(JSON.stringify(db.sqlite.prepare('SELECT * FROM zalo_tokens').all())).not.toContain(tokens?.refreshToken);
    expect(lines.join()).not.toContain(tokens?.accessToken);
  });

  test('tells when nobody has consented in time', async () => {
    const { url } = await startSimulator();
    const { store } = openStore(':memory:');
    const connecting = connectOa({
      ...{ store, credentials: CREDENTIALS, settings: { oauthBase: `${url}/oauth` }, sleep },
      callback: { publicUrl: 'https://cskh.dienluc.example' },
      clock: { now: () => START },
      onAddress: (address) => expect(address).toContain(encodeURIComponent('https://cskh.dienluc.example/channels/')),
      waitMs: 1,
    });
    await expect(connecting).rejects.toThrow('Nobody consented in time');
  });
});

describe('sealed tokens', () => {
  test('are read back with the same key only; of another key they are expired, and keep their generation', async () => {
    const { store } = openStore(':memory:');
    await sealTokens(store.tokens, KEY).add(OA, tokensOf(3, START));
    expect(await sealTokens(store.tokens, KEY).latest(OA)).toEqual(tokensOf(3, START));
    const foreign = await sealTokens(store.tokens, `${KEY} of another`).latest(OA);
    expect(foreign).toMatchObject({ generation: 3, accessToken: '', refreshToken: '', expiresAt: 0 });
  });

  test('of before, not sealed, are taken as they are', async () => {
    const { store } = openStore(':memory:');
    await store.tokens.add(OA, tokensOf(1, START));
    expect(await sealTokens(store.tokens, KEY).latest(OA)).toEqual(tokensOf(1, START));
  });
});
