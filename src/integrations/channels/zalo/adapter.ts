import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ChannelAdapter } from '../../../bot/channel-adapter.ts';
import type { InboundEvent } from '../../../bot/message.ts';
import type { Clock, ConversationStore, DeliveryLedger, OptOuts } from '../../../bot/ports.ts';
import { createPainter, paintChart } from '../../charts/paint-chart.ts';
import type { FetchMedia } from '../../media/fetch-media.ts';
import type { BringMedia } from '../../media/media.ts';
import type { NoticeTemplates } from '../../notices/load-notice-templates.ts';
import type { CreateRateLimiter } from '../../rate-limiters.ts';
import type { AddressSeal } from '../../sealed-address.ts';
import { createTroubleLog } from '../trouble-log.ts';
import { createZaloApi } from './api.ts';
import { createCatchUp } from './catch-up.ts';
import { beginConsent, type ConsentDeps, registerConsent } from './consent-routes.ts';
import { createFiles } from './files.ts';
import { createHold } from './hold.ts';
import { createHttp } from './http.ts';
import { createIntake, isOurs } from './intake.ts';
import { createLater } from './later.ts';
import { createMarkSeen } from './mark-seen.ts';
import { createOAuth } from './oauth.ts';
import { createPacer } from './pacer.ts';
import { CHANNEL } from './parse.ts';
import { createPhoneCustomers } from './phone-customer.ts';
import { createPictures } from './pictures.ts';
import { windowAfter } from './reply-window.ts';
import { createSender } from './send.ts';
import { checkCredentials, ZALO_DEFAULTS, type ZaloCredentials, type ZaloSettings } from './settings.ts';
import type { ZaloStore } from './store.ts';
import { createTemplates } from './templates.ts';
import { createTokenKeeper } from './token-keeper.ts';
import { createWaitingLine } from './waiting-line.ts';
import { createWaitingRoom } from './waiting-room.ts';
import { registerWebhook } from './webhook-routes.ts';

export interface ZaloChannelDeps {
  readonly store: ZaloStore;
  /** Makes an event durable; throws when nothing can, and Zalo then brings it again. */
  readonly receive: (event: InboundEvent) => Promise<'stored' | 'repeat' | 'spooled'>;
  readonly conversations: Pick<ConversationStore, 'isHandled'>;
  readonly deliveries: Pick<DeliveryLedger, 'receipt'>;
  /** Who has withdrawn, and is written to no more. */
  readonly optOuts: OptOuts;
  /** Phones never stand in conversation ids. */
  readonly addresses: AddressSeal;
  /** What can be said in templates. */
  readonly noticeTemplates: NoticeTemplates;
  /** Counts for all nodes that serve this OA; absent: this is the only one. */
  readonly createLimiter?: CreateRateLimiter | undefined;
  readonly clock: Clock;
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
  readonly credentials: ZaloCredentials;
  readonly settings?: Partial<ZaloSettings> | undefined;
  /** Our own address as Zalo's console knows it. */
  readonly publicUrl: string;
  /** Opens the consent in a browser: `/channels/zalo/connect?key=…`. */
  readonly connectKey?: string | undefined;
  /** The code of `/zalo_verifier<code>.html`, by which Zalo checks the domain. */
  readonly verifierCode?: string | undefined;
  /** The kill switch. */
  readonly isOn?: (() => boolean) | undefined;
  /** True when a text speaks of present danger: such a message waits for no other. */
  readonly isUrgent?: ((text: string) => boolean) | undefined;
  /** Brings what customers send, and pictures of our own content. */
  readonly fetchMedia: FetchMedia;
  readonly paintChart?: typeof paintChart | undefined;
}

/** What an operator must know. */
export type ZaloAlarm = 'chart' | 'needs_consent' | 'operator' | 'quota';

export interface ZaloChannel {
  readonly adapter: ChannelAdapter;
  readonly bring: BringMedia;
  register(app: FastifyInstance): Promise<void>;
  /** Stops timers and connections; what waits, waits as rows. */
  close(): void;
  /** Where the OA's admin consents, for the command line. */
  connectUrl(): Promise<string>;
  /** Takes in what no webhook has brought. */
  catchUp(): Promise<void>;
  /** How often each kind of event and each alarm has been seen. */
  counts(): ReadonlyMap<string, number>;
}

const SWEEP_EVERY_MS = 2_000;
const TOKEN_CHECK_EVERY_MS = 10 * 60_000;

/** A Zalo Official Account: its webhook, its messages, its tokens. */
export function createZaloChannel(deps: ZaloChannelDeps): ZaloChannel {
  checkCredentials(deps.credentials);
  const { store, clock, credentials, logger, receive } = deps;
  const settings: ZaloSettings = { ...ZALO_DEFAULTS, ...deps.settings };
  const { oaId } = credentials;
  const { counts, count, mayLog, alarm } = createTroubleLog<ZaloAlarm>({ channel: 'zalo', clock, logger });

  const http = createHttp(settings);
  const oauth = createOAuth(http, credentials, settings);
  const keeper = createTokenKeeper({
    ...{ store: store.tokens, oauth, oaId, clock, sleep, renewBeforeMs: settings.renewBeforeMs },
    leaseMs: settings.httpTimeoutMs * 2,
    onNeedsConsent: () => alarm('needs_consent', 'no token: the admin of the OA must consent again'),
  });
  const pacer = createPacer({ ...deps, ...settings, ...credentials });
  const api = createZaloApi({ http, keeper, pacer, credentials, settings });
  const pictures = createPictures({
    ...{ api, store: store.uploads, clock, fetchMedia: deps.fetchMedia },
    paintChart: createPainter(deps.paintChart ?? paintChart, (words) => alarm('chart', words)),
  });
  const files = createFiles({ api, store: store.uploads, clock, fetchMedia: deps.fetchMedia });
  const phones = createPhoneCustomers(deps.addresses, oaId);
  const templates = createTemplates(deps.noticeTemplates, settings.templateIds);
  const sender = createSender({
    ...{ api, store, pictures, files, phones, templates, clock, settings, oaId, msToNextMinute: pacer.msToNextMinute },
    ...{ line: createWaitingLine({ pacer, clock }), optOuts: deps.optOuts },
    onTrouble: (kind, code) => alarm(kind, `the API answers ${code}: see docs/channels/zalo.md`),
  });
  const origin = { store, clock, isUnstored: sender.isUnstored };
  const onError = (error: unknown) => logger.error({ error }, 'zalo: work in the background failed');
  const hold = createHold(clock, settings.catchUpHoldMs);
  const room = createWaitingRoom({
    ...{ store: store.waiting, receive, isHeld: hold.isHeld, clock, onError },
    isOurs: (e, m) => isOurs(e, m, origin),
  });
  const later = createLater(onError);
  const intake = createIntake({
    ...{ ...origin, room, hold, receive, settings, phones, deliveries: deps.deliveries, optOuts: deps.optOuts },
    isUrgent: deps.isUrgent ?? (() => false),
    later: later.run,
    markSeen: createMarkSeen(api, settings),
    count,
  });
  const catchUp = createCatchUp({
    ...{ api, intake, hold, clock, credentials, settings, sleep, count },
    handOver: () => room.sweep().catch(onError),
    conversations: deps.conversations,
  });
  const consent: ConsentDeps = {
    ...{ oauth, consents: store.consents, keeper, oaId, clock, connectKey: deps.connectKey },
    publicUrl: deps.publicUrl.replace(/\/$/, ''),
    onConnected: () => logger.info('zalo: the OA is connected'),
  };
  const timers: NodeJS.Timeout[] = [];
  const every = (ms: number, work: () => Promise<unknown>) => {
    const run = () => void work().catch(onError);
    timers.push(setInterval(run, ms).unref());
    run();
  };

  return {
    adapter: {
      ...{ channel: CHANNEL, canRepeat: false, isMetered: true },
      ...{ takesFiles: true, handsOverFiles: true },
      ...{ send: sender.send, sendUnstored: sender.sendUnstored },
      ...{ conversationWith: phones.conversationWith, takesTemplate: templates.isRegistered },
      async window(conversationId) {
        const lastActAt = await store.interactions.last(conversationId);
        return lastActAt === undefined ? undefined : windowAfter(lastActAt);
      },
      trouble: async () => ((await keeper.needsConsent()) ? 'needs_consent' : undefined),
    },
    // Media hosts want no token; they must never get it.
    bring: async ({ url }) => (url === undefined ? { kind: 'refused', reason: 'not_there' } : deps.fetchMedia(url)),
    async register(app) {
      await app.register(async (scope) => {
        registerWebhook(scope, { credentials, intake, count, mayLog, logger, isOn: deps.isOn ?? (() => true) });
      });
      registerConsent(app, consent);
      registerVerifier(app, deps.verifierCode);
      if (settings.catchUpEveryMs > 0) {
        hold.everybody();
      }
      every(SWEEP_EVERY_MS, room.sweep);
      every(TOKEN_CHECK_EVERY_MS, keeper.current);
      if (settings.catchUpEveryMs > 0) {
        // What the last process left is taken up before.
        app.addHook('onListen', async () => every(settings.catchUpEveryMs, catchUp));
      }
    },
    close() {
      timers.forEach(clearTimeout);
      later.close();
      room.close();
      http.close().catch(onError);
    },
    connectUrl: () => beginConsent(consent),
    catchUp,
    counts,
  };
}

/** The file by which Zalo checks that the domain is ours. */
function registerVerifier(app: FastifyInstance, code: string | undefined): void {
  if (code !== undefined) {
    const page = `<!doctype html><html><head><meta name="zalo-platform-site-verification" content="${encodeURIComponent(code)}"></head></html>`;
    app.get(`/zalo_verifier${encodeURIComponent(code)}.html`, async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(page),
    );
  }
}
