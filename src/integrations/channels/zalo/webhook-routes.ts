import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { envelopeSchema } from './event-schema.ts';
import type { Intake } from './intake.ts';
import { parseEvent } from './parse.ts';
import type { ZaloCredentials } from './settings.ts';
import { isSigned } from './verify.ts';

export interface WebhookDeps {
  readonly credentials: ZaloCredentials;
  readonly intake: Pick<Intake, 'take'>;
  /** False: events are acknowledged and dropped. Anything but 200 would only make Zalo send them again later. */
  readonly isOn: () => boolean;
  /** Counts what became of an event, for example `unknown` or `bad_signature`. */
  readonly count: (what: string) => void;
  /** False when the same has been logged a moment ago. */
  readonly mayLog: (what: string) => boolean;
  readonly logger: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

export const WEBHOOK_PATH = '/channels/zalo/webhook';
const LARGEST_BODY = 1024 * 1024;

/**
 * Where Zalo posts its events. Everything is answered with 200, the console's probe and forgeries included; 503 only
 * when an event could not be kept, so that Zalo brings it again.
 */
export function registerWebhook(app: FastifyInstance, deps: WebhookDeps): void {
  // The signature is over the bytes as they came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_BODY }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const isOurs = (error.statusCode ?? 500) >= 500;
    deps.count(isOurs ? 'failed' : 'unreadable');
    return reply.code(isOurs ? 503 : 200).send();
  });
  app.get(WEBHOOK_PATH, async (_request, reply) => reply.code(200).send());
  app.post(WEBHOOK_PATH, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const given = request.headers['x-zevent-signature'];
    const status = await take(body, typeof given === 'string' ? given : undefined, deps);
    return reply.code(status).send();
  });
}

async function take(body: Buffer, signature: string | undefined, deps: WebhookDeps): Promise<200 | 503> {
  if (!deps.isOn()) {
    deps.count('switched_off');
    return 200;
  }
  const json = readJson(body);
  if (!isGenuine(body, json, signature, deps.credentials)) {
    deps.count('bad_signature');
    if (deps.mayLog('bad_signature')) {
      deps.logger.warn(shapeOf(signature), 'zalo: an event without a good signature was dropped');
    }
    return 200;
  }
  const event = parseEvent(json, deps.credentials.oaId);
  deps.count(event.kind);
  try {
    await deps.intake.take(event);
    return 200;
  } catch (error) {
    const isFromColleague = event.kind === 'echo' && event.adminId !== undefined;
    if (event.kind !== 'customer' && event.kind !== 'withdrawal' && !isFromColleague) {
      // Only a customer's or a colleague's words, and a withdrawal, are worth the risk that Zalo gives our address up.
      deps.logger.error({ error, kind: event.kind }, 'zalo: an event of lesser weight could not be kept');
      return 200;
    }
    deps.logger.error({ error, kind: event.kind }, 'zalo: an event could not be kept; Zalo will bring it again');
    return 503;
  }
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function isGenuine(body: Buffer, json: unknown, signature: string | undefined, credentials: ZaloCredentials): boolean {
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success || envelope.data.app_id !== credentials.appId) {
    return false;
  }
  return isSigned(body, signature, { ...credentials, timestamp: envelope.data.timestamp });
}

/** What may be logged of a signature: enough to see a wrong form, nothing of its value. */
function shapeOf(signature: string | undefined): object {
  const value = signature ?? '';
  return { hasHeader: signature !== undefined, hasPrefix: /^mac\s*=/i.test(value), length: value.length };
}
