import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { isFromTelegram } from './verify.ts';

export interface WebhookDeps {
  readonly secret: string;
  /** Makes an update durable; throws when nothing can. */
  readonly take: (update: unknown) => Promise<void>;
  readonly count: (what: string) => void;
  /** False when the same has been logged a moment ago. */
  readonly mayLog: (what: string) => boolean;
  readonly logger: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

export const WEBHOOK_PATH = '/channels/telegram/webhook';
const LARGEST_BODY = 1024 * 1024;

/** Where Telegram posts updates: 200 once an update is durable, 503 when nothing could keep it, so that it comes again. */
export function registerWebhook(app: FastifyInstance, deps: WebhookDeps): void {
  app.post(WEBHOOK_PATH, { bodyLimit: LARGEST_BODY }, async (request, reply) => {
    const given = request.headers['x-telegram-bot-api-secret-token'];
    if (!isFromTelegram(typeof given === 'string' ? given : undefined, deps.secret)) {
      deps.count('bad_secret');
      if (deps.mayLog('bad_secret')) {
        deps.logger.warn(
          { hasHeader: given !== undefined },
          'telegram: a request without the right secret was refused',
        );
      }
      return reply.code(401).send();
    }
    try {
      await deps.take(request.body);
      return reply.code(200).send();
    } catch (error) {
      deps.count('failed');
      deps.logger.error({ error }, 'telegram: an update could not be kept; Telegram will bring it again');
      return reply.code(503).send();
    }
  });
}
