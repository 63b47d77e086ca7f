import { byStart, type Incident, type IncidentState, isOpen } from '../../../bot/incidents/incident.ts';
import type { IncidentRecords } from '../../../bot/incidents/incident-records.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';
import { numberedKey } from './numbered-key.ts';

/** One version; `_id` is `<incident>/<zero-padded version>`: its uniqueness decides who makes it. */
interface IncidentDocument {
  readonly _id: string;
  readonly incident: string;
  readonly version: number;
  readonly state: IncidentState;
  readonly updatedAt: number;
  readonly record: Incident;
}

export const INCIDENTS = defineCollection<IncidentDocument>({
  name: 'incidents',
  fields: {
    _id: needed.text,
    incident: needed.text,
    version: needed.number,
    state: needed.text,
    updatedAt: needed.number,
    record: needed.any,
  },
  indexes: [{ key: { incident: 1, version: -1 } }, { key: { state: 1, updatedAt: -1 } }],
});

/** Where to look for open incidents: there before the first version, gone after the last one. */
interface OpenDocument {
  readonly _id: string;
}

export const OPEN_INCIDENTS = defineCollection<OpenDocument>({
  name: 'open_incidents',
  fields: { _id: needed.text },
});

const ENDS: readonly IncidentState[] = ['restored', 'cancelled', 'merged'];

/** Incidents on MongoDB, a document for each version. */
export function createMongoIncidentRecords(db: MongoDatabase): IncidentRecords {
  const incidents = db.model(INCIDENTS);
  const open = db.model(OPEN_INCIDENTS);

  async function newest(id: string): Promise<Incident | undefined> {
    const found = await incidents.findOne({ incident: id }).sort({ version: -1 }).lean<IncidentDocument>();
    return found === null ? undefined : parse(found);
  }

  return {
    async append(incident) {
      const { id, version, state, updatedAt } = incident;
      // First: a crash between the two writes must not leave an incident that nobody finds. An end is final, so what
      // is taken off below never comes back.
      if (isOpen(incident)) {
        await insertOnce<OpenDocument>(open, { _id: id });
      }
      const record = toDocumentValue(incident) as Incident;
      const document = { _id: numberedKey(id, version), incident: id, version, state, updatedAt, record };
      if (!(await insertOnce<IncidentDocument>(incidents, document))) {
        return 'version_taken';
      }
      if (!isOpen(incident)) {
        await open.deleteOne({ _id: id });
      }
      return 'appended';
    },
    incident: newest,
    async openIncidents() {
      const ids = (await open.find().lean<OpenDocument[]>()).map(({ _id }) => _id);
      const found = (await Promise.all(ids.map(newest))).filter((incident) => incident !== undefined);
      return found.filter(isOpen).sort(byStart);
    },
    async endedIncidents(since, limit) {
      const found = await incidents
        .find({ state: { $in: ENDS }, updatedAt: { $gte: since } })
        .sort({ updatedAt: -1, incident: 1 })
        .limit(limit)
        .lean<IncidentDocument[]>();
      return found.map(parse);
    },
    async incidentVersions(id) {
      const found = await incidents.find({ incident: id }).sort({ version: 1 }).lean<IncidentDocument[]>();
      return found.map(parse);
    },
  };
}

function parse({ record }: IncidentDocument): Incident {
  return fromDocumentValue<Incident>(record);
}
