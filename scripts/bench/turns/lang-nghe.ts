import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Pool } from 'undici';
import { assembleBot } from '../../../src/assemble-bot.ts';
import type { ChannelAdapter } from '../../../src/bot/channel-adapter.ts';
import type { Bot } from '../../../src/bot/create-bot.ts';
import { connectNodes } from '../../../src/connect-nodes.ts';
import { toPlainText } from '../../../src/dialogs/reply.ts';
import { loadDeskRules } from '../../../src/integrations/agent-desk/load-desk-rules.ts';
import { createHttpServer } from '../../../src/integrations/http-server.ts';
import { loadStormRules } from '../../../src/integrations/incidents/load-storm-rules.ts';
import { createRandomIds } from '../../../src/integrations/random-ids.ts';
import { createEventSpool } from '../../../src/integrations/storage/event-spool.ts';
import { systemClock } from '../../../src/integrations/system-clock.ts';
import { loadContent } from '../../../src/load-content.ts';
import { openStorage } from '../../../src/open-storage.ts';
import { startChores } from '../../../src/start-chores.ts';
import { runContestant } from './contestant.ts';
import type { Update } from './messages.ts';

const CHANNEL = 'bench';

// Our server as it runs in service: real understanding and dialogs, every turn in the SQLite file before it is answered, or
// on the MongoDB server of MONGODB_URL, with other nodes by REDIS_URL.
runContestant(async (sinkUrl) => {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-bench-'));
  const log = pino({ level: 'error' });
  const content = loadContent({ cacheFolder: join(tmpdir(), 'lang-nghe-model') });
  const { MONGODB_URL: mongodbUrl, REDIS_URL: redisUrl, NODES = '1' } = process.env;
  const ids = createRandomIds(systemClock.now);
  const storage = await openStorage(
    { dataFolder: folder, mode: 'demo', ...(mongodbUrl !== undefined && { mongodbUrl }) },
    { clock: systemClock, log, ...content.utility },
  );
  const nodes = await connectNodes(
    { nodes: Number(NODES), ...(redisUrl !== undefined && { redisUrl }) },
    { storage, nodeId: ids.next(), clock: systemClock, log },
  );
  const bot = assembleBot({
    deskRules: loadDeskRules(),
    stormRules: loadStormRules(),
    ...{ storage, content, log },
    adapters: new Map([[CHANNEL, createBenchChannel(sinkUrl)]]),
    bringers: new Map(),
    sms: { send: async () => ({}) },
    secretKey: 'bench only: nothing outlives this process',
    events: nodes.events,
    spool: createEventSpool(folder),
    clock: systemClock,
    ids,
  });
  const app = await createHttpServer({
    log,
    isDemo: false,
    parts: [{ register: async (server) => void server.post('/webhook', ({ body }) => receive(bot, body as Update)) }],
    checkReady: async () => {},
  });
  const nothing = async () => {};
  const chores = startChores({
    ...{ bot, desk: { sweep: nothing }, log },
    ...{ keepRetention: nothing, carryOutErasures: nothing },
    ...nodes,
    ...storage,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    port: Number(new URL(app.listeningOrigin).port),
    idle: bot.idle,
    async stop() {
      await app.close();
      await chores.stop();
      await bot.idle();
      nodes.close();
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

/** Acknowledges when the event is on the disk. */
async function receive(bot: Bot, { update_id, message }: Update): Promise<string> {
  await bot.receive({
    key: `${CHANNEL}/main/${update_id}`,
    conversationId: `${CHANNEL}:main:${message.chat.id}`,
    orderKey: message.date * 1_000,
    receivedAt: systemClock.now(),
    content: { kind: 'customer_message', text: message.text.normalize('NFC') },
  });
  return '';
}

function createBenchChannel(sinkUrl: string): ChannelAdapter {
  const pool = new Pool(sinkUrl);
  return {
    channel: CHANNEL,
    canRepeat: false,
    async send({ message }) {
      const { statusCode, body } = await pool.request({
        path: '/bot1:bench/sendMessage',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          chat_id: Number(message.conversationId.split(':')[2]),
          text: message.reply === undefined ? '' : toPlainText(message.reply),
        }),
      });
      const answer = (await body.json()) as { readonly result: { readonly message_id: number } };
      return statusCode === 200
        ? { result: 'accepted', channelMessageId: String(answer.result.message_id) }
        : { result: 'unknown', reason: `status_${statusCode}` };
    },
  };
}
