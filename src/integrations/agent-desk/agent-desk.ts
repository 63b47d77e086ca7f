import fastifyCookie from '@fastify/cookie';
import fastifyWebsocket from '@fastify/websocket';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { PerformAgentAct } from '../../bot/agent-act-result.ts';
import type { ContactRecords } from '../../bot/figures/contact-records.ts';
import type { OutageReports } from '../../bot/incidents/outage-report.ts';
import type { InboundEvent } from '../../bot/message.ts';
import type {
  Clock,
  ConversationStore,
  ConversationViews,
  CustomerRecords,
  DeliveryLedger,
  DeskEvents,
  MediaStore,
  OutageRecords,
  RatingRecords,
  TicketStore,
} from '../../bot/ports.ts';
import type { SuggestReply } from '../../bot/suggest-reply.ts';
import type { Understand } from '../../nlu/understanding.ts';
import type { SentFiles } from '../media/sent-files.ts';
import type { NoticeTemplates } from '../notices/load-notice-templates.ts';
import type { TellTicketState } from '../notices/tell-ticket-state.ts';
import { registerAccountRoutes } from './account-routes.ts';
import { registerActRoutes } from './act-routes.ts';
import type { AgentStore } from './agent-store.ts';
import { createAssignSweep } from './assign-sweep.ts';
import type { AuditLog } from './audit-log.ts';
import { type CampaignRouteDeps, registerCampaignRoutes } from './campaign-routes.ts';
import type { CannedChanges } from './canned-answers.ts';
import { registerConversationRoutes } from './conversation-routes.ts';
import { type CrisisRouteDeps, registerCrisisRoutes } from './crisis-routes.ts';
import type { DemoAgentHint } from './desk-api/session.ts';
import type { DeskChannels } from './desk-channels.ts';
import { registerFigureRoutes } from './figure-routes.ts';
import { createFigures } from './figures.ts';
import { guardRoutes, type IsAllowedOrigin, isSameOrigin } from './guard.ts';
import { type IncidentRouteDeps, registerIncidentRoutes } from './incident-routes.ts';
import { createLapseSweep } from './lapse-sweep.ts';
import { registerLearningRoutes } from './learning-routes.ts';
import { createLeaseKeeper, LEASE_MS } from './lease-keeper.ts';
import { createLiveDesk } from './live-desk.ts';
import { type DeskRules, loadDeskRules } from './load-desk-rules.ts';
import { registerLoginRoutes, sessionCookie } from './login-routes.ts';
import { createLoginThrottle, type LoginThrottle } from './login-throttle.ts';
import { registerMediaRoutes } from './media-routes.ts';
import { registerPageRoutes } from './page-routes.ts';
import type { ScryptCost } from './passwords.ts';
import { registerPresenceRoutes } from './presence-routes.ts';
import { type PrivacyRouteDeps, registerPrivacyRoutes } from './privacy-routes.ts';
import { createQueueBoard } from './queue-board.ts';
import { registerRevealRoutes } from './reveal-routes.ts';
import { NO_OTHER_SCREENS, type ScreensLine } from './screens-line.ts';
import type { SearchIndex } from './search-index.ts';
import { registerSearchRoutes } from './search-routes.ts';
import { registerSendingFileRoutes } from './sending-file-routes.ts';
import { createSessions, type SessionLimits } from './sessions.ts';
import type { ShiftRecords } from './shift-records.ts';
import { registerShiftRoutes } from './shift-routes.ts';
import { registerSiteNoticeRoutes, type SiteNoticeRouteDeps } from './site-notice-routes.ts';
import { registerStaffRoutes } from './staff-routes.ts';
import { registerTicketRoutes } from './ticket-routes.ts';
import type { UnclearMessages } from './unclear-messages.ts';
import { registerWritingRoutes } from './writing-routes.ts';

export interface AgentDeskDeps
  extends Pick<IncidentRouteDeps, 'incidents' | 'changeIncident' | 'isOurProvince' | 'storm' | 'turnStorm'>,
    Pick<CrisisRouteDeps, 'crises' | 'engine' | 'utility' | 'subscriptions' | 'smsFit'>,
    Pick<CampaignRouteDeps & CrisisRouteDeps & SiteNoticeRouteDeps, 'campaigns' | 'noticeLedger'>,
    Pick<SiteNoticeRouteDeps, 'siteNotices' | 'noticeRules'>,
    Pick<
      PrivacyRouteDeps & SiteNoticeRouteDeps,
      | 'holds'
      | 'erasures'
      | 'redaction'
      | 'addresses'
      | 'adapters'
      | 'accounts'
      | 'exportLinks'
      | 'ids'
      | 'markCustomer'
    > {
  readonly views: ConversationViews;
  readonly store: ConversationStore;
  readonly performAgentAct: PerformAgentAct;
  /** The bot's inbox: what the desk itself finds out becomes a turn. */
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  readonly customers: CustomerRecords;
  readonly outages: OutageRecords;
  readonly tickets: TicketStore;
  readonly tellTicketState: TellTicketState;
  readonly deliveries: Pick<DeliveryLedger, 'open'>;
  readonly media: Pick<MediaStore, 'records' | 'open' | 'remove'>;
  readonly sentFiles: Pick<SentFiles, 'keep' | 'find'>;
  readonly agents: AgentStore;
  readonly canned: CannedChanges;
  readonly audit: AuditLog;
  readonly suggestReply: SuggestReply;
  readonly retryMessage: (conversationId: string, seq: number) => Promise<boolean>;
  /** In what words notices go out where they must be agreed upon beforehand. */
  readonly noticeTemplates: Pick<NoticeTemplates, 'fill'>;
  /** May be filled after the desk is created. */
  readonly channels: DeskChannels;
  readonly ratings: RatingRecords;
  readonly shift: ShiftRecords;
  readonly contacts: ContactRecords;
  readonly reports: IncidentRouteDeps['reports'] & Pick<OutageReports, 'reportersIn'>;
  readonly unclear: UnclearMessages;
  readonly understand: Understand;
  /** Names of all intents. */
  readonly intents: readonly string[];
  readonly search: SearchIndex;
  readonly events: DeskEvents;
  /** The screens of other nodes; without it, there are none. */
  readonly screens?: ScreensLine;
  readonly clock: Clock;
  /** True wherever the desk is reached by https. */
  readonly secureCookies: boolean;
  /** Folder with `desk.js` and `desk.css`. */
  readonly pagesFolder: string;
  /** Without it: the origin that the desk itself is reached by. */
  readonly isAllowedOrigin?: IsAllowedOrigin;
  /** Shown on the log-in page: from `createDemoAgents`, in demo mode only. */
  readonly demoAgents?: readonly DemoAgentHint[];
  readonly throttle?: LoginThrottle;
  /** Cost of the agents' password hashes, when it is not the usual one: refusals take as long as for a known login. */
  readonly passwordCost?: ScryptCost;
  readonly sessionLimits?: SessionLimits;
  readonly heartbeatMs?: number;
  /** How long an agent is taken to be there after the last sign of life, ms. */
  readonly leaseMs?: number;
  /** Those of `data/desk` when not given. */
  readonly rules?: DeskRules;
}

/** The agent desk: page, API and live updates under `/desk`. */
export interface AgentDesk {
  register(app: FastifyInstance): Promise<void>;
  /** Looks after what no request does: conversations whose agent is gone. Call it about once a second. */
  sweep(): Promise<void>;
  /** Ends the live sockets and timers; call it before the server closes. */
  close(): void;
}

export function createAgentDesk(deps: AgentDeskDeps): AgentDesk {
  const { agents, events, store, clock } = deps;
  const rules = deps.rules ?? loadDeskRules();
  const leaseMs = deps.leaseMs ?? LEASE_MS;
  const leases = createLeaseKeeper({ leases: agents, clock, leaseMs });
  const board = createQueueBoard({ ...deps, longWaitMs: rules.longWaitMs });
  const lapseSweep = createLapseSweep({ ...deps, leases, leaseMs });
  const assignSweep = createAssignSweep({ ...deps, board, rules });
  let stop = () => {};

  async function sweep(): Promise<void> {
    await lapseSweep();
    await assignSweep();
  }

  async function register(app: FastifyInstance): Promise<void> {
    const { secureCookies, isAllowedOrigin = isSameOrigin } = deps;
    const onError = (error: unknown) => app.log.error({ err: error }, 'agent desk failed in the background');
    // Browsers keep a `__Host-` cookie from being set by a neighbouring subdomain, but only over https.
    const cookieName = secureCookies ? '__Host-lang-nghe-desk' : 'lang-nghe-desk';
    const throttle = deps.throttle ?? createLoginThrottle();
    const sessions = createSessions({
      store: agents,
      clock,
      ...(deps.sessionLimits !== undefined && { limits: deps.sessionLimits }),
    });
    board.start(onError);
    const live = createLiveDesk({
      ...{ store, events, board, sessions, leases, onError, line: deps.screens ?? NO_OTHER_SCREENS },
      ...(deps.heartbeatMs !== undefined && { heartbeatMs: deps.heartbeatMs }),
    });
    stop = () => {
      live.close();
      board.close();
    };

    // Another part of the server may have brought these already; they can be there only once.
    if (!app.hasRequestDecorator('cookies')) {
      await app.register(fastifyCookie);
    }
    if (!app.hasDecorator('websocketServer')) {
      await app.register(fastifyWebsocket, { options: { maxPayload: 64 * 1024 } });
    }
    const routes: FastifyPluginAsync = async (desk) => {
      guardRoutes(desk, { sessions, cookieName, isAllowedOrigin, leases });
      await registerPageRoutes(desk, deps.pagesFolder);
      await registerLoginRoutes(desk, {
        ...{ agents, sessions, cookieName, secureCookies },
        throttle,
        note: (entry) => deps.audit.append({ at: clock.now(), ...entry }),
        demoAgents: deps.demoAgents ?? [],
        passwordCost: deps.passwordCost,
        dropSockets: live.drop,
      });
      registerConversationRoutes(desk, { ...deps, board, leases, rules });
      registerPresenceRoutes(desk, deps);
      registerWritingRoutes(desk, deps);
      registerRevealRoutes(desk, deps);
      registerAccountRoutes(desk, {
        ...{ agents, sessions, throttle, clock, audit: deps.audit, passwordCost: deps.passwordCost },
        setCookie: (reply, token) => reply.setCookie(cookieName, token, sessionCookie(secureCookies)),
      });
      registerActRoutes(desk, { ...deps, leases, rules });
      registerTicketRoutes(desk, deps);
      registerSearchRoutes(desk, deps);
      registerMediaRoutes(desk, deps);
      registerSendingFileRoutes(desk, deps);
      registerLearningRoutes(desk, deps);
      registerIncidentRoutes(desk, { ...deps, board });
      registerCrisisRoutes(desk, deps);
      registerCampaignRoutes(desk, deps);
      registerSiteNoticeRoutes(desk, deps);
      registerPrivacyRoutes(desk, deps);
      registerShiftRoutes(desk, { ...deps, board, leases });
      registerStaffRoutes(desk, { ...deps, leases, dropSockets: live.dropAgent });
      registerFigureRoutes(desk, { ...deps, figures: createFigures(deps) });
      desk.get('/desk/live', { websocket: true }, (socket, { deskSession }) => {
        if (deskSession !== null) {
          live.accept(socket, deskSession);
        }
      });
    };
    await app.register(routes);
  }

  return { register, sweep, close: () => stop() };
}
