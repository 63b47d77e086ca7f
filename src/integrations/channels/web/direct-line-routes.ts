import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Access } from './access.ts';
import type { ReadActivities } from './activity-feed.ts';
import type { BannerPushes } from './banner-pushes.ts';
import { DirectLineError } from './direct-line-error.ts';
import { type KeepMessageDeps, keepMessage } from './keep-message.ts';
import { parseActivity } from './parse.ts';
import type { SocketHub } from './socket-hub.ts';
import { LIFETIME_S, type TokenSubject, type Tokens } from './tokens.ts';
import { registerUpload } from './upload-route.ts';

export interface DirectLineDeps extends KeepMessageDeps {
  readonly access: Access;
  readonly tokens: Tokens;
  readonly read: ReadActivities;
  readonly hub: SocketHub;
  readonly banner: Pick<BannerPushes, 'read'>;
}

type ConversationParams = {
  Params: { conversationId: string };
  Querystring: { watermark?: string; t?: string; banner?: string };
};

const BASE = '/v3/directline';

const generateSchema = z.object({ trustedOrigins: z.array(z.string().max(256)).max(20).optional() }).nullish();

/** The calls of Direct Line 3.0 that a chat client needs. */
export async function registerDirectLine(app: FastifyInstance, deps: DirectLineDeps): Promise<void> {
  registerTokens(app, deps);
  registerConversations(app, deps);
  registerActivities(app, deps);
  await registerUpload(app, deps);
}

function registerTokens(app: FastifyInstance, { access, tokens, ids }: DirectLineDeps): void {
  app.post(`${BASE}/tokens/generate`, async (request) => {
    const isByCookie = request.headers.authorization === undefined;
    const visitor = isByCookie ? access.visitorFromCookie(request) : ids.next();
    if (visitor === undefined || (!isByCookie && access.caller(request).kind !== 'secret')) {
      throw new DirectLineError(401, 'Unauthorized', 'Tokens are made for the holder of the secret or of the cookie.');
    }
    const body = generateSchema.safeParse(request.body);
    if (!body.success) {
      throw new DirectLineError(400, 'BadArgument', z.prettifyError(body.error));
    }
    const origins = body.data?.trustedOrigins;
    return tokenAnswer(tokens, origins === undefined ? { visitor } : { visitor, origins });
  });

  app.post(`${BASE}/tokens/refresh`, async (request) => {
    const caller = access.caller(request);
    if (caller.kind === 'secret') {
      throw new DirectLineError(400, 'BadArgument', 'Only a token can be refreshed.');
    }
    return tokenAnswer(tokens, caller);
  });
}

function registerConversations(app: FastifyInstance, { access, tokens, read, hub, ids }: DirectLineDeps): void {
  const describe = (request: FastifyRequest, subject: TokenSubject, watermark: number) => {
    const url = new URL(`${request.protocol}://${request.host}${BASE}/conversations/${subject.visitor}/stream`);
    url.protocol = request.protocol === 'https' ? 'wss:' : 'ws:';
    url.searchParams.set('watermark', String(watermark));
    url.searchParams.set('t', tokens.issue('stream', subject));
    return { ...tokenAnswer(tokens, subject), streamUrl: url.href };
  };

  app.post(`${BASE}/conversations`, async (request, reply) => {
    const caller = access.caller(request);
    const subject = caller.kind === 'secret' ? { visitor: ids.next() } : caller;
    const { activities } = await read(subject.visitor, 0);
    return reply.status(activities.length === 0 ? 201 : 200).send(describe(request, subject, 0));
  });

  app.get<ConversationParams>(`${BASE}/conversations/:conversationId`, async (request) => {
    const subject = access.visitorOf(request, request.params.conversationId);
    return describe(request, subject, readWatermark(request.query.watermark));
  });

  app.get<ConversationParams>(
    `${BASE}/conversations/:conversationId/stream`,
    {
      websocket: true,
      preValidation: async (request) => {
        access.streamVisitor(request, request.query.t ?? '', request.params.conversationId);
        readWatermark(request.query.watermark);
      },
    },
    (socket, request) => {
      const { watermark, banner } = request.query;
      hub.open(socket, request.params.conversationId, readWatermark(watermark), banner !== undefined);
    },
  );
}

function registerActivities(app: FastifyInstance, deps: DirectLineDeps): void {
  app.get<ConversationParams>(`${BASE}/conversations/:conversationId/activities`, async (request) => {
    const { visitor } = deps.access.visitorOf(request, request.params.conversationId);
    const page = await deps.read(visitor, readWatermark(request.query.watermark));
    const banner = request.query.banner === undefined ? undefined : await deps.banner.read(visitor);
    return { activities: page.activities, watermark: String(page.watermark), ...(banner !== undefined && { banner }) };
  });

  app.post<ConversationParams>(`${BASE}/conversations/:conversationId/activities`, async (request) => {
    const { visitor } = deps.access.visitorOf(request, request.params.conversationId);
    return keepMessage(deps, visitor, parseActivity(request.body));
  });
}

function tokenAnswer(tokens: Tokens, subject: TokenSubject) {
  return {
    conversationId: subject.visitor,
    token: tokens.issue('conversation', subject),
    expires_in: LIFETIME_S.conversation,
  };
}

function readWatermark(given: string | undefined): number {
  if (given === undefined || given === '') {
    return 0;
  }
  if (!/^\d{1,15}$/.test(given)) {
    throw new DirectLineError(400, 'BadArgument', 'The watermark must be one that this server gave.');
  }
  return Number(given);
}
