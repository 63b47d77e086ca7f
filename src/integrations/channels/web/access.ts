import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DirectLineError } from './direct-line-error.ts';
import { LIFETIME_S, type TokenSubject, type Tokens } from './tokens.ts';

/** Who makes a Direct Line call: another server that knows the secret, or one visitor. */
export type Caller = { readonly kind: 'secret' } | ({ readonly kind: 'visitor' } & TokenSubject);

/** Who may do what on the web channel. Every method throws `DirectLineError` when the answer is no. */
export interface Access {
  /** Refuses pages of foreign sites, and lets the allowed ones read the answer. */
  checkOrigin(request: FastifyRequest, reply: FastifyReply): void;
  caller(request: FastifyRequest): Caller;
  /** The visitor whose conversation the URL names, if this caller may touch it. */
  visitorOf(request: FastifyRequest, conversationId: string): TokenSubject;
  /** The visitor of a stream URL. */
  streamVisitor(request: FastifyRequest, token: string, conversationId: string): TokenSubject;
  visitorFromCookie(request: FastifyRequest): string | undefined;
  setVisitorCookie(request: FastifyRequest, reply: FastifyReply, visitor: string): void;
}

const VISITOR_ID = /^[A-Za-z0-9_-]{1,64}$/;

export function createAccess(deps: {
  tokens: Tokens;
  secret?: string | undefined;
  allowedOrigins: readonly string[];
}): Access {
  const allowed = new Set(deps.allowedOrigins.map((origin) => origin.replace(/\/$/, '')));

  function checkTokenOrigin(request: FastifyRequest, subject: TokenSubject): TokenSubject {
    const origin = request.headers.origin;
    if (origin !== undefined && subject.origins !== undefined && !subject.origins.includes(origin)) {
      throw new DirectLineError(403, 'BadOrigin', 'This token may not be used from this site.');
    }
    return subject;
  }

  function caller(request: FastifyRequest): Caller {
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (bearer === undefined) {
      throw new DirectLineError(401, 'Unauthorized', 'Send "Authorization: Bearer <token>".');
    }
    if (deps.secret !== undefined && isSame(bearer, deps.secret)) {
      if (request.headers.origin !== undefined) {
        throw new DirectLineError(403, 'Forbidden', 'A secret must not be used in a browser: use a token.');
      }
      return { kind: 'secret' };
    }
    const subject = checkTokenOrigin(request, subjectOf(deps.tokens.verify('conversation', bearer)));
    return { kind: 'visitor', ...subject };
  }

  return {
    checkOrigin(request, reply) {
      const origin = request.headers.origin;
      if (origin === undefined || isOwnOrigin(origin, request)) {
        return;
      }
      if (!allowed.has(origin)) {
        throw new DirectLineError(403, 'BadOrigin', 'This site is not among the allowed origins of the web channel.');
      }
      reply.header('access-control-allow-origin', origin);
      reply.header('access-control-allow-credentials', 'true');
      reply.header('vary', 'Origin');
    },
    caller,
    visitorOf(request, conversationId) {
      const who = caller(request);
      if (who.kind === 'secret') {
        if (!VISITOR_ID.test(conversationId)) {
          throw new DirectLineError(404, 'NotFound', 'There is no such conversation.');
        }
        return { visitor: conversationId };
      }
      return ownOnly(who, conversationId);
    },
    streamVisitor(request, token, conversationId) {
      const subject = subjectOf(deps.tokens.verify('stream', token));
      return ownOnly(checkTokenOrigin(request, subject), conversationId);
    },
    visitorFromCookie(request) {
      const verified = deps.tokens.verify('visitor', request.cookies[cookieName(request)] ?? '');
      return verified.ok ? verified.subject.visitor : undefined;
    },
    setVisitorCookie(request, reply, visitor) {
      reply.setCookie(cookieName(request), deps.tokens.issue('visitor', { visitor }), {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: request.protocol === 'https',
        maxAge: LIFETIME_S.visitor,
      });
    },
  };
}

function subjectOf(verified: ReturnType<Tokens['verify']>): TokenSubject {
  if (verified.ok) {
    return verified.subject;
  }
  // Direct Line clients take status 403 as "fetch a new token".
  throw verified.reason === 'expired'
    ? new DirectLineError(403, 'TokenExpired', 'Token has expired.')
    : new DirectLineError(403, 'BadArgument', 'Invalid token or secret.');
}

function ownOnly(subject: TokenSubject, conversationId: string): TokenSubject {
  if (subject.visitor !== conversationId) {
    throw new DirectLineError(403, 'Forbidden', 'This token belongs to another conversation.');
  }
  return subject;
}

// The prefix makes browsers refuse a cookie of this name from a sub-domain or from plain HTTP.
function cookieName(request: FastifyRequest): string {
  return request.protocol === 'https' ? '__Host-lang_nghe_visitor' : 'lang_nghe_visitor';
}

function isOwnOrigin(origin: string, request: FastifyRequest): boolean {
  return URL.parse(origin)?.host === request.host;
}

function isSame(given: string, expected: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
