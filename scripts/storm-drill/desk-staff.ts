import { factsOf } from '../../src/bot/incidents/change-incident.ts';
import type { Incident, IncidentFacts } from '../../src/bot/incidents/incident.ts';
import type {
  IncidentAnswer,
  IncidentReplyAnswer,
  IncidentsAnswer,
} from '../../src/integrations/agent-desk/desk-api/incidents.ts';
import type { QueueAnswer } from '../../src/integrations/agent-desk/desk-api/queue.ts';
import type { DeskCaller } from './desk-caller.ts';
import { type DrillOutage, OUTAGES, PROVINCE } from './places.ts';

const HOUR_MS = 3_600_000;
const COMMON_ANSWER =
  'Dạ, đội sửa chữa đang xử lý sự cố ở khu vực của anh/chị. Khi có điện lại điện lực nhắn anh/chị ngay ạ.';
const OWN_ANSWER = 'Dạ, em là nhân viên trực. Đội sửa chữa đã nhận báo của anh/chị và đang tới ạ.';

/** What a dispatcher says of the return of power; the number tells which saying it is. */
export function sourceOf(outage: DrillOutage, saying: 1 | 2): string {
  return `Điều độ ${outage.name}, lần ${saying}`;
}

/** Confirms what reports have made a suspicion, tells what is known, and ends it. */
export interface Dispatcher {
  /** Makes or confirms an incident for each outage, and joins further suspicions to it. */
  publish(now: number): Promise<void>;
  /** Tells a later return. */
  changeReturn(now: number): Promise<void>;
  /** The power is back everywhere; what was no outage is taken back. */
  restore(now: number): Promise<void>;
}

export function createDispatcher(desk: DeskCaller): Dispatcher {
  /** The incident of each outage, once there is one. */
  const incidents = new Map<DrillOutage, string>();

  const openIncidents = async () => (await desk.get<IncidentsAnswer>('incidents')).open;
  const change = (incident: Incident, facts: Partial<IncidentFacts>) => {
    // Why it was suspected is not the dispatcher's to say.
    const { reasons: _reasons, ...before } = factsOf(incident);
    return desk.act('incidents/change', { id: incident.id, version: incident.version, facts: { ...before, ...facts } });
  };

  function factsOfOutage(outage: DrillOutage, now: number, startedAt: number): IncidentFacts {
    return {
      state: 'ongoing',
      area: {
        text: `khu vực ${outage.name}`,
        ...{ province: PROVINCE, communes: outage.communes, feeders: [outage.feeder] },
      },
      ...{ startedAt, cause: 'Cây ngã vào đường dây' },
      expectedReturn: { at: now + 2 * HOUR_MS, source: sourceOf(outage, 1) },
    };
  }

  async function publishOne(outage: DrillOutage, open: readonly Incident[], now: number): Promise<void> {
    const own = [...open.filter((one) => isOf(one, outage))];
    const known = incidents.get(outage);
    const main = known === undefined ? own[0] : open.find(({ id }) => id === known);
    if (known === undefined && main === undefined) {
      const made = await desk.act<IncidentAnswer>('incidents/create', { facts: factsOfOutage(outage, now, now) });
      incidents.set(outage, made?.incident.id ?? '');
    } else if (known === undefined && main !== undefined) {
      const facts = factsOfOutage(outage, now, main.startedAt);
      await desk.act('incidents/change', { id: main.id, version: main.version, facts });
      incidents.set(outage, main.id);
    }
    for (const other of own.filter(({ id, state }) => state === 'suspected' && id !== incidents.get(outage))) {
      await change(other, { state: 'merged', mergedInto: incidents.get(outage) ?? '' });
    }
  }

  const each = async (work: (incident: Incident, outage: DrillOutage) => Promise<unknown>) => {
    const open = await openIncidents();
    for (const [outage, id] of incidents) {
      const incident = open.find((one) => one.id === id);
      await (incident && work(incident, outage));
    }
  };

  return {
    async publish(now) {
      for (const outage of OUTAGES) {
        await publishOne(outage, await openIncidents(), now);
      }
    },
    changeReturn: (now) =>
      each((incident, outage) =>
        change(incident, { expectedReturn: { at: now + 4 * HOUR_MS, source: sourceOf(outage, 2) } }),
      ),
    async restore(now) {
      await each((incident) => change(incident, { state: 'restored', restoredAt: now }));
      for (const rest of await openIncidents()) {
        await change(rest, { state: 'cancelled' });
      }
    },
  };
}

/** By its feeder; a suspicion of a place by its commune, which may be the first outage's as well as the second's. */
function isOf({ area }: Incident, outage: DrillOutage): boolean {
  return area.feeders.length > 0
    ? area.feeders.includes(outage.feeder)
    : area.communes.some((name) => outage.communes.includes(name));
}

/** Answers who waits: those of one incident together, everybody else by himself. */
export interface Agent {
  /** One look at the queue. */
  work(): Promise<void>;
}

export function createAgent(desk: DeskCaller): Agent {
  let keys = 0;
  const key = () => {
    keys += 1;
    return `drill-act-${keys}`;
  };

  async function answerOne(conversationId: string): Promise<void> {
    if ((await desk.act('acts/claim', { conversationId, key: key() })) === undefined) {
      return;
    }
    const say = { conversationId, key: key(), text: OWN_ANSWER, seenSeq: 0, force: true };
    await desk.act('acts/say', say);
    await desk.act('acts/release', { conversationId, key: key() });
  }

  async function answerTogether(id: string): Promise<void> {
    const answer = { id, text: COMMON_ANSWER, key: key() };
    const { left = 0 } = (await desk.act<IncidentReplyAnswer>('incidents/answer', answer)) ?? {};
    if (left > 0) {
      await answerTogether(id);
    }
  }

  return {
    async work() {
      const { queue, folded } = await desk.get<QueueAnswer>('queue');
      for (const { conversationId } of queue) {
        await answerOne(conversationId);
      }
      for (const { incidentId } of folded) {
        await answerTogether(incidentId);
      }
    },
  };
}
