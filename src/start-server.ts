import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';
import { assembleBot } from './assemble-bot.ts';
import type { ChannelAdapter } from './bot/channel-adapter.ts';
import { createHearing } from './bot/hear-once.ts';
import type { NoticeRules } from './bot/notices/notice-rules.ts';
import type { Clock, SmsGateway } from './bot/ports.ts';
import { noTrace, type Trace } from './bot/trace.ts';
import type { Config } from './config.ts';
import { connectNodes } from './connect-nodes.ts';
import { createAgentDesk } from './integrations/agent-desk/agent-desk.ts';
import { type DeskRules, loadDeskRules } from './integrations/agent-desk/load-desk-rules.ts';
import { createLoginThrottle, LOGIN_LIMITS } from './integrations/agent-desk/login-throttle.ts';
import { createBannerReader } from './integrations/banner/read-banner.ts';
import { tellOfChanges } from './integrations/banner/tell-of-changes.ts';
import type { Channel, ChannelParts } from './integrations/channels/channel.ts';
import { createWebChannel } from './integrations/channels/web/adapter.ts';
import { readForTurns } from './integrations/crisis/kept-crises.ts';
import { type Demo, openDemo } from './integrations/demo/open-demo.ts';
import { createHttpServer } from './integrations/http-server.ts';
import { loadStormRules } from './integrations/incidents/load-storm-rules.ts';
import { countCosts } from './integrations/limits/count-costs.ts';
import { loadLimits } from './integrations/limits/load-limits.ts';
import { dayOf } from './integrations/local-time.ts';
import { createLog } from './integrations/log.ts';
import type { BringMedia } from './integrations/media/media.ts';
import { createMetrics } from './integrations/metrics.ts';
import { createReadRoutes } from './integrations/notices/read-routes.ts';
import { createRandomIds } from './integrations/random-ids.ts';
import { createAddressSeal } from './integrations/sealed-address.ts';
import { createHttpSms } from './integrations/sms/http-sms.ts';
import { createEventSpool } from './integrations/storage/event-spool.ts';
import type { SqliteOptions } from './integrations/storage/sqlite/database.ts';
import type { Storage } from './integrations/storage/storage.ts';
import { systemClock } from './integrations/system-clock.ts';
import { listen } from './listen.ts';
import { loadContent } from './load-content.ts';
import { prepareDataFolder } from './open-data-folder.ts';
import { openDemoZalo } from './open-demo-zalo.ts';
import { openIncidents } from './open-incidents.ts';
import { openOwnFiles } from './open-own-files.ts';
import { openPrivacy } from './open-privacy.ts';
import { openStorage } from './open-storage.ts';
import { startChores } from './start-chores.ts';
import { StartError } from './start-error.ts';
import { warnOfOldAnswers } from './warn-of-old-answers.ts';

export interface RunningServer {
  /** Where it listens, for example `http://127.0.0.1:8080`. */
  readonly address: string;
  readonly demo?: Demo;
  /** One round of what is done by the clock, now. */
  doChores(): Promise<void>;
  /** Resolves when no message, delivery or effect is under way. */
  idle(): Promise<void>;
  /** Takes nothing new, finishes what is under way, closes the files. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** How the work at the desk is arranged, when it is not as `data/desk/rules.yaml` says. */
  readonly deskRules?: DeskRules;
  /** When and how fast notices go out, when it is not as `data/notices/rules.yaml` says. */
  readonly noticeRules?: NoticeRules;
  /** How often each screen of the desk is asked whether it is there, ms; ten seconds when not given. */
  readonly heartbeatMs?: number;
  /** Called at each write boundary of the database. */
  readonly onBoundary?: SqliteOptions['onBoundary'];
  /** Called when the intent model has to be trained first, which takes seconds. */
  readonly onTraining?: () => void;
  /** What is done by the clock is done by `doChores` alone. */
  readonly choresWhenAsked?: boolean;
  /** The machine's, unless somebody turns the hands. */
  readonly clock?: Clock;
}

const ACCOUNT = 'main';
const PAGES_FOLDER = join(import.meta.dirname, '..', 'dist', 'pages');

/** All wiring: data folder → content → bot → channels and desk → HTTP server, each getting what it needs. */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const { clock = systemClock } = options;
  const log = createLog(config.logLevel);
  prepareDataFolder(config.dataFolder);
  const content = loadContent({ cacheFolder: config.modelFolder, ...options });
  warnOfOldAnswers(content.answers, dayOf(clock.now()), log);
  const ids = createRandomIds(clock.now);
  const nodeId = ids.next();
  const opened = await openStorage(config, { ...options, ...content.utility, clock, log });
  const nodes = await connectNodes(config, { storage: opened, nodeId, clock, log });
  const storage = tellOfChanges(opened, nodes.bannerNews);
  const demo = config.mode === 'demo' ? await openDemo({ ...config, ...content, storage, clock }) : undefined;
  const zalo = config.mode === 'demo' ? await openDemoZalo({ ...config, name: content.utility.ours.name }) : undefined;
  const secretKey = config.secretKey ?? demo?.secretKey ?? '';
  const adapters = new Map<string, ChannelAdapter>();
  const bringers = new Map<string, BringMedia>();
  const metrics = createMetrics();
  const spool = metrics.spool(createEventSpool(config.dataFolder));
  const spans = await openSpans(config, nodeId);
  const publicUrl = config.publicUrl?.replace(/\/$/, '') ?? '';
  const pagesUrl = publicUrl || `http://localhost:${config.port}`;
  const shared = { events: nodes.events, createLimiter: nodes.createLimiter, clock, ids };
  const [sms, addresses] = [demo?.phone ?? openSms(config), createAddressSeal(secretKey)];
  const { deskRules = loadDeskRules() } = options;
  const [stormRules, limits] = [loadStormRules(), loadLimits()];
  const { isUrgent, understand } = createHearing(content.understand, clock.now);
  const bot = assembleBot({
    ...shared,
    storage: { ...storage, ...metrics.over(storage), noticeLedger: metrics.notices(storage.noticeLedger) },
    content: { ...content, understand },
    ...{ adapters, bringers, spool, secretKey, sms, publicUrl: pagesUrl, filesUrl: publicUrl },
    ...{ deskRules, stormRules, trace: spans.trace, log, ...readForTurns(storage, nodes.bannerNews) },
    limits: countCosts(limits, nodes.createLimiter),
  });
  metrics.inbox(bot.load);
  metrics.storm({ ...storage, clock });
  const web = createWebChannel({
    ...{ ...shared, ...storage, ...bot },
    ...{ tokenKey: secretKey, secret: config.directLineSecret, allowedOrigins: config.allowedOrigins },
    ...{ account: ACCOUNT, pagesFolder: PAGES_FOLDER },
    banner: { reader: createBannerReader({ ...storage, ...content.utility, clock }), news: nodes.bannerNews },
    demo: demo?.panel,
    speakers: { bot: content.utility.botName, system: content.utility.ours.name },
    ...{ isExempt: isUrgent, messageLimit: limits.message, logger: log },
  });
  const files = openOwnFiles({ ...shared, ...{ storage, content, secretKey, publicUrl }, limits });
  const others = await openChannels([...config.channels, ...(zalo?.channels ?? [])], {
    ...{ ...shared, ...storage, ...content, receive: bot.receive, isUrgent, log, sms, addresses, secretKey, ...files },
    ...{ stores: storage, publicUrl },
  });
  connectChannels([web, ...others], adapters, bringers);
  const incidents = openIncidents({ ...shared, ...storage, ...config, ...content.utility });
  const privacy = openPrivacy({
    ...{ ...shared, storage, receive: bot.receive, addresses, adapters, secretKey, pagesUrl, nodeId, limits },
  });
  const readPages = createReadRoutes({ ...storage, ...content, secretKey, clock });
  const desk = createAgentDesk({
    ...{ ...shared, ...content, ...storage, ...bot, ...incidents.desk, store: storage.conversations },
    ...{ channels: adapters, rules: deskRules, ...files, ...privacy.forDesk, ...nodes },
    throttle: createLoginThrottle(LOGIN_LIMITS, nodes.createLimiter),
    secureCookies: config.publicUrl?.startsWith('https:') ?? false,
    ...{ pagesFolder: PAGES_FOLDER, smsFit: config.smsFit },
    ...(options.heartbeatMs !== undefined && { heartbeatMs: options.heartbeatMs }),
    ...(demo !== undefined && { demoAgents: demo.agents }),
  });
  const app = await createHttpServer({
    log,
    isDemo: config.mode === 'demo',
    parts: [metrics, files, web, ...others, desk, incidents, privacy.pages, readPages, ...(zalo ? [zalo] : [])],
    checkReady: storage.checkReady,
    ...(spans.watch !== undefined && { watch: spans.watch }),
  });
  // Every channel is there now, so what the last process left can be sent.
  await bot.recover();
  const chores = startChores({ ...{ bot, desk, log }, ...privacy, ...nodes, ...storage, ...options });

  const address = await listen(app, config);
  zalo?.connect(address);

  return {
    address,
    ...(demo !== undefined && { demo }),
    ...{ doChores: chores.once, idle: bot.idle },
    async stop() {
      web.close();
      desk.close();
      await app.close();
      await chores.stop();
      await bot.idle();
      await closeEach([...others, files, zalo, nodes, spool, storage, spans]);
    },
  };
}

async function openChannels(configured: Config['channels'], parts: ChannelParts<Storage>): Promise<readonly Channel[]> {
  const opened: Channel[] = [];
  for (const channel of configured) {
    opened.push(await channel.open(parts));
  }
  return opened;
}

/** From now on the bot finds the channels by their names. */
function connectChannels(
  channels: readonly Pick<Channel, 'adapter' | 'bring'>[],
  adapters: Map<string, ChannelAdapter>,
  bringers: Map<string, BringMedia>,
): void {
  for (const { adapter, bring } of channels) {
    adapters.set(adapter.channel, adapter);
    if (bring !== undefined) {
      bringers.set(adapter.channel, bring);
    }
  }
}

interface Spans {
  readonly trace: Trace;
  readonly watch?: (app: FastifyInstance) => void;
  close(): Promise<void>;
}

/** Loaded where spans are wanted and nowhere else: a service that tells none has nothing that watches its messages. */
async function openSpans({ spans }: Config, nodeId: string): Promise<Spans> {
  if (spans === undefined) {
    return { trace: noTrace, close: async () => {} };
  }
  const [{ exportSpans }, { createTrace }, { traceRequests }] = await Promise.all([
    import('./integrations/tracing/export-spans.ts'),
    import('./integrations/tracing/trace.ts'),
    import('./integrations/tracing/trace-requests.ts'),
  ]);
  return { ...exportSpans({ ...spans, nodeId }), trace: createTrace(), watch: traceRequests };
}

/** One after the other; those that were never opened are left out. */
async function closeEach(parts: readonly ({ close(): Promise<void> | void } | undefined)[]): Promise<void> {
  for (const part of parts) {
    await part?.close();
  }
}

function openSms({ sms }: Config): SmsGateway {
  if (sms === undefined) {
    throw new StartError('A real service needs SMS_URL. See "Settings" in docs/operations.md.');
  }
  return createHttpSms(sms);
}
