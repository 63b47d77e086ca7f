import type { FastifyInstance } from 'fastify';
import type { Ids } from '../../../bot/ports.ts';
import type { Access } from './access.ts';
import { LIFETIME_S, type Tokens } from './tokens.ts';

/**
 * `POST /chat/session` gives the widget a token: for the visitor that the cookie names, else for a new one. The
 * cookie is HttpOnly, so no script of the page can carry the visitor's identity away.
 */
export function registerSession(app: FastifyInstance, deps: { access: Access; tokens: Tokens; ids: Ids }): void {
  app.post('/chat/session', async (request, reply) => {
    const visitor = deps.access.visitorFromCookie(request) ?? deps.ids.next();
    deps.access.setVisitorCookie(request, reply, visitor);
    return {
      conversationId: visitor,
      token: deps.tokens.issue('conversation', { visitor }),
      expires_in: LIFETIME_S.conversation,
    };
  });
}
