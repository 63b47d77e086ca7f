import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createSigner } from 'fast-jwt';
import Fastify, { type FastifyReply } from 'fastify';

export const APP_ID = '3f1b5c1e-0b1a-4f8e-9a57-0c5b0f1d7a11';
const ISSUER = 'https://api.botframework.com';
const KEY_ID = 'test-key';
const LIFETIME_SECONDS = 600;

/** The least that Teams has named. */
const LARGEST_MESSAGE = 28 * 1024;

/** As Teams counts: in UTF-16, without the pictures that stand within. */
function sizeOf(activity: unknown): number {
  return 2 * JSON.stringify(activity).replace(/data:image\/png;base64,[^"]*/g, '').length;
}

/** How the service answers a post: with a status, or never. */
export type ServiceAnswer = { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | 'hang';

/** What lies behind the address of a picture that was pasted. */
export const PASTED = Buffer.from('%PDF-1.4 pasted');

export type PostedActivity = Readonly<Record<string, unknown>> & { readonly text: string };

/** A service of the Bot Framework and the authority that vouches for it: real HTTP, real keys. */
export async function startBotFrameworkService() {
  const own = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const posted: PostedActivity[] = [];
  const authorizations: (string | undefined)[] = [];
  const queued: ServiceAnswer[] = [];
  const app = Fastify({ forceCloseConnections: true });
  let url = '';

  app.get('/openid', async () => ({ issuer: ISSUER, jwks_uri: `${url}/keys` }));
  app.get('/keys', async () => ({
    keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: KEY_ID, endorsements: ['msteams'] }],
  }));
  app.post('/v3/conversations/:id/activities', async (request, reply): Promise<FastifyReply> => {
    const answer = queued.shift() ?? { status: 201 };
    if (answer === 'hang') {
      return reply.hijack();
    }
    if (answer.status < 300 && sizeOf(request.body) > LARGEST_MESSAGE) {
      return reply.code(413).send({ error: { code: 'MessageSizeTooBig' } });
    }
    if (answer.status < 300) {
      posted.push({ ...(request.body as PostedActivity), path: request.url });
      authorizations.push(request.headers.authorization);
    }
    return reply
      .code(answer.status)
      .headers(answer.headers ?? {})
      .send({ id: `a-${posted.length}` });
  });
  let onward: string | undefined;
  app.get('/v3/attachments/:id/views/original', async (request, reply) => {
    authorizations.push(request.headers.authorization);
    if (onward !== undefined) {
      return reply.redirect(onward);
    }
    return request.headers.authorization === 'Bearer our-token'
      ? reply.type('application/octet-stream').send(PASTED)
      : reply.code(401).send();
  });
  url = await app.listen({ port: 0, host: '127.0.0.1' });

  function bearer(claims: object, key: KeyObject): string {
    const sign = createSigner({
      ...{ key: key.export({ type: 'pkcs8', format: 'pem' }), algorithm: 'RS256', kid: KEY_ID },
    });
    const exp = Math.floor(Date.now() / 1_000) + LIFETIME_SECONDS;
    return `Bearer ${sign({ iss: ISSUER, aud: APP_ID, serviceurl: url, exp, ...claims })}`;
  }

  return {
    url,
    posted,
    authorizations,
    openIdMetadataUrl: `${url}/openid`,
    next: (answer: ServiceAnswer) => void queued.push(answer),
    /** What the service writes into `Authorization`; `claims` stand in for its own. */
    authorization: (claims: object = {}) => bearer(claims, own.privateKey),
    forgedAuthorization: () => bearer({}, stranger.privateKey),
    /** From now on the address of a file leads there. */
    leadOnTo(address: string) {
      onward = address;
    },
    stop: () => app.close(),
  };
}

export type BotFrameworkService = Awaited<ReturnType<typeof startBotFrameworkService>>;
