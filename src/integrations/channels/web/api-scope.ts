import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from './access.ts';
import { DirectLineError } from './direct-line-error.ts';

const LARGEST_BODY = 64 * 1024;

/** Rules that hold for every call of the API: origin, CORS, no caching, JSON bodies, Direct Line's form of errors. */
export function applyApiRules(app: FastifyInstance, access: Access): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    access.checkOrigin(request, reply);
  });

  // Many clients announce JSON and send nothing.
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: LARGEST_BODY },
    (request, body, done) => {
      if (body === '') {
        done(null, undefined);
      } else {
        void parseJson(request, body as string, done);
      }
    },
  );

  for (const path of ['/v3/directline/*', '/chat/session']) {
    app.options(path, async (_request, reply) =>
      reply
        .header('access-control-allow-methods', 'GET, POST')
        .header('access-control-allow-headers', 'authorization, content-type, x-ms-bot-agent, x-requested-with')
        .header('access-control-max-age', '600')
        .status(204)
        .send(),
    );
  }

  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply));
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(error);
  if (refusal.status >= 500) {
    request.log.error({ err: error.cause ?? error }, 'web: a call failed');
  }
  if (refusal.retryAfterS !== undefined) {
    reply.header('retry-after', String(refusal.retryAfterS));
  }
  return reply.status(refusal.status).send({ error: { code: refusal.code, message: refusal.message } });
}

function asRefusal(error: FastifyError): DirectLineError {
  if (error instanceof DirectLineError) {
    return error;
  }
  if (error.statusCode === 413) {
    return new DirectLineError(413, 'MessageSizeTooBig', 'Tin nhắn quá lớn. Quý khách vui lòng gửi ngắn hơn ạ.');
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new DirectLineError(error.statusCode, 'BadArgument', error.message);
  }
  return new DirectLineError(500, 'ServiceError', 'Hệ thống gặp lỗi. Quý khách vui lòng thử lại sau ít phút ạ.');
}
