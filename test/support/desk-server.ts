import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance, type InjectOptions, type LightMyRequestResponse } from 'fastify';
import WebSocket from 'ws';
import type { SiteNotices } from '../../src/bot/accounts/site-notice.ts';
import type { CrisisRecords } from '../../src/bot/crisis/crisis-records.ts';
import type { Erasures } from '../../src/bot/erasures.ts';
import type { Contact } from '../../src/bot/figures/contact.ts';
import type { IncidentRecords } from '../../src/bot/incidents/incident-records.ts';
import type { OutageReports } from '../../src/bot/incidents/outage-report.ts';
import { createStormMode } from '../../src/bot/incidents/storm-mode.ts';
import type { CampaignStore } from '../../src/bot/notices/campaign.ts';
import type { NoticeLedger } from '../../src/bot/notices/notice-ledger.ts';
import type { LegalHolds } from '../../src/bot/personal-data.ts';
import type { MediaStore } from '../../src/bot/ports.ts';
import type { DialogEngine } from '../../src/dialogs/dialog-engine.ts';
import { type AgentDeskDeps, createAgentDesk } from '../../src/integrations/agent-desk/agent-desk.ts';
import type { AgentRole, AgentStore } from '../../src/integrations/agent-desk/agent-store.ts';
import type { AuditLog } from '../../src/integrations/agent-desk/audit-log.ts';
import { createCustomerMark } from '../../src/integrations/agent-desk/customer-mark.ts';
import type { LiveNews, LiveWatch } from '../../src/integrations/agent-desk/desk-api/live.ts';
import { hashPassword } from '../../src/integrations/agent-desk/passwords.ts';
import type { UnclearMessages } from '../../src/integrations/agent-desk/unclear-messages.ts';
import { loadStormRules } from '../../src/integrations/incidents/load-storm-rules.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { createLocalEvents } from '../../src/integrations/local-events.ts';
import { dayOf } from '../../src/integrations/local-time.ts';
import { createSentFiles, type SentFiles } from '../../src/integrations/media/sent-files.ts';
import { loadNoticeRules } from '../../src/integrations/notices/load-notice-rules.ts';
import { loadNoticeTemplates } from '../../src/integrations/notices/load-notice-templates.ts';
import { createExportLinks } from '../../src/integrations/privacy/export-links.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { createAddressSeal } from '../../src/integrations/sealed-address.ts';
import { createSqliteAccountRecords } from '../../src/integrations/storage/sqlite/account-records.ts';
import { createSqliteCampaignStore } from '../../src/integrations/storage/sqlite/campaign-store.ts';
import { createSqliteCrisisRecords } from '../../src/integrations/storage/sqlite/crisis-records.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteErasures } from '../../src/integrations/storage/sqlite/erasures.ts';
import { createSqliteIncidentRecords } from '../../src/integrations/storage/sqlite/incident-records.ts';
import { createSqliteLegalHolds } from '../../src/integrations/storage/sqlite/legal-holds.ts';
import { createSqliteMediaStore } from '../../src/integrations/storage/sqlite/media-store.ts';
import { createSqliteNoticeLedger } from '../../src/integrations/storage/sqlite/notice-ledger.ts';
import { createSqliteOutageReports } from '../../src/integrations/storage/sqlite/outage-reports.ts';
import { createRecordsWriter, type RecordsWriter } from '../../src/integrations/storage/sqlite/records-writer.ts';
import { createSqliteSiteNotices } from '../../src/integrations/storage/sqlite/site-notices.ts';
import { createSqliteStormSwitches } from '../../src/integrations/storage/sqlite/storm-switches.ts';
import { createSqliteSubscriptions } from '../../src/integrations/storage/sqlite/subscriptions.ts';
import { createSqliteUnclearMessages } from '../../src/integrations/storage/sqlite/unclear-messages.ts';
import { openIncidents } from '../../src/open-incidents.ts';
import { createFakeAgentStore } from './fake-agent-store.ts';
import { createFakeAudit } from './fake-audit.ts';
import { createFakeCanned } from './fake-canned.ts';
import { createFakeConversations, type FakeConversations } from './fake-conversations.ts';
import { createFakeEngine, fakeUnderstand } from './fake-engine.ts';
import { createFakeRecords } from './fake-records.ts';
import { createFakeSearch } from './fake-search.ts';
import { createFakeShift } from './fake-shift.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

const INTENTS = ['bill_lookup', 'outage_report', 'out_of_scope'];
/** A log-in that costs a test next to nothing. */
export const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

/** The headers that the desk's page sends. */
export const PAGE_HEADERS = { 'x-lang-nghe-desk': 'user' } as const;

export interface DeskServer {
  readonly app: FastifyInstance;
  readonly clock: ManualClock;
  readonly agents: AgentStore;
  readonly audit: AuditLog;
  readonly conversations: FakeConversations;
  readonly search: ReturnType<typeof createFakeSearch>;
  readonly media: MediaStore;
  readonly unclear: UnclearMessages;
  readonly incidents: IncidentRecords;
  readonly crises: CrisisRecords;
  readonly reports: OutageReports;
  /** What the figures count: a test writes it down. */
  readonly contacts: Contact[];
  readonly campaigns: CampaignStore;
  readonly siteNotices: SiteNotices;
  /** Writes accounts as an import does. */
  readonly write: RecordsWriter;
  readonly noticeLedger: NoticeLedger;
  readonly holds: LegalHolds;
  readonly erasures: Erasures;
  readonly sentFiles: SentFiles;
  readonly shift: ReturnType<typeof createFakeShift>;
  /** Lines that the server logged. */
  readonly logged: readonly string[];
  /** Adds an agent whose password is `pw-<login>`. */
  addAgent(login: string, name: string, role?: AgentRole): Promise<void>;
  logIn(login: string, password?: string): Promise<LightMyRequestResponse>;
  /** A caller with the cookie of a fresh log-in. */
  as(login: string): Promise<DeskCaller>;
  /** Brings a file that the agent is about to send. */
  upload(login: string, conversationId: string, name: string, bytes: Uint8Array): Promise<LightMyRequestResponse>;
  /** One round of what the desk does by itself. */
  sweep(): Promise<void>;
  /** Listens on a free port of the loopback; returns `http://127.0.0.1:<port>`. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

export interface DeskCaller {
  readonly cookie: string;
  get(path: string): Promise<LightMyRequestResponse>;
  post(path: string, body?: object): Promise<LightMyRequestResponse>;
}

interface DeskOptions
  extends Partial<
    Pick<
      AgentDeskDeps,
      | 'channels'
      | 'demoAgents'
      | 'heartbeatMs'
      | 'leaseMs'
      | 'rules'
      | 'screens'
      | 'suggestReply'
      | 'tellTicketState'
      | 'pagesFolder'
      | 'throttle'
      | 'understand'
    >
  > {
  /** Whose words customers get; plain ones when not given. */
  readonly engine?: DialogEngine;
  readonly secureCookies?: boolean;
  /** By customer code. */
  readonly conversationsWith?: Readonly<Record<string, readonly string[]>>;
  readonly records?: Parameters<typeof createFakeRecords>[0];
}

/** A real server with the desk on it and fakes behind it. */
export async function startDesk(options: DeskOptions = {}): Promise<DeskServer> {
  const ownPages = options.pagesFolder === undefined ? emptyPages() : undefined;
  const {
    records = {},
    secureCookies = false,
    pagesFolder = ownPages ?? '',
    engine,
    conversationsWith,
    ...rest
  } = options;
  const clock = createManualClock();
  const events = createLocalEvents();
  const agents = createFakeAgentStore();
  const conversations = createFakeConversations(clock, events, engine);
  const search = createFakeSearch({ ...records, views: conversations.views });
  const shift = createFakeShift(conversations.views);
  const logged: string[] = [];
  const contacts: Contact[] = [];
  const audit = createFakeAudit();
  const db = openDatabase({ path: ':memory:' });
  const unclear = createSqliteUnclearMessages(db);
  const folder = mkdtempSync(join(tmpdir(), 'desk-media-'));
  const media = createSqliteMediaStore(db, { folder, clock });
  const incidents = createSqliteIncidentRecords(db);
  const crises = createSqliteCrisisRecords(db);
  const subscriptions = createSqliteSubscriptions(db);
  const [utility, ids] = [loadUtility(), createRandomIds(clock.now)];
  const [reports, storm] = [createSqliteOutageReports(db), createSqliteStormSwitches(db)];
  const [campaigns, noticeLedger] = [createSqliteCampaignStore(db), createSqliteNoticeLedger(db, clock)];
  const siteNotices = createSqliteSiteNotices(db);
  const [holds, erasures] = [createSqliteLegalHolds(db), createSqliteErasures(db)];
  const exportLinks = createExportLinks('a-secret-key-of-the-desk-tests', 'https://chat.test');
  const sentFiles = createSentFiles({ media, secretKey: 'a-secret-key-of-the-desk-tests', publicUrl: '' });
  const app = Fastify({ logger: { level: 'info', stream: { write: (line: string) => void logged.push(line) } } });
  const desk = createAgentDesk({
    ...{ clock, events, agents, secureCookies, pagesFolder },
    ...createFakeRecords(records),
    ...{ search: search.index, shift: shift.shift, ratings: shift.ratings },
    ...{ unclear, understand: fakeUnderstand, intents: INTENTS },
    contacts: { eachOf: async (day, visit) => contacts.filter((one) => dayOf(one.startedAt) === day).forEach(visit) },
    store: conversations.store,
    views: conversations.views,
    deliveries: conversations.deliveries,
    performAgentAct: conversations.performAgentAct,
    receive: conversations.receive,
    ...{ media, incidents, crises, reports, storm, sentFiles, utility, ids, subscriptions },
    engine: engine ?? createFakeEngine(),
    turnStorm: createStormMode({ reports, storm, rules: loadStormRules(), clock }).turn,
    markCustomer: createCustomerMark('a-secret-key-of-the-desk-tests'),
    ...{ addresses: createAddressSeal('a-secret-key-of-the-desk-tests'), adapters: new Map() },
    ...{ campaigns, noticeLedger, holds, erasures, exportLinks, siteNotices, noticeRules: loadNoticeRules() },
    noticeTemplates: loadNoticeTemplates(),
    accounts: createSqliteAccountRecords(db),
    redaction: { conversationsWith: async (code) => conversationsWith?.[code] ?? [] },
    ...openIncidents({ ...utility, incidents, clock, ids }).desk,
    retryMessage: conversations.retryMessage,
    canned: createFakeCanned(),
    audit,
    tellTicketState: async () => [],
    suggestReply: options.suggestReply ?? (async () => undefined),
    passwordCost: CHEAP,
    channels: new Map(),
    smsFit: { maxSegments: 3, keepsMarks: false },
    ...rest,
  });
  await sentFiles.register(app);
  await desk.register(app);
  await app.ready();

  const logIn = (login: string, password = `pw-${login}`) =>
    app.inject({ method: 'POST', url: '/desk/api/login', headers: PAGE_HEADERS, payload: { login, password } });

  return {
    ...{
      app,
      clock,
      audit,
      agents,
      conversations,
      search,
      shift,
      contacts,
      media,
      unclear,
      incidents,
      crises,
      reports,
      campaigns,
      siteNotices,
      write: createRecordsWriter(db),
      noticeLedger,
      holds,
      erasures,
      sentFiles,
      logged,
      logIn,
    },
    async addAgent(login, name, role = 'agent') {
      const passwordHash = await hashPassword(`pw-${login}`, CHEAP);
      await agents.addAgent({ id: `id-${login}`, login, name, role, passwordHash, createdAt: clock.now() });
    },
    async as(login) {
      const cookie = cookieOf(await logIn(login));
      const call = (request: InjectOptions) => app.inject({ ...request, headers: { ...PAGE_HEADERS, cookie } });
      return {
        cookie,
        get: (url) => call({ method: 'GET', url }),
        post: (url, payload = {}) => call({ method: 'POST', url, payload }),
      };
    },
    upload: async (login, conversationId, name, bytes) =>
      app.inject({
        ...{ method: 'POST', url: `/desk/api/files?${new URLSearchParams({ id: conversationId, name })}` },
        headers: {
          ...{ ...PAGE_HEADERS, cookie: cookieOf(await logIn(login)) },
          'content-type': 'application/octet-stream',
        },
        payload: Buffer.from(bytes),
      }),
    sweep: desk.sweep,
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    async close() {
      desk.close();
      await app.close();
      await db.close();
      rmSync(folder, { recursive: true, force: true });
      if (ownPages !== undefined) {
        rmSync(ownPages, { recursive: true, force: true });
      }
    },
  };
}

export function cookieOf(response: LightMyRequestResponse): string {
  const [cookie] = response.cookies;
  if (cookie === undefined) {
    throw new Error(`No cookie was set: ${response.statusCode} ${response.body}`);
  }
  return `${cookie.name}=${cookie.value}`;
}

/** A live socket as the page opens it, with what came over it. */
export interface LiveClient {
  readonly socket: WebSocket;
  watch(conversationId: string | null): void;
  /** The next piece of news of this type that has not been taken yet. */
  next<Type extends LiveNews['type']>(type: Type): Promise<Extract<LiveNews, { type: Type }>>;
  readonly closed: Promise<number>;
}

export function openLive(address: string, headers: Record<string, string>): LiveClient {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/desk/live`, { headers });
  const waiting: LiveNews[] = [];
  const takers: (() => void)[] = [];
  socket.on('message', (raw) => {
    waiting.push(JSON.parse(raw.toString()) as LiveNews);
    for (const look of takers.splice(0)) {
      look();
    }
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('error', () => {});
  return {
    socket,
    closed,
    watch: (conversationId) => socket.send(JSON.stringify({ type: 'watch', conversationId } satisfies LiveWatch)),
    async next<Type extends LiveNews['type']>(type: Type) {
      for (;;) {
        const index = waiting.findIndex((news) => news.type === type);
        if (index >= 0) {
          return waiting.splice(index, 1)[0] as Extract<LiveNews, { type: Type }>;
        }
        await new Promise<void>((resolve) => takers.push(resolve));
      }
    },
  };
}

function emptyPages(): string {
  const folder = mkdtempSync(join(tmpdir(), 'desk-pages-'));
  writeFileSync(join(folder, 'desk.js'), '');
  writeFileSync(join(folder, 'desk.css'), '');
  return folder;
}
