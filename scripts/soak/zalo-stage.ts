import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Control } from '../../simulators/zalo/control/create-control.ts';
import { createZaloSimulator, type ZaloSimulatorOptions } from '../../simulators/zalo/create-zalo-simulator.ts';
import type { TrackedMessage } from '../../src/bot/message.ts';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import { openDatabase, type SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { DATABASE_FILES } from '../../src/open-data-folder.ts';
import { freePort, type ServerProcess, startServerProcess } from '../explore/server-process.ts';
import { STAGE_AHEAD_MS } from '../stage-clock.ts';

/** The product as a process of its own before the simulated Zalo; both clocks are turned together. */
export interface ZaloStage {
  readonly control: Control;
  readonly webhookUrl: string;
  /** Of the product, for example `http://127.0.0.1:40123`. */
  readonly address: string;
  /** Of the simulated Zalo. */
  readonly zaloAddress: string;
  /** The process that runs now, or ran last. */
  server(): ServerProcess;
  /** `false` from the moment it has died until the next one listens. */
  isUp(): boolean;
  /** Starts the product anew on the same data, after it has ended. */
  restart(): Promise<void>;
  /** Starts a further node on the same data, at an address of its own. */
  startAnother(): Promise<ServerProcess>;
  /** The time of both sides, UTC ms. */
  now(): number;
  /** Moves the time of both sides on. */
  advance(ms: number): Promise<void>;
  /** The same in one leap: nothing must be on its way. */
  jump(ms: number): Promise<void>;
  /** What the admin of the OA does to connect it; resolves with the status of the last page. */
  consent(): Promise<number>;
  conversationOf(userId: string): string;
  /** The conversation as the product keeps it. */
  messages(userId: string): Promise<readonly TrackedMessage[]>;
  /** The product's own database, for looking only. */
  readonly db: SqliteDatabase;
  /** What the product has logged as errors. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

export interface ZaloStageOptions {
  readonly simulator?: ZaloSimulatorOptions;
  /** Further settings of the product. */
  readonly env?: Readonly<Record<string, string>>;
  /** `false`: the OA has not consented yet. */
  readonly isConnected?: boolean;
  /** Puts records into the product's database file, and users on their phones, before the product starts. */
  readonly prepare?: (databasePath: string, control: Control) => Promise<void>;
}

/** Signs the product's tokens. */
export const STAGE_SECRET_KEY = 'k'.repeat(40);
const CONNECT_KEY = 'c'.repeat(40);
const MOST_MESSAGES = 10_000;
const STEP_MS = 15_000;

export async function openZaloStage(options: ZaloStageOptions = {}): Promise<ZaloStage> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lang-nghe-zalo-'));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  let aheadMs = STAGE_AHEAD_MS;
  const startTime = Date.now() + aheadMs;
  const simulator = createZaloSimulator({ events: 'chatbot', startTime, ...options.simulator });
  const { control } = simulator;
  control.saveCallback(`${address}/channels/zalo/callback`);
  const base = await simulator.listen();
  const { app, oa } = control.world().settings;
  const log: string[] = [];
  const others: Promise<ServerProcess>[] = [];
  const env = {
    ...{ MODE: 'live', HOST: '127.0.0.1', PUBLIC_URL: address, SECRET_KEY: STAGE_SECRET_KEY, LOG_LEVEL: 'error' },
    // Nobody listens there: these conversations need no SMS.
    SMS_URL: 'http://127.0.0.1:9/sms',
    ...{ ZALO_APP_ID: app.id, ZALO_APP_SECRET: app.secret, ZALO_OA_SECRET_KEY: app.oaSecretKey, ZALO_OA_ID: oa.id },
    ...{ ZALO_CONNECT_KEY: CONNECT_KEY, ZALO_OAUTH_BASE: `${base}/oauth`, ZALO_OPENAPI_BASE: `${base}/openapi` },
    ...{ ZALO_BUSINESS_BASE: `${base}/business`, ZALO_TEMPLATES: 'ticket_state=7895418' },
    ZALO_PRIVATE_MEDIA_HOSTS: new URL(base).host,
    ...options.env,
  };
  let isUp = false;
  const startNode = (at: number) =>
    startServerProcess({ dataFolder, port: at, env, aheadMs, onLog: (line) => void log.push(line) });
  async function start(): Promise<ServerProcess> {
    const started = await startNode(port);
    isUp = true;
    void started.gone.then(() => {
      isUp = false;
    });
    return started;
  }
  const databasePath = join(dataFolder, DATABASE_FILES.live);
  await options.prepare?.(databasePath, control);
  let server = await start();
  const db = openDatabase({ path: databasePath });
  const views = createSqliteConversationViews(db);
  const webhookUrl = `${address}/channels/zalo/webhook`;

  async function consent(): Promise<number> {
    const targetOf = async (url: string) => (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
    const permission = await targetOf(`${address}/channels/zalo/connect?key=${CONNECT_KEY}`);
    return (await fetch(await targetOf(permission))).status;
  }
  async function jump(ms: number): Promise<void> {
    // An event on its way would come before the turn to one side and after it to the other.
    await control.settle();
    aheadMs += ms;
    await server.setAhead(aheadMs);
    // What the simulator does on the way takes real time, which passes for the product, too.
    await control.advance(Math.max(0, Date.now() + aheadMs - simulator.clock.now()));
  }
  const conversationOf = (userId: string) => `zalo:${oa.id}:${userId}`;

  if (options.isConnected !== false) {
    await consent();
  }
  await control.saveWebhook(webhookUrl);
  return {
    ...{ control, webhookUrl, address, zaloAddress: base, consent, conversationOf, db, log },
    server: () => server,
    isUp: () => isUp,
    now: () => Date.now() + aheadMs,
    async startAnother() {
      const node = freePort().then(startNode);
      // One that is only just starting must not outlive the stage.
      others.push(node);
      return node;
    },
    async restart() {
      await server.gone;
      server = await start();
      await server.setAhead(aheadMs);
    },
    async advance(ms) {
      // In steps, so that neither side lives hours in the other's future.
      for (let left = ms; left > 0; left -= STEP_MS) {
        await jump(Math.min(left, STEP_MS));
      }
    },
    jump,
    messages: (userId) => views.messages(conversationOf(userId), 0, MOST_MESSAGES),
    async close() {
      await server.kill();
      for (const started of await Promise.allSettled(others)) {
        await (started.status === 'fulfilled' ? started.value.kill() : undefined);
      }
      await simulator.close();
      await db.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
