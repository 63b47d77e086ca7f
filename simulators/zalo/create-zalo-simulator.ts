import Fastify, { type FastifyInstance } from 'fastify';
import { listEndpoints } from './api/list-routes.ts';
import { messageEndpoints } from './api/message-routes.ts';
import { oauthRoutes } from './api/oauth-routes.ts';
import { createRateWindow } from './api/rate-window.ts';
import { serveCalls } from './api/serve-calls.ts';
import { tagEndpoints } from './api/tag-routes.ts';
import { SAMPLE_TEMPLATES } from './api/template-catalogue.ts';
import { templateEndpoints } from './api/template-routes.ts';
import { uploadEndpoints } from './api/upload-routes.ts';
import { userEndpoints } from './api/user-routes.ts';
import { type ClockMode, createClock, type SimulatorClock } from './clock.ts';
import { controlRoutes } from './control/control-routes.ts';
import { type Control, createControl } from './control/create-control.ts';
import { createDraws } from './draws.ts';
import { type FaultsInput, faultsSchema } from './faults.ts';
import { mediaRoutes } from './media-routes.ts';
import { phoneRoutes } from './phone/phone-routes.ts';
import { type SettingsPatch, settingsSchema } from './settings.ts';
import type { Stage } from './stage.ts';
import { createWatchers } from './watchers.ts';
import { createWebhook } from './webhook/create-webhook.ts';
import { eventsOfPreset } from './webhook/event-names.ts';
import { createWorld, type World } from './world.ts';

export interface ZaloSimulatorOptions {
  /** Ids and tokens follow from it. */
  readonly seed?: string | number | undefined;
  /** `manual` stands still until it is advanced. */
  readonly clock?: ClockMode | undefined;
  readonly startTime?: number | undefined;
  readonly settings?: SettingsPatch | undefined;
  readonly faults?: FaultsInput | undefined;
  /** Which event switches are on at the start; in Zalo's console none is. */
  readonly events?: 'none' | 'chatbot' | 'all' | undefined;
  /** An address that counts as saved already. */
  readonly webhookUrl?: string | undefined;
}

export interface ZaloSimulator {
  /** Listens on loopback and returns its address, e.g. `http://127.0.0.1:20180`. Port 0 takes a free one. */
  listen(port?: number): Promise<string>;
  close(): Promise<void>;
  readonly clock: SimulatorClock;
  readonly control: Control;
  /** The server itself, for tests that need no port. */
  readonly app: FastifyInstance;
}

const LARGEST_BODY = 32 * 1024 * 1024;
/** No route has a JSON schema, so the compilers of such need not be loaded. */
const NO_JSON_SCHEMA = { compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema } };

/** Makes a counterpart of Zalo's servers and of its users' phones. No network but loopback, nothing on disk. */
export function createZaloSimulator(options: ZaloSimulatorOptions = {}): ZaloSimulator {
  const clock = createClock({ mode: options.clock ?? 'real', startTime: options.startTime });
  const watchers = createWatchers();
  const stage: Stage = {
    world: freshWorld(options),
    ids: createDraws(options.seed ?? 'lang-nghe'),
    draws: createDraws(faultsSchema.parse(options.faults ?? {}).seed),
    clock,
    webhook: createWebhook(() => stage),
    mediaBase: 'http://127.0.0.1',
    changed: watchers.changed,
  };
  const reset = () => {
    clock.clear();
    stage.world = freshWorld(options);
    stage.draws = createDraws(stage.world.faults.seed);
    watchers.changed('');
  };
  const control = createControl(stage, reset);
  const app = createServer(stage, control, watchers);

  return {
    app,
    clock,
    control,
    async listen(port = 0) {
      const address = await app.listen({ host: '127.0.0.1', port });
      stage.mediaBase = address;
      return address;
    },
    async close() {
      clock.clear();
      watchers.closeAll();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

function freshWorld(options: ZaloSimulatorOptions): World {
  const settings = settingsSchema.parse(options.settings ?? {});
  if (options.events !== undefined) {
    settings.webhook.events = [...eventsOfPreset(options.events)];
  }
  const world = createWorld(settings, faultsSchema.parse(options.faults ?? {}));
  for (const template of SAMPLE_TEMPLATES) {
    world.templates.set(template.id, { ...template });
  }
  if (options.webhookUrl !== undefined) {
    world.webhook = { url: options.webhookUrl, state: 'active' };
  }
  return world;
}

/** One port plays all hosts: under a prefix each (`/oauth`, `/openapi`, `/business`), or bare, where nothing collides. */
function createServer(stage: Stage, control: Control, watchers: ReturnType<typeof createWatchers>): FastifyInstance {
  const app = Fastify({ bodyLimit: LARGEST_BODY, forceCloseConnections: true, schemaController: NO_JSON_SCHEMA });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  const stageOf = () => stage;
  const rate = createRateWindow();
  const oaEndpoints = [...messageEndpoints, ...uploadEndpoints, ...userEndpoints, ...listEndpoints, ...tagEndpoints];
  for (const isBare of [true, false]) {
    const mount = (host: string, routes: (scope: FastifyInstance) => void) =>
      app.register(
        (scope, _options, done) => {
          routes(scope);
          done();
        },
        { prefix: isBare ? '' : `/${host}` },
      );
    mount('oauth', (scope) => oauthRoutes(scope, stageOf));
    mount('openapi', (scope) => serveCalls(scope, { stageOf, rate, host: 'openapi' }, oaEndpoints));
    mount('business', (scope) => serveCalls(scope, { stageOf, rate, host: 'business' }, templateEndpoints));
  }
  mediaRoutes(app, stageOf);
  app.register(
    (scope, _options, done) => {
      controlRoutes(scope, control, watchers);
      done();
    },
    { prefix: '/__sim' },
  );
  phoneRoutes(app);
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).headers(rate.headers(stage)).send({ error: 404, message: 'empty api or invalid api' }),
  );
  return app;
}

function refuseSchema(): never {
  throw new Error('No JSON schema is compiled here.');
}
