import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { assembleBot } from '../../src/assemble-bot.ts';
import type { ChannelAdapter } from '../../src/bot/channel-adapter.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import { loadDeskRules } from '../../src/integrations/agent-desk/load-desk-rules.ts';
import { loadStormRules } from '../../src/integrations/incidents/load-storm-rules.ts';
import { createLocalEvents } from '../../src/integrations/local-events.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { createEventSpool } from '../../src/integrations/storage/event-spool.ts';
import { openSqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import { loadContent } from '../../src/load-content.ts';
import type { Delivery } from './phones.ts';

/**
 * A process that gives notices as the server does, until it is killed: the bot over its file, and a web channel whose
 * other side is the drill's. It begins when its parent tells it what time it is.
 */
const { DATA_DIR: folder = '', SINK_URL: sinkUrl = '' } = process.env;
const SWEEP_EVERY_MS = 500;
let aheadMs = 0;
const clock = { now: () => Date.now() + aheadMs };
const log = pino({ level: 'error' }, pino.destination(2));

const channel: ChannelAdapter = {
  ...{ channel: 'web', canRepeat: true },
  async send({ message, idempotencyKey }) {
    const text = message.reply === undefined ? '' : toPlainText(message.reply);
    const delivery: Delivery = { key: idempotencyKey, conversationId: message.conversationId, text, at: clock.now() };
    const headers = { 'content-type': 'application/json' };
    const sent = fetch(sinkUrl, { method: 'POST', headers, body: JSON.stringify(delivery) });
    return sent.then(
      () => ({ result: 'accepted' }),
      () => ({ result: 'retry', reason: 'unreachable' }),
    );
  },
};

const content = loadContent({ cacheFolder: join(tmpdir(), 'lang-nghe-model') });
const path = join(folder, 'drill.sqlite');
const storage = openSqliteStorage({ path, mediaFolder: join(folder, 'media'), clock, ...content.utility });
const bot = assembleBot({
  ...{ storage, content, clock, log, adapters: new Map([['web', channel]]), bringers: new Map() },
  deskRules: loadDeskRules(),
  stormRules: loadStormRules(),
  sms: { send: async () => ({}) },
  secretKey: 'the drill only: nothing outlives its folder',
  events: createLocalEvents(),
  spool: createEventSpool(folder),
  ids: createRandomIds(clock.now),
});

process.on('disconnect', () => process.exit(0));
process.send?.('ready');
const [at] = (await once(process, 'message')) as [number];
aheadMs = at - Date.now();
await bot.recover();
for (;;) {
  await bot.sweep();
  await sleep(SWEEP_EVERY_MS);
}
