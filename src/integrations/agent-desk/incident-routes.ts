import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { PerformAgentAct } from '../../bot/agent-act-result.ts';
import type { ChangeIncident } from '../../bot/incidents/change-incident.ts';
import type { Incident, IncidentAuthor } from '../../bot/incidents/incident.ts';
import type { IncidentRecords } from '../../bot/incidents/incident-records.ts';
import type { OutageReports } from '../../bot/incidents/outage-report.ts';
import type { StormMode, StormSwitches } from '../../bot/incidents/storm-mode.ts';
import type { Clock } from '../../bot/ports.ts';
import { factsSchema } from '../incidents/facts-schema.ts';
import { type AuditAction, type AuditEntry, type AuditLog, entryKey } from './audit-log.ts';
import type { DeskRefusal } from './desk-api/acts.ts';
import type {
  IncidentAnswer,
  IncidentReplyAnswer,
  IncidentsAnswer,
  IncidentVersionsAnswer,
} from './desk-api/incidents.ts';
import { INCIDENT_STATE_WORDS } from './desk-words.ts';
import { agentOf, refuse } from './guard.ts';
import type { QueueBoard } from './queue-board.ts';

export interface IncidentRouteDeps {
  readonly incidents: IncidentRecords;
  readonly reports: Pick<OutageReports, 'linksAmong' | 'linkCounts'>;
  readonly storm: Pick<StormSwitches, 'stormSwitch'>;
  readonly turnStorm: StormMode['turn'];
  readonly board: Pick<QueueBoard, 'read'>;
  readonly performAgentAct: PerformAgentAct;
  readonly changeIncident: Pick<ChangeIncident, 'create' | 'change'>;
  readonly isOurProvince: (name: string) => boolean;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** Each is a turn: more would take longer than a page waits for an answer. */
const ANSWERED_AT_ONCE = 200;
const ENDED_SHOWN_MS = 86_400_000;
const MOST_ENDED = 100;
const id = z.string().min(1).max(200);
const oneQuery = z.object({ id });
const reply = z.strictObject({
  id,
  text: z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1).max(2_000)),
  key: z.string().regex(/^[a-zA-Z0-9_-]{8,64}$/),
});
const storm = z.strictObject({ isOn: z.boolean() });

/** Incidents, as dispatchers make and change them. */
export function registerIncidentRoutes(desk: FastifyInstance, deps: IncidentRouteDeps): void {
  const { incidents, changeIncident, clock } = deps;
  const facts = factsSchema({ time: z.number().int().positive(), isOurProvince: deps.isOurProvince, now: clock.now });
  const creation = z.strictObject({ facts });
  const change = z.strictObject({ id, version: z.number().int().positive(), facts });

  desk.get('/desk/api/incidents', async (): Promise<IncidentsAnswer> => {
    const now = clock.now();
    const [open, ended] = await Promise.all([
      incidents.openIncidents(),
      incidents.endedIncidents(now - ENDED_SHOWN_MS, MOST_ENDED),
    ]);
    const counts = await Promise.all(
      [...open, ...ended].map(async ({ id }) => [id, await deps.reports.linkCounts(id)] as const),
    );
    const storm = await deps.storm.stormSwitch();
    return { now, open, ended, counts: Object.fromEntries(counts), ...(storm !== undefined && { storm }) };
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
    const read = change.safeParse(request.body);
    if (!read.success && read.error.issues.some(({ path }) => path.at(-1) === 'restoredAt')) {
      const message = 'Giờ có điện lại phải sau lúc mất điện và không muộn hơn bây giờ.';
      return refuse(reply, 400, { code: 'bad_restored_at', message });
    }
    const given = change.parse(request.body);
    const changed = await changeIncident.change(given.id, given.version, given.facts, authorOf(request));
    if (changed.result !== 'changed') {
      return refuse(reply, changed.result === 'not_found' ? 404 : 409, refusalOf(changed));
    }
    await note(request, 'change_incident', changed.incident);
    return { incident: changed.incident } satisfies IncidentAnswer;
  });

  desk.post('/desk/api/incidents/answer', async (request): Promise<IncidentReplyAnswer> => {
    const given = reply.parse(request.body);
    const agent = agentOf(request);
    const { folded } = await deps.board.read();
    const waiting = folded.find(({ incidentId }) => incidentId === given.id)?.members ?? [];
    let answered = 0;
    for (const { conversationId } of waiting.slice(0, ANSWERED_AT_ONCE)) {
      // Each is a turn of its own: who has spoken of danger since, or was taken by a colleague, is left alone.
      const act = { act: 'answer_incident', text: given.text, agentId: agent.id, agentName: agent.name } as const;
      const { done } = await deps.performAgentAct(conversationId, act, `${agent.id}/${given.key}`);
      answered += done ? 1 : 0;
    }
    const key = entryKey('answer_incident', agent.id, given.id, given.key);
    const left = Math.max(0, waiting.length - ANSWERED_AT_ONCE);
    await audit(request, 'answer_incident', { subject: given.id, reason: `${answered} cuộc`, key });
    return { answered, left };
  });

  desk.post('/desk/api/storm', async (request, response) => {
    const { isOn } = storm.parse(request.body);
    const turned = await deps.turnStorm(isOn, agentOf(request));
    if (turned === undefined) {
      return refuse(response, 409, { code: 'storm_so_already', message: 'Chế độ bão đã vừa được đổi. Xem lại trang.' });
    }
    await audit(request, isOn ? 'turn_storm_on' : 'turn_storm_off');
    return response.code(204).send();
  });

  async function audit(request: FastifyRequest, action: AuditAction, more: EntryDetails = {}): Promise<void> {
    const { id: actorId, name: actorName } = agentOf(request);
    await deps.audit.append({ at: clock.now(), actorId, actorName, action, ...more });
  }

  async function note(request: FastifyRequest, action: AuditAction, incident: Incident): Promise<void> {
    const subject = `${incident.id} bản ${incident.version}`;
    await audit(request, action, { subject, reason: INCIDENT_STATE_WORDS[incident.state] });
  }
}

type EntryDetails = Pick<AuditEntry, 'subject' | 'reason' | 'key'>;

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
