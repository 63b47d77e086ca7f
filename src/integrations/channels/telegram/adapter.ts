import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ChannelAdapter } from '../../../bot/channel-adapter.ts';
import type { InboundEvent } from '../../../bot/message.ts';
import type { Clock } from '../../../bot/ports.ts';
import { createPainter, paintChart } from '../../charts/paint-chart.ts';
import type { BringMedia } from '../../media/media.ts';
import type { CreateRateLimiter } from '../../rate-limiters.ts';
import type { TermLease } from '../../term-lease.ts';
import { createTroubleLog } from '../trouble-log.ts';
import { type ApiResult, createTelegramApi } from './api.ts';
import { createBringFile } from './bring-file.ts';
import { isTokenRefused } from './errors.ts';
import { createIntake } from './intake.ts';
import { createPacer } from './pacer.ts';
import { CHANNEL } from './parse.ts';
import { createPolling } from './polling.ts';
import { createSender, type SenderDeps } from './send.ts';
import { botIdOf, TELEGRAM_DEFAULTS, type TelegramSettings } from './settings.ts';
import { createSharedPace } from './shared-pace.ts';
import type { TelegramStore } from './store.ts';
import { createWebhookAddress } from './webhook-address.ts';
import { registerWebhook } from './webhook-routes.ts';

export interface TelegramChannelDeps {
  readonly store: TelegramStore;
  /** Makes an event durable; throws when nothing can, and Telegram then brings it again. */
  readonly receive: (event: InboundEvent) => Promise<'stored' | 'repeat' | 'spooled'>;
  readonly clock: Clock;
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
  readonly token: string;
  /** How updates come: asked for, or posted to our public address with a secret that we name. */
  readonly inbound:
    | { readonly mode: 'polling' }
    | { readonly mode: 'webhook'; readonly publicUrl: string; readonly secret: string };
  /** Who asks for updates, where several nodes might; absent: this one. */
  readonly pollLease?: TermLease | undefined;
  /** Counts for all nodes that serve this bot; absent: this is the only one. */
  readonly createLimiter?: CreateRateLimiter | undefined;
  readonly settings?: Partial<TelegramSettings> | undefined;
  /** The file of an address of ours; `undefined`: it is not ours. */
  readonly openFile: SenderDeps['openFile'];
  readonly paintChart?: typeof paintChart | undefined;
  readonly sleep?: ((ms: number) => Promise<unknown>) | undefined;
}

export interface TelegramChannel {
  readonly adapter: ChannelAdapter;
  readonly bring: BringMedia;
  register(app: FastifyInstance): Promise<void>;
  /** Stops timers and connections; what waits, waits as rows. */
  close(): Promise<void>;
  /** How often each kind of update and each alarm has been seen. */
  counts(): ReadonlyMap<string, number>;
}

/** One Telegram bot: what customers write to it, and what it answers. */
export function createTelegramChannel(deps: TelegramChannelDeps): TelegramChannel {
  const { store, clock, logger, token, inbound } = deps;
  const settings: TelegramSettings = { ...TELEGRAM_DEFAULTS, ...deps.settings };
  const botId = botIdOf(token);
  const { counts, count, mayLog, alarm } = createTroubleLog({ channel: 'telegram', clock, logger });

  const api = createTelegramApi({ token, ...settings });
  const pacer = createPacer({ clock, ...settings });
  let isTokenRefusedNow = false;
  const sender = createSender({
    ...{ api, store, pacer, clock, settings, botId, sleep: deps.sleep ?? sleep, openFile: deps.openFile },
    sharedPace: deps.createLimiter && createSharedPace(deps.createLimiter, settings, botId),
    paintChart: createPainter(deps.paintChart ?? paintChart, (words) => alarm('chart', words)),
    onTrouble: (kind, code) => {
      isTokenRefusedNow ||= kind === 'token';
      alarm(kind, kind === 'token' ? TOKEN_WORDS : `Telegram does not read one of our messages (${code})`);
    },
  });
  const take = createIntake({ store, receive: deps.receive, api, clock, settings, botId, count });
  const onFailure = (result: Failure) => alarm(...troubleOf(result));
  const polling = createPolling({
    ...{ api, take, settings, lease: deps.pollLease, onFailure },
    onUnkept: (error) => {
      count('failed');
      logger.error({ error }, 'telegram: an update could not be kept; Telegram will bring it again');
    },
  });
  const address = createWebhookAddress({ api, onFailure });

  function listenTo(app: FastifyInstance): void {
    if (inbound.mode === 'webhook') {
      registerWebhook(app, { secret: inbound.secret, take, count, mayLog, logger });
      app.addHook('onListen', async () => address.announce(inbound));
    } else {
      // Nothing may come in before the service has taken up what its last process left.
      app.addHook('onListen', async () => polling.start());
      app.addHook('onClose', () => polling.stop());
    }
  }

  return {
    adapter: {
      channel: CHANNEL,
      canRepeat: false,
      takesFiles: true,
      handsOverFiles: true,
      async send(outgoing) {
        const outcome = await sender.send(outgoing);
        isTokenRefusedNow &&= outcome.result !== 'accepted';
        return outcome;
      },
      sendUnstored: sender.sendUnstored,
      trouble: async () => (isTokenRefusedNow ? 'token_refused' : undefined),
    },
    bring: createBringFile({ api, token, apiRoot: settings.apiRoot }),
    async register(app) {
      listenTo(app);
    },
    async close() {
      address.stop();
      await polling.stop();
      api.close();
    },
    counts,
  };
}

type Failure = Exclude<ApiResult, { kind: 'ok' }>;

const TOKEN_WORDS = 'Telegram refuses the token: set TELEGRAM_BOT_TOKEN to the one that BotFather shows';

/** A name for the alarm, and what to do. */
function troubleOf(result: Failure): [kind: string, words: string] {
  if (result.kind !== 'error') {
    return ['unreachable', `Telegram cannot be reached (${result.kind})`];
  }
  if (isTokenRefused(result)) {
    return ['token', TOKEN_WORDS];
  }
  return result.code === 409
    ? ['conflict', 'another process asks for the updates of this bot, or it has a webhook: stop the other one']
    : ['refused', `Telegram refuses to bring updates (${result.code})`];
}
