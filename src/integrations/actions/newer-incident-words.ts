import type { Incident } from '../../bot/incidents/incident.ts';
import type { IncidentRecords } from '../../bot/incidents/incident-records.ts';
import type { Citation, TrackedMessage } from '../../bot/message.ts';
import type { FindNewerWords } from '../../bot/renew-words.ts';
import { mapWords, type Reply } from '../../dialogs/reply.ts';
import { incidentAsOutage } from '../storage/incident-as-outage.ts';
import { incidentProvenance, incidentSentences } from './incident-words.ts';
import { outageRow } from './outage-words.ts';
import { momentWords } from './spoken-figures.ts';

interface NewerWordsDeps {
  readonly incidents: Pick<IncidentRecords, 'incident' | 'incidentVersions'>;
  readonly clock: { now(): number };
}

/** A merge leads to another incident, and that one may be merged, too. */
const MOST_MERGES = 10;

/** Messages that tell of an incident, in the words of its newest version. */
export function createNewerIncidentWords({ incidents, clock }: NewerWordsDeps): FindNewerWords {
  async function newest(id: string): Promise<Incident | undefined> {
    let incident = await incidents.incident(id);
    for (let merges = 0; incident?.mergedInto !== undefined && merges < MOST_MERGES; merges += 1) {
      incident = await incidents.incident(incident.mergedInto);
    }
    return incident;
  }

  async function renewed(reply: Reply, { id, version }: Citation, toldAt: number) {
    const now = await newest(id);
    if (now === undefined || (now.id === id && now.version <= Number(version))) {
      return undefined;
    }
    const told = (await incidents.incidentVersions(id)).find((one) => String(one.version) === version);
    const words = told && inWordsOf(reply, told, now, { toldAt, now: clock.now() });
    return words && { reply: words, provenance: incidentProvenance(now) };
  }

  return async ({ reply, provenance = [], at }: TrackedMessage) => {
    let words = reply;
    let isNewer = false;
    const sources = [];
    for (const citation of provenance) {
      const { contentVersion: _contentVersion, ...source } = citation;
      const newer =
        citation.record === 'incident' && words !== undefined ? await renewed(words, citation, at) : undefined;
      words = newer?.reply ?? words;
      isNewer ||= newer !== undefined;
      sources.push(newer?.provenance ?? source);
    }
    return isNewer && words !== undefined ? { reply: words, provenance: sources } : undefined;
  };
}

/** The reply with what it tells of the incident changed; `undefined`: it tells nothing of it. */
function inWordsOf(
  reply: Reply,
  told: Incident,
  newest: Incident,
  times: { readonly toldAt: number; readonly now: number },
): Reply | undefined {
  const before = incidentSentences(told, times.toldAt);
  if ('text' in reply && reply.text?.includes(before) === true) {
    return newest.state === 'suspected' || newest.state === 'ongoing'
      ? mapWords(reply, (text) => text.replace(before, () => incidentSentences(newest, times.now)))
      : { kind: 'text', text: `Dạ, ${endSentences(newest)}` };
  }
  const row = outageRow(incidentAsOutage(told), times.toldAt);
  if (reply.kind !== 'card' || !reply.rows.some(({ value }) => value === row.value)) {
    return undefined;
  }
  const value =
    newest.state === 'ongoing' ? outageRow(incidentAsOutage(newest), times.now).value : endSentences(newest);
  return { ...reply, rows: reply.rows.map((one) => (one.value === row.value ? { ...one, value } : one)) };
}

function endSentences({ area, state, restoredAt, updatedAt }: Incident): string {
  return state === 'restored'
    ? `điện lực báo đã cấp điện trở lại cho ${area.text} lúc ${momentWords(restoredAt ?? updatedAt)}.`
    : `điện lực đã kiểm tra và không ghi nhận sự cố ở ${area.text}. Cập nhật lúc ${momentWords(updatedAt)}.`;
}
