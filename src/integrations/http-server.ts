import cookie from '@fastify/cookie';
import websocket from '@fastify/websocket';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';

export interface HttpServerDeps {
  readonly log: FastifyBaseLogger;
  /** In the demo every request must come straight from this machine. */
  readonly isDemo: boolean;
  /** What mounts its routes: channels, desk. */
  readonly parts: readonly { register(app: FastifyInstance): Promise<void> }[];
  /** Sees every request from its beginning. */
  readonly watch?: (app: FastifyInstance) => void;
  /** Throws when the service cannot do its work. */
  readonly checkReady: () => Promise<void>;
}

const BODY_LIMIT = 256 * 1024;
/** Ten seconds, which fastify gives by itself, are too few on a machine where everything starts at the same time. */
const REGISTER_WITHIN_MS = 120_000;
const SOCKET_MESSAGE_LIMIT = 64 * 1024;
/** No route has a JSON schema, so the compilers of such need not be loaded. */
const NO_JSON_SCHEMA = { compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema } };

/** The HTTP server: mounts every channel and the desk, and answers `/healthz` and `/readyz`. */
export async function createHttpServer({
  log,
  isDemo,
  parts,
  watch,
  checkReady,
}: HttpServerDeps): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log,
    // Request logs would hold stream tokens and visitors.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    schemaController: NO_JSON_SCHEMA,
    pluginTimeout: REGISTER_WITHIN_MS,
    forceCloseConnections: true,
    // One proxy in front: more would let a client name its own address.
    trustProxy: isDemo ? false : (_address, hop) => hop < 1,
  });
  watch?.(app);
  if (isDemo) {
    fenceDemo(app);
  }
  await app.register(cookie);
  await app.register(websocket, { options: { maxPayload: SOCKET_MESSAGE_LIMIT } });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await checkReady();
      return { status: 'ready' };
    } catch (error) {
      log.error({ error }, 'Not ready.');
      return reply.code(503).send({ status: 'not_ready' });
    }
  });
  for (const part of parts) {
    await part.register(app);
  }
  return app;
}

const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'];
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Demo accounts and one-time codes on the screen must never be reachable from elsewhere, also not through a proxy. */
function fenceDemo(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const isProxied = PROXY_HEADERS.some((name) => request.headers[name] !== undefined);
    if (isProxied || !LOCAL_HOST.test(request.headers.host ?? '')) {
      await reply.code(403).send({
        error: { code: 'DemoOnly', message: 'The demo answers this machine only. Set MODE=live for a real service.' },
      });
    }
  });
}

function refuseSchema(): never {
  throw new Error('Routes read what they get with zod: no JSON schema is compiled here.');
}
