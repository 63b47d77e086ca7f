import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ChannelAdapter } from '../../../bot/channel-adapter.ts';
import { parseConversationId } from '../../../bot/conversation.ts';
import type { InboundEvent } from '../../../bot/message.ts';
import type { Clock, ConversationViews, DeskEvents, Ids, MediaStore } from '../../../bot/ports.ts';
import type { Chart } from '../../../dialogs/chart.ts';
import { type BannerNews, createLocalBannerNews } from '../../banner/banner-news.ts';
import type { BannerReader } from '../../banner/read-banner.ts';
import { drawChart } from '../../charts/draw-chart.ts';
import type { BringMedia } from '../../media/media.ts';
import { type CreateRateLimiter, createLocalRateLimiter, type Limit } from '../../rate-limiters.ts';
import { createAccess } from './access.ts';
import { createActivityFeed } from './activity-feed.ts';
import { applyApiRules } from './api-scope.ts';
import { createBannerPushes } from './banner-pushes.ts';
import type { DemoPanel } from './demo-panel.ts';
import { registerDemo } from './demo-routes.ts';
import { registerDirectLine } from './direct-line-routes.ts';
import { createOrderKeys } from './order-keys.ts';
import { registerPages } from './page-routes.ts';
import { CHANNEL } from './parse.ts';
import { createVisitorLimit } from './rate-limit.ts';
import { type Speakers, toUnstoredActivity } from './render.ts';
import { registerSession } from './session-route.ts';
import { createSocketHub } from './socket-hub.ts';
import { createTokens } from './tokens.ts';
import { createUploads } from './uploads.ts';

export interface WebChannelDeps {
  readonly views: ConversationViews;
  readonly events: DeskEvents;
  /** Makes an event durable; throws when nothing can, and the client then tries again. */
  readonly receive: (event: InboundEvent) => Promise<'stored' | 'repeat' | 'spooled'>;
  /** Where files of visitors wait until their message has them. */
  readonly media: Pick<MediaStore, 'keep' | 'open' | 'forget'>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Signs tokens and cookies: at least 32 characters, the same on every node and after a restart. */
  readonly tokenKey: string;
  /** Direct Line secret for other servers; absent: there is none. */
  readonly secret?: string | undefined;
  readonly account: string;
  /** Other sites whose pages may hold the widget, for example `https://www.dienluc.example`. */
  readonly allowedOrigins: readonly string[];
  /** Where the bundles of the pages are; absent: only the API is served. */
  readonly pagesFolder?: string | undefined;
  readonly demo?: DemoPanel | undefined;
  /** True when a text speaks of present danger: such a message is never refused. */
  readonly isExempt?: (text: string) => boolean;
  /** Messages that one visitor may send within so many seconds; absent: as many as he likes. */
  readonly messageLimit?: Limit | undefined;
  /** Counts of this process when absent. */
  readonly createLimiter?: CreateRateLimiter | undefined;
  readonly keepAliveMs?: number | undefined;
  /** What everybody must know now; absent: nothing. */
  readonly banner?: { readonly reader: BannerReader; readonly news: BannerNews; readonly lookMs?: number } | undefined;
  /** The names that customers see, in the chat and on the page. */
  readonly speakers: Speakers;
  readonly logger: Pick<FastifyBaseLogger, 'warn'>;
}

export interface WebChannel {
  readonly adapter: ChannelAdapter;
  readonly bring: BringMedia;
  /** Adds the routes. `@fastify/cookie` and `@fastify/websocket` must be registered before. */
  register(app: FastifyInstance): Promise<void>;
  /** Ends the sockets; clients come back with their watermark. */
  close(): void;
}

/** A service that has nothing to show. */
const NO_BANNER: BannerReader = {
  facts: async () => ({ crises: [], incidents: [] }),
  viewer: async () => ({ where: {}, incidents: [] }),
  show: () => [],
};

const DEFAULTS = {
  keepAliveMs: 20_000,
  lookMs: 1_000,
};

/** The web chat: a Direct Line 3.0 server over the views of the conversation, the widget, and the customer page. */
export function createWebChannel(deps: WebChannelDeps): WebChannel {
  const { views, events, account, clock, ids, logger, speakers } = deps;
  const tokens = createTokens({ key: deps.tokenKey, account, clock, ids });
  const access = createAccess({ tokens, secret: deps.secret, allowedOrigins: deps.allowedOrigins });
  const read = createActivityFeed({ views, account, speakers, drawChart: draw });
  const keepAliveMs = deps.keepAliveMs ?? DEFAULTS.keepAliveMs;
  const banner = createBannerPushes({
    ...{ account, logger, reader: NO_BANNER, news: createLocalBannerNews(), lookMs: DEFAULTS.lookMs },
    ...deps.banner,
  });
  const hub = createSocketHub({ read, events, account, keepAliveMs, banner, logger });
  const limit = createVisitorLimit(deps.messageLimit, deps.createLimiter ?? createLocalRateLimiter);
  const uploads = createUploads({ media: deps.media, account });
  const isExempt = deps.isExempt ?? (() => false);

  async function draw(chart: Chart): Promise<string | undefined> {
    try {
      return await drawChart(chart);
    } catch (error) {
      logger.warn({ error }, 'web: a chart could not be drawn; it is shown as a table');
      return undefined;
    }
  }

  return {
    adapter: {
      channel: CHANNEL,
      canRepeat: true,
      takesFiles: true,
      // Clients read the conversation itself; once the ledger marks the message, it is there for them.
      send: async () => ({ result: 'accepted' }),
      async sendUnstored(id, replies) {
        const visitor = parseConversationId(id).customer;
        const now = clock.now();
        hub.show(
          visitor,
          replies.map((reply) => toUnstoredActivity(reply, `u-${ids.next()}`, visitor, speakers, now)),
        );
      },
    },
    bring: uploads.bring,
    async register(app) {
      await app.register(async (api) => {
        applyApiRules(api, access);
        registerSession(api, { access, tokens, ids });
        await registerDirectLine(api, {
          ...{ access, tokens, read, hub, banner, limit, isExempt, uploads, clock, ids, account },
          orderKeys: createOrderKeys(),
          receive: deps.receive,
        });
      });
      if (deps.pagesFolder !== undefined) {
        registerPages(app, { pagesFolder: deps.pagesFolder, demo: deps.demo, speakers });
      }
      if (deps.demo !== undefined) {
        registerDemo(app, deps.demo);
      }
    },
    close() {
      banner.close();
      hub.close();
    },
  };
}
