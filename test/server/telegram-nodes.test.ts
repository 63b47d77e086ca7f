import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createFaultyGate, type FaultyGate } from '../../scripts/explore/faulty-gate.ts';
import { LOST_AFTER_MS } from '../../scripts/explore/hurry.ts';
import { freePort, type ServerProcess, startServerProcess } from '../../scripts/explore/server-process.ts';
import { STAGE_AHEAD_MS } from '../../scripts/stage-clock.ts';
import { DELIVERIES } from '../../src/integrations/storage/mongo/delivery-documents.ts';
import { describeOnMongo } from '../support/servers/describe-on-mongo.ts';
import { type FakeTelegram, startFakeTelegram } from '../support/telegram/fake-telegram.ts';
import { messageUpdate } from '../support/telegram/telegram-bench.ts';

const TIMEOUT_MS = 120_000;

/** Of two nodes that serve one bot, one asks for its updates; the database of each is behind a gate of its own. */
describeOnMongo('a Telegram bot on two nodes', (open, place) => {
  let telegram: FakeTelegram;
  let folders: readonly string[] = [];
  let gates: readonly FaultyGate[] = [];
  const nodes: ServerProcess[] = [];
  let aheadMs = STAGE_AHEAD_MS;
  /** Which of them asks Telegram. */
  let asking = 0;

  async function start(number: number): Promise<void> {
    const port = await freePort();
    nodes[number] = await startServerProcess({
      ...{ dataFolder: folders[number] ?? '', port, aheadMs },
      env: {
        ...{
          MODE: 'live',
          HOST: '127.0.0.1',
          PUBLIC_URL: `http://127.0.0.1:${port}`,
          SMS_URL: 'http://127.0.0.1:9/sms',
        },
        ...{ SECRET_KEY: 'k'.repeat(40), TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
        ...{ MONGODB_URL: place.url(gates[number]?.port), NODES: '2' },
      },
    });
  }

  function write(text: string, chat: number): void {
    telegram.queue.add(messageUpdate({ text }, { chat }) as Parameters<FakeTelegram['queue']['add']>[0]);
  }

  const shownTo = (chat: number) => telegram.shown.filter((message) => message.chat === chat);

  beforeAll(async () => {
    telegram = await startFakeTelegram();
    folders = await Promise.all(['a', 'b'].map((name) => mkdtemp(join(tmpdir(), `lang-nghe-telegram-${name}-`))));
    const target = place.target();
    gates = await Promise.all(folders.map(() => createFaultyGate({ ...target, port: Number(target.port) })));
    await start(0);
    write('chào em', 6_000);
    // The first has asked before there was a second.
    await telegram.waitFor(() => shownTo(6_000).length === 1);
    await start(1);
  }, TIMEOUT_MS);
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.kill()));
    await Promise.all(gates.map((gate) => gate.close()));
    await telegram?.stop();
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  });

  test.each([2, 24])(
    'goes on at the other when the one that asks is killed at piece %i of its talk with the database: answered once, or in doubt',
    async (piece) => {
      const [killed, other] = [nodes[asking], nodes[1 - asking]];
      const chat = 6_001 + piece;
      gates[asking]?.plan(piece, () => {
        void killed?.kill();
        return 'drop';
      });
      write('chào em', chat);
      await killed?.gone;
      aheadMs += LOST_AFTER_MS;
      await other?.setAhead(aheadMs);
      write('cảm ơn em', chat);
      await telegram.waitFor(() => shownTo(chat).some(({ text }) => /cảm ơn/i.test(text)));
      await other?.settle(0);
      const greetings = shownTo(chat).filter(({ text }) => text.includes('trợ lý tự động'));
      const database = await open();
      const inDoubt = await database
        .model(DELIVERIES)
        .countDocuments({ conversationId: new RegExp(`:${chat}$`), state: 'uncertain' });
      expect([greetings.length, inDoubt]).toEqual(inDoubt === 0 ? [1, 0] : [expect.any(Number), 1]);
      expect(greetings.length).toBeLessThanOrEqual(1);
      expect(shownTo(chat).length).toBeLessThanOrEqual(2);
      await start(asking);
      asking = 1 - asking;
    },
    TIMEOUT_MS,
  );
});
