import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { freePort, type ServerProcess, startServerProcess } from '../../scripts/explore/server-process.ts';
import { compareTranscripts, repeatedIds, toLine } from '../../scripts/explore/transcripts.ts';
import { createWebCustomer, type SeenActivity, type WebCustomer } from '../../scripts/explore/web-customer.ts';
import { stageClock } from '../../scripts/stage-clock.ts';
import { logInAtDesk } from '../../scripts/storm-drill/desk-caller.ts';
import type { Banner } from '../../src/integrations/banner/banner.ts';
import { type DeskAgent, demoPassword, logInDemoAgent } from '../support/desk-agent.ts';
import { connectDirectLine, type DirectLineClient } from '../support/direct-line-client.ts';
import { describeOnMongo } from '../support/servers/describe-on-mongo.ts';
import type { RunningServer } from '../support/servers/run-server.ts';
import { startRedis } from '../support/servers/start-redis.ts';
import { createTcpGate, type TcpGate } from '../support/servers/tcp-gate.ts';

const TIMEOUT_MS = 120_000;

describeOnMongo('two nodes over one database', (_open, place) => {
  let folders: readonly string[] = [];
  let redis: RunningServer;
  let isAGone = false;
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
  /** The other test may have killed it. */
  const startAgain = async () => {
    if (isAGone) {
      a = await startA();
    }
  };
  const startA = async () => {
    const started = await start(folders[0] ?? '');
    isAGone = false;
    void started.gone.then(() => {
      isAGone = true;
    });
    return started;
  };

  beforeAll(async () => {
    folders = await Promise.all(['a', 'b'].map((name) => mkdtemp(join(tmpdir(), `lang-nghe-node-${name}-`))));
    redis = await startRedis();
    const [folderA = '', folderB = ''] = folders;
    a = await startA();
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

  /** The banner of a visitor's page, as the node tells it over the socket. */
  async function openBanner(node: ServerProcess) {
    const { token, conversationId } = (await (
      await fetch(`${node.address}/chat/session`, { method: 'POST' })
    ).json()) as {
      token: string;
      conversationId: string;
    };
    const headers = { authorization: `Bearer ${token}` };
    const conversation = await fetch(`${node.address}/v3/directline/conversations/${conversationId}`, { headers });
    const { streamUrl } = (await conversation.json()) as { streamUrl: string };
    const socket = new WebSocket(`${streamUrl}&banner=1`);
    const shown: Banner[] = [];
    let check = () => {};
    socket.on('message', (raw) => {
      const { banner } = JSON.parse(raw.toString() || '{}') as { banner?: Banner };
      if (banner !== undefined) {
        shown.push(banner);
        check();
      }
    });
    const until = (holds: (banner: Banner) => boolean) =>
      new Promise<void>((resolve) => {
        check = () => shown.some(holds) && resolve();
        check();
      });
    return { shown, until, client: () => connectDirectLine(node.address, { token }), close: () => socket.close() };
  }

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
    // The customer's words may be on their way: then he looks, and says it all the same.
    await agent.act('say', id, { text, seenSeq: state.messageSeq }).catch((error: unknown) => {
      if (!String(error).includes('stale_screen')) {
        throw error;
      }
      return answer(agent, id, text);
    });
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

  describe('a rolling update', () => {
    test(
      'lets nobody miss or hear twice a word: a node is told to stop while its customer writes, and ends by itself',
      async () => {
        await startAgain();
        front.aim(targetOf(a));
        const texts = [
          'chào em',
          'giá điện sinh hoạt bao nhiêu',
          'mai chỗ mình có cúp điện không',
          'xã Bến Lức',
          'cảm ơn em',
        ];
        let stopped: Promise<number | null> | undefined;
        /** The thanks are answered last, with one message. */
        const isComplete = (seen: readonly SeenActivity[]) => isAnswered(seen, `c-m${texts.length - 1}`);
        const isAnswered = (seen: readonly SeenActivity[], id: string) => {
          const own = seen.findIndex((activity) => activity.id === id);
          return own >= 0 && seen.slice(own + 1).some(({ from }) => from === 'bot');
        };
        async function talk(base: () => string, stopAt: number): Promise<WebCustomer> {
          const customer = await createWebCustomer(base);
          for (const [index, text] of texts.entries()) {
            const said = customer.say(`m${index}`, text);
            if (index === stopAt) {
              stopped = a.stop();
              front.aim(targetOf(b));
            }
            await said;
            await customer.waitFor((seen) => isAnswered(seen, `c-m${index}`), `an answer to "${text}"`);
          }
          return customer;
        }
        const expected = await (await talk(() => b.address, -1)).waitFor(isComplete, 'the whole talk');
        const customer = await talk(() => `http://127.0.0.1:${front.port}`, 1);
        const seen = await customer.waitFor(isComplete, 'the whole talk');
        expect(compareTranscripts(seen.map(toLine), expected.map(toLine))).toEqual([]);
        expect(repeatedIds(seen)).toEqual([]);
        expect(await stopped).toBe(0);
      },
      TIMEOUT_MS,
    );
  });

  describe('what a dispatcher writes on one node', () => {
    test(
      'stands in the banner of a page at the other, and in the answers there, in the same version, and never in an older one again',
      async () => {
        await startAgain();
        const account = { login: 'dung', password: await demoPassword(a.address, 'dung') };
        const desk = await logInAtDesk(() => a.address, account);
        const page = await openBanner(b);
        const client = page.client();
        const says = (words: string) => (received: Readonly<DirectLineClient['received']>) =>
          received.some(({ text }) => text?.includes(words) === true);
        const keys = (id: string) => page.shown.map((banner) => banner.find(({ key }) => key.includes(id))?.key);
        const newest = (id: string) => keys(id).at(-1)?.split('/').at(-1);
        try {
          await client.post('chào');
          await client.until((received) => received.length >= 2);
          const facts = {
            ...{ state: 'published', title: 'Tin đồn cắt điện luân phiên', isDanger: false },
            text: 'Dạ, tin cắt điện luân phiên ba ngày là không đúng ạ.',
            questions: { intents: [], keywords: ['cắt điện luân phiên'] },
            expiresAt: stageClock.now() + 3_600_000,
          };
          const crisis = await desk.act<{ message: { id: string } }>('crises/publish', { facts });
          const { id } = crisis?.message ?? { id: '' };
          await page.until(() => newest(id) === '1');
          await client.post('có cắt điện luân phiên hả');
          await client.until(says('ba ngày là không đúng'));
          const text = 'Dạ, tin cắt điện luân phiên là bịa đặt ạ.';
          await desk.act('crises/change', { id, version: 1, facts: { ...facts, text } });
          await page.until(() => newest(id) === '2');
          await client.post('cắt điện luân phiên thiệt không');
          await client.until(says('là bịa đặt'));
          await desk.act('crises/change', { id, version: 2, facts: { ...facts, text, state: 'withdrawn' } });
          await page.until(() => newest(id) === undefined);

          const incident = {
            ...{ state: 'ongoing', startedAt: stageClock.now() },
            area: { text: 'Bến Lức: ấp 3', province: 'Tây Ninh', communes: ['Bến Lức'], feeders: [] },
          };
          const made = await desk.act<{ incident: { id: string } }>('incidents/create', { facts: incident });
          await desk.act('storm', { isOn: true });
          const incidentId = made?.incident.id ?? '';
          await client.post('cúp điện ở Bến Lức Tây Ninh rồi');
          await page.until(() => newest(incidentId) === '1');
          const expectedReturn = { at: stageClock.now() + 3_600_000, source: 'Điều độ Bến Lức' };
          await desk.act('incidents/change', { id: incidentId, version: 1, facts: { ...incident, expectedReturn } });
          await page.until(() => newest(incidentId) === '2');
          const versions = keys(incidentId).filter((key) => key !== undefined);
          expect(versions).toEqual(versions.toSorted());
        } finally {
          client.end();
          page.close();
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
