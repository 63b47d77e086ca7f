import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import type { Agent } from './agent-store.ts';
import type { DeskRefusal } from './desk-api/acts.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { permissionOf } from './permissions.ts';
import type { OpenSession, Sessions } from './sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    deskSession: OpenSession | null;
  }
}

/** Whether a page of this origin may use the desk. `host`: what the browser called us by, also behind a proxy. */
export type IsAllowedOrigin = (origin: string, host: string) => boolean;

/** The desk's own pages, and nobody else's. */
export const isSameOrigin: IsAllowedOrigin = (origin, host) => URL.canParse(origin) && new URL(origin).host === host;

/** The page sends it with everything: no form and no foreign page can without our consent. `auto`: not the agent's doing. */
export const DESK_HEADER = 'x-lang-nghe-desk';

interface GuardDeps {
  readonly sessions: Sessions;
  readonly cookieName: string;
  readonly isAllowedOrigin: IsAllowedOrigin;
  /** Told of every request within a session: its agent is there. */
  readonly leases: Pick<LeaseKeeper, 'seen'>;
}

/**
 * Puts every route of this instance behind its row of the permission table, and every writing route behind proof
 * that our own page calls it.
 */
export function guardRoutes(desk: FastifyInstance, { sessions, cookieName, isAllowedOrigin, leases }: GuardDeps): void {
  desk.decorateRequest('deskSession', null);

  desk.addHook('onRoute', ({ method, path }) => {
    for (const one of [method].flat()) {
      if (permissionOf(one, path) === undefined) {
        throw new Error(
          `The desk's route ${one} ${path} has no row in permissions.ts: add one that says who may call it.`,
        );
      }
    }
  });

  desk.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    const permission = permissionOf(request.method, request.routeOptions.url);
    if (permission === undefined) {
      return;
    }
    if (!isOurPage(request, isAllowedOrigin)) {
      return refuse(reply, 403, { code: 'foreign_page', message: 'Yêu cầu không đến từ trang của bàn làm việc.' });
    }
    const token = request.cookies[cookieName];
    if (token !== undefined) {
      const isAgentsDoing = !request.ws && request.headers[DESK_HEADER] !== 'auto';
      request.deskSession = (await sessions.find(token, isAgentsDoing)) ?? null;
      if (request.deskSession !== null) {
        await leases.seen(request.deskSession.session.tokenHash);
      }
    }
    if (permission.allows === 'anyone') {
      return;
    }
    if (request.deskSession === null) {
      return refuse(reply, 401, { code: 'no_session', message: 'Phiên làm việc đã hết. Vui lòng đăng nhập lại.' });
    }
    if (!permission.allows.includes(request.deskSession.agent.role)) {
      return refuse(reply, 403, { code: 'not_allowed', message: 'Tài khoản này không có quyền xem mục này.' });
    }
  });

  desk.setErrorHandler((error, request, reply) => {
    if (error instanceof ZodError || (error as { statusCode?: number }).statusCode === 400) {
      return refuse(reply, 400, { code: 'bad_request', message: 'Yêu cầu thiếu hoặc sai dữ liệu.' });
    }
    request.log.error({ err: error }, 'desk request failed');
    return refuse(reply, 500, { code: 'internal', message: 'Hệ thống đang gặp lỗi. Vui lòng thử lại sau ít phút.' });
  });
}

/** The agent of this request; only for routes that ask for a session. */
export function agentOf(request: FastifyRequest): Agent {
  if (request.deskSession === null) {
    throw new Error('This route of the desk must ask for a session in permissions.ts.');
  }
  return request.deskSession.agent;
}

export function refuse(reply: FastifyReply, status: number, refusal: DeskRefusal): FastifyReply {
  return reply.code(status).send(refusal);
}

function isOurPage(request: FastifyRequest, isAllowedOrigin: IsAllowedOrigin): boolean {
  const { origin } = request.headers;
  const isOriginAllowed = origin !== undefined && isAllowedOrigin(origin, request.host);
  if (request.ws) {
    // Browsers let any page open a socket to us and send our cookie along (Strict cookies aside): Origin decides.
    return isOriginAllowed;
  }
  if (request.method === 'GET' || request.method === 'HEAD') {
    return true;
  }
  return request.headers[DESK_HEADER] !== undefined && (origin === undefined || isOriginAllowed);
}
