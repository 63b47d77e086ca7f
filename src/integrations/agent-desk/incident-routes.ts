import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ChangeIncident } from '../../bot/incidents/change-incident.ts';
import type { Incident, IncidentAuthor } from '../../bot/incidents/incident.ts';
import type { IncidentRecords } from '../../bot/incidents/incident-records.ts';
import type { Clock } from '../../bot/ports.ts';
import { factsSchema } from '../incidents/facts-schema.ts';
import type { AuditAction, AuditLog } from './audit-log.ts';
import type { DeskRefusal, IncidentAnswer, IncidentsAnswer, IncidentVersionsAnswer } from './desk-api.ts';
import { INCIDENT_STATE_WORDS } from './desk-words.ts';
import { agentOf, refuse } from './guard.ts';

export interface IncidentRouteDeps {
  readonly incidents: IncidentRecords;
  readonly changeIncident: Pick<ChangeIncident, 'create' | 'change'>;
  readonly isOurProvince: (name: string) => boolean;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

const ENDED_SHOWN_MS = 86_400_000;
const MOST_ENDED = 100;
const id = z.string().min(1).max(200);
const oneQuery = z.object({ id });

/** Incidents, as dispatchers make and change them. */
export function registerIncidentRoutes(desk: FastifyInstance, deps: IncidentRouteDeps): void {
  const { incidents, changeIncident, clock } = deps;
  const facts = factsSchema({ time: z.number().int().positive(), isOurProvince: deps.isOurProvince });
  const creation = z.strictObject({ facts });
  const change = z.strictObject({ id, version: z.number().int().positive(), facts });

  desk.get('/desk/api/incidents', async (): Promise<IncidentsAnswer> => {
    const now = clock.now();
    const [open, ended] = await Promise.all([
      incidents.openIncidents(),
      incidents.endedIncidents(now - ENDED_SHOWN_MS, MOST_ENDED),
    ]);
    return { now, open, ended };
  });

  desk.get('/desk/api/incidents/versions', async (request): Promise<IncidentVersionsAnswer> => {
    return { versions: await incidents.incidentVersions(oneQuery.parse(request.query).id) };
  });

  desk.post('/desk/api/incidents/create', async (request): Promise<IncidentAnswer> => {
    const given = creation.parse(request.body);
    const incident = await changeIncident.create(given.facts, authorOf(request));
    await note(request, 'create_incident', incident);
    return { incident };
  });

  desk.post('/desk/api/incidents/change', async (request, reply) => {
    const given = change.parse(request.body);
    const changed = await changeIncident.change(given.id, given.version, given.facts, authorOf(request));
    if (changed.result !== 'changed') {
      return refuse(reply, changed.result === 'not_found' ? 404 : 409, refusalOf(changed));
    }
    await note(request, 'change_incident', changed.incident);
    return { incident: changed.incident } satisfies IncidentAnswer;
  });

  async function note(request: FastifyRequest, action: AuditAction, incident: Incident): Promise<void> {
    const { id: actorId, name: actorName } = agentOf(request);
    const subject = `${incident.id} bản ${incident.version}`;
    const reason = INCIDENT_STATE_WORDS[incident.state];
    await deps.audit.append({ at: clock.now(), actorId, actorName, action, subject, reason });
  }
}

function authorOf(request: FastifyRequest): IncidentAuthor {
  const { id: agentId, name } = agentOf(request);
  return { kind: 'agent', id: agentId, name };
}

type Refused = Exclude<Awaited<ReturnType<ChangeIncident['change']>>, { result: 'changed' }>;

function refusalOf(refused: Refused): DeskRefusal {
  switch (refused.result) {
    case 'not_found':
      return { code: 'not_found', message: 'Không tìm thấy sự cố này.' };
    case 'stale': {
      const { changedBy, version } = refused.incident;
      return {
        code: 'stale_incident',
        message: `${changedBy.name} vừa sửa sự cố này (bản ${version}). Đóng lại, xem bản mới rồi sửa tiếp.`,
      };
    }
    case 'ended': {
      const state = INCIDENT_STATE_WORDS[refused.incident.state].toLowerCase();
      return { code: 'ended', message: `Sự cố này đã kết thúc (${state}). Nếu lại mất điện, hãy lập sự cố mới.` };
    }
  }
}
