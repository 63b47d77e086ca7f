import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { assembleBot } from '../../../src/assemble-bot.ts';
import { loadDeskRules } from '../../../src/integrations/agent-desk/load-desk-rules.ts';
import { createWebChannel } from '../../../src/integrations/channels/web/adapter.ts';
import { createHttpServer } from '../../../src/integrations/http-server.ts';
import { loadStormRules } from '../../../src/integrations/incidents/load-storm-rules.ts';
import { createLocalEvents } from '../../../src/integrations/local-events.ts';
import { createRandomIds } from '../../../src/integrations/random-ids.ts';
import { createEventSpool } from '../../../src/integrations/storage/event-spool.ts';
import { openSqliteStorage } from '../../../src/integrations/storage/sqlite/open-storage.ts';
import { systemClock } from '../../../src/integrations/system-clock.ts';
import { loadContent } from '../../../src/load-content.ts';

/** Memory of the node, or a notice to these visitors. */
export type WebNodeOrder = 'memory' | { readonly notify: readonly string[] };

const KEY = 'bench only: nothing outlives this process';
const ACCOUNT = 'main';
const CHANNEL = 'web';
const AT_ONCE = 500;

// One node with the web chat alone, in a process of its own, as it runs in service.
const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-bench-memory-'));
const log = pino({ level: 'error' });
const content = loadContent({ cacheFolder: join(tmpdir(), 'lang-nghe-model') });
const storage = openSqliteStorage({
  path: join(folder, 'bench.sqlite'),
  mediaFolder: join(folder, 'media'),
  clock: systemClock,
  ...content.utility,
});
const events = createLocalEvents();
const ids = createRandomIds(systemClock.now);
const adapters = new Map();
const bot = assembleBot({
  ...{ storage, content, adapters, events, ids, log, clock: systemClock },
  deskRules: loadDeskRules(),
  stormRules: loadStormRules(),
  bringers: new Map(),
  sms: { send: async () => ({}) },
  secretKey: KEY,
  spool: createEventSpool(folder),
});
const web = createWebChannel({
  ...{ events, ids, ...storage, receive: bot.receive, clock: systemClock, logger: log },
  tokenKey: KEY,
  account: ACCOUNT,
  allowedOrigins: [],
  speakers: { bot: 'Lắng Nghe', system: 'Điện lực' },
});
adapters.set(CHANNEL, web.adapter);
const app = await createHttpServer({ log, isDemo: false, parts: [web], checkReady: async () => {} });
await app.listen({ host: '127.0.0.1', port: 0 });

async function notify(visitors: readonly string[]): Promise<void> {
  for (let from = 0; from < visitors.length; from += AT_ONCE) {
    await Promise.all(visitors.slice(from, from + AT_ONCE).map(tell));
  }
}

function tell(visitor: string): Promise<unknown> {
  const now = systemClock.now();
  return bot.receive({
    key: `${CHANNEL}/${ACCOUNT}/notice-${visitor}`,
    conversationId: `${CHANNEL}:${ACCOUNT}:${visitor}`,
    orderKey: now,
    receivedAt: now,
    content: {
      kind: 'notice',
      replies: [{ kind: 'text', text: 'Khu vực của anh/chị đã có điện trở lại lúc 14:20 ạ.' }],
    },
  });
}

process.on('message', (order: WebNodeOrder) => {
  if (order === 'memory') {
    globalThis.gc?.();
    process.send?.({ rssMb: Math.round(process.memoryUsage.rss() / 1_000_000) });
    return;
  }
  notify(order.notify).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
process.send?.({ address: app.listeningOrigin });
