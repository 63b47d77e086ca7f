import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort, type ServerProcess, startServerProcess } from '../../scripts/explore/server-process.ts';
import { createWebCustomer } from '../../scripts/explore/web-customer.ts';
import { logInDemoAgent } from '../support/desk-agent.ts';
import { connectDirectLine } from '../support/direct-line-client.ts';
import { describeOnMongo } from '../support/servers/describe-on-mongo.ts';
import { createTcpGate, type TcpGate } from '../support/servers/tcp-gate.ts';

const TIMEOUT_MS = 120_000;
const DANGER = 'có người bị điện giật, dây điện đứt rớt xuống đường';

interface ChatSession {
  readonly token: string;
  readonly conversationId: string;
}

describeOnMongo('the whole product on MongoDB', (_open, place) => {
  let dataFolder: string;
  let gate: TcpGate;
  let server: ServerProcess;
  const base = () => server.address;

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'lang-nghe-mongo-'));
    gate = await createTcpGate(place.target());
    const env = { MONGODB_URL: place.url(gate.port) };
    server = await startServerProcess({ dataFolder, port: await freePort(), env });
  }, TIMEOUT_MS);
  afterAll(async () => {
    await server?.kill();
    await gate?.close();
    await rm(dataFolder, { recursive: true, force: true });
  });

  test(
    'answers a customer from the demo data, hands over to an agent, and shows each word once',
    async () => {
      const customer = await createWebCustomer(base);
      await customer.say('m1', 'giá điện sinh hoạt bao nhiêu');
      await customer.waitFor((seen) => seen.some(({ text }) => text.includes('1.984')), 'the price table');
      await customer.say('m2', 'PB13010010001 có đang mất điện không');
      await customer.waitFor((seen) => seen.filter(({ from }) => from === 'bot').length > 1, 'the outage');
      await customer.say('m3', 'cho gặp nhân viên');

      const agent = await logInDemoAgent(base);
      await customer.waitFor((seen) => seen.some(({ text }) => /nhân viên/.test(text)), 'the hand-off');
      const [id = '', ...others] = await agent.queue();
      expect(others).toEqual([]);
      await agent.act('claim', id);
      const { state } = await agent.conversation(id);
      await agent.act('say', id, { text: 'Em là Lan, em nghe ạ.', seenSeq: state.messageSeq });
      const seen = await customer.waitFor((all) => all.some(({ from }) => from === 'agent'), 'the agent');
      expect(seen.filter(({ text }) => text === 'Em là Lan, em nghe ạ.')).toHaveLength(1);
      expect(new Set(seen.map((activity) => activity.id)).size).toBe(seen.length);

      await customer.say('m4', 'cảm ơn em');
      await customer.waitFor((all) => all.some(({ text }) => text === 'cảm ơn em'), 'the own words');
      const { messages } = await agent.conversation(id);
      expect(messages.map((message) => message.content?.text)).toContain('cảm ơn em');
    },
    TIMEOUT_MS,
  );

  test(
    'keeps what comes while the database is away, and answers when it is back',
    async () => {
      const customer = await createWebCustomer(base);
      await customer.say('before', 'chào em');
      await customer.waitFor((seen) => seen.some(({ from }) => from === 'bot'), 'an answer');
      expect((await fetch(`${base()}/readyz`)).status).toBe(200);

      gate.shut();
      expect(await customer.post('away', 'giá điện sinh hoạt bao nhiêu')).toBe(200);
      expect((await fetch(`${base()}/readyz`)).status).toBe(503);
      expect((await fetch(`${base()}/healthz`)).status).toBe(200);

      gate.open();
      const seen = await customer.waitFor((all) => all.some(({ text }) => text.includes('1.984')), 'the answer');
      expect(seen.filter(({ id }) => id === 'c-away')).toHaveLength(1);
    },
    TIMEOUT_MS,
  );

  test(
    'tells a customer in danger what to do while the database is away, and goes on when it is back',
    async () => {
      const session = (await (await fetch(`${base()}/chat/session`, { method: 'POST' })).json()) as ChatSession;
      const client = connectDirectLine(base(), { token: session.token });
      try {
        await client.post('chào em');
        await client.until((received) => received.some(({ from }) => from?.id === 'bot'));
        gate.shut();
        const before = client.received.length;
        await client.post(DANGER);
        const [safety] = (await client.until((received) => received.length > before)).slice(before);
        expect(safety?.text).toContain('KHÔNG chạm vào người');
        gate.open();
        // The event gets its turn: the desk has it, and the dialog goes on from the question for the place.
        await client.until((received) => received.some(({ text }) => text === DANGER));
      } finally {
        gate.open();
        client.end();
      }
    },
    TIMEOUT_MS,
  );
});
