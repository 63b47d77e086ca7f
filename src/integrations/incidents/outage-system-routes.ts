import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ChangeIncident } from '../../bot/incidents/change-incident.ts';
import type { Clock } from '../../bot/ports.ts';
import { bearerOf, matchesKey } from '../matches-key.ts';
import { factsSchema } from './facts-schema.ts';

interface OutageSystemDeps {
  readonly changeIncident: Pick<ChangeIncident, 'takeOver'>;
  /** Absent: the way is closed. */
  readonly key: string | undefined;
  readonly isOurProvince: (name: string) => boolean;
  readonly clock: Clock;
}

const AUTHOR = { kind: 'outage_system', id: 'outage_system' } as const;

/**
 * `POST /api/incidents`: the utility's outage system tells what it knows. Its own id and version make the call
 * idempotent, so it is sent again whenever no answer came. Described in docs/storms.md.
 */
export function createOutageSystemApi({ changeIncident, key, isOurProvince, clock }: OutageSystemDeps): {
  register(app: FastifyInstance): Promise<void>;
} {
  const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
  const body = z.strictObject({
    id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'has other signs than letters, digits, dot, dash and underscore'),
    version: z.number().int().min(1),
    system: z.string().min(1).max(60),
    incident: factsSchema({ time, isOurProvince, now: clock.now }).refine(
      ({ state }) => state !== 'suspected' && state !== 'merged',
      {
        path: ['state'],
        error: 'must be ongoing, restored or cancelled',
      },
    ),
  });
  return {
    async register(app) {
      if (key === undefined) {
        return;
      }
      app.post('/api/incidents', { errorHandler: answerError }, async (request, reply) => {
        if (!matchesKey(bearerOf(request.headers.authorization) ?? '', key)) {
          return reply
            .code(401)
            .send({ error: { code: 'wrong_key', message: 'The key is wrong: see INCIDENT_API_KEY.' } });
        }
        const given = body.safeParse(request.body);
        if (!given.success) {
          return reply.code(400).send({ error: { code: 'wrong_body', message: z.prettifyError(given.error) } });
        }
        const { id, version, system, incident: facts } = given.data;
        const { result, incident } = await changeIncident.takeOver({ id, version }, facts, { ...AUTHOR, name: system });
        if (result === 'ended') {
          const message = `The incident ${incident.id} has ended (${incident.state}): what goes on is another one, under an id of its own.`;
          return reply.code(409).send({ error: { code: 'ended', message } });
        }
        return { result, incident: incident.id, version: incident.version };
      });
    },
  };
}

/** What Fastify itself refuses (no JSON, too long, another type) and what fails within, in the form of the other answers. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return reply.code(400).send({ error: { code: 'wrong_body', message: error.message } });
  }
  request.log.error({ err: error }, 'A call of the outage system failed.');
  return reply.code(500).send({ error: { code: 'internal', message: 'The change was not taken: send it again.' } });
}
