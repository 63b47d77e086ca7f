import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort, type ServerProcess, startServerProcess } from '../../scripts/explore/server-process.ts';
import { type DeskAgent, logInDemoAgent } from '../support/desk-agent.ts';
import { connectDirectLine, type DirectLineClient } from '../support/direct-line-client.ts';
import { describeOnMongo } from '../support/servers/describe-on-mongo.ts';
import type { RunningServer } from '../support/servers/run-server.ts';
import { startRedis } from '../support/servers/start-redis.ts';
import { createTcpGate, type TcpGate } from '../support/servers/tcp-gate.ts';

const TIMEOUT_MS = 120_000;

describeOnMongo('two nodes over one database', (_open, place) => {
  let folders: readonly string[] = [];
  let redis: RunningServer;
  let a: ServerProcess;
  let b: ServerProcess;
  /** Stands for the proxy in front: leads to A, and to B when A is gone. */
  let front: TcpGate;

  const start = async (dataFolder: string) =>
    startServerProcess({
      dataFolder,
      port: await freePort(),
      env: { MONGODB_URL: place.url(), REDIS_URL: `redis://127.0.0.1:${redis.port}`, NODES: '2' },
    });

  beforeAll(async () => {
    folders = await Promise.all(['a', 'b'].map((name) => mkdtemp(join(tmpdir(), `lang-nghe-node-${name}-`))));
    redis = await startRedis();
    const [folderA = '', folderB = ''] = folders;
    a = await start(folderA);
    // Both nodes sign with the same key, as SECRET_KEY makes it outside the demo.
    await copyFile(join(folderA, 'demo.key'), join(folderB, 'demo.key'));
    b = await start(folderB);
    front = await createTcpGate(targetOf(a));
  }, TIMEOUT_MS);
  afterAll(async () => {
    await a?.kill();
    await b?.kill();
    await front?.close();
    await redis?.stop();
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  });

  async function openChat(): Promise<DirectLineClient> {
    const base = `http://127.0.0.1:${front.port}`;
    const { token } = (await (await fetch(`${base}/chat/session`, { method: 'POST' })).json()) as { token: string };
    return connectDirectLine(base, { token });
  }

  async function takeOver(agent: DeskAgent): Promise<string> {
    const [id = ''] = await agent.queue();
    await agent.act('claim', id);
    return id;
  }

  async function answer(agent: DeskAgent, id: string, text: string): Promise<void> {
    const { state } = await agent.conversation(id);
    await agent.act('say', id, { text, seenSeq: state.messageSeq });
  }

  const says = (text: string) => (received: Readonly<DirectLineClient['received']>) =>
    received.some((activity) => activity.text === text);

  describe('a customer on one node and an agent on the other', () => {
    test(
      "go on after the customer's node is killed, with no word missed or doubled on either side",
      async () => {
        const customer = await openChat();
        const agent = await logInDemoAgent(() => b.address);
        try {
          await customer.post('cho gặp nhân viên');
          await customer.until((received) => received.some(({ text }) => /nhân viên/.test(text ?? '')));
          const id = await takeOver(agent);
          await answer(agent, id, 'một');
          await customer.until(says('một'));
          await customer.post('hai');

          front.aim(targetOf(b));
          const killed = a.kill();
          await answer(agent, id, 'ba');
          await killed;
          await customer.until(says('ba'));
          await customer.post('bốn');
          await customer.until(says('bốn'));
          await answer(agent, id, 'năm');
          await customer.until((received) => ['hai', 'năm'].every((text) => says(text)(received)));

          const words = ['một', 'hai', 'ba', 'bốn', 'năm'];
          const seen = customer.received.map(({ text }) => text ?? '').filter((text) => words.includes(text));
          // A message that A had acknowledged and not handled is taken up by B some seconds later.
          expect(seen.toSorted()).toEqual(words.toSorted());
          expect(new Set(customer.received.map((activity) => activity.id)).size).toBe(customer.received.length);
          const { messages } = await agent.conversation(id);
          const atDesk = messages.map(({ reply, content }) =>
            reply !== undefined && 'text' in reply ? reply.text : (content?.text ?? ''),
          );
          expect(atDesk.filter((text) => words.includes(text))).toEqual(seen);
        } finally {
          customer.end();
        }
      },
      TIMEOUT_MS,
    );
  });
});

function targetOf(server: ServerProcess) {
  const { hostname, port } = new URL(server.address);
  return { host: hostname, port: Number(port) };
}
