import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { freePort, type ServerProcess, startServerProcess } from '../../../scripts/explore/server-process.ts';

/** The demo as its own process for the tests of one `describe`, over a data folder that goes with it. */
export function useDemoServer(timeoutMs: number) {
  let dataFolder: string;
  let server: ServerProcess | undefined;
  const address = (): string => server?.address ?? '';

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'lang-nghe-demo-'));
    server = await startServerProcess({ dataFolder, port: await freePort() });
  }, timeoutMs);
  afterAll(async () => {
    await server?.kill();
    await rm(dataFolder, { recursive: true, force: true });
  });

  return {
    address,
    /** The same folder at the same address, by a new process. */
    async restart(): Promise<void> {
      const port = Number(new URL(address()).port);
      await server?.stop();
      server = await startServerProcess({ dataFolder, port });
    },
  };
}
