import type { IncidentRecords } from '../../../bot/incidents/incident-records.ts';
import type { ProvinceNames } from '../../../bot/incidents/match-outage.ts';
import type { OutageRecords } from '../../../bot/ports.ts';
import type { Outage, PlannedOutage } from '../../../bot/records.ts';
import { foldWords } from '../../../dialogs/fold-words.ts';
import { createOutageRecords, type OutageCandidates } from '../find-outages.ts';
import { defineCollection, needed, optional } from './collection.ts';
import type { MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';

export interface OutageDocument {
  readonly _id: string;
  readonly unit: string;
  /** Without marks, in lower case. */
  readonly provinceKey: string;
  readonly state: Outage['state'];
  readonly startsAt: number;
  /** Absent while nobody knows, or while the outage lasts longer than was expected. */
  readonly endsAt?: number;
  readonly record: Outage;
}

export const OUTAGES = defineCollection<OutageDocument>({
  name: 'outages',
  fields: {
    _id: needed.text,
    unit: needed.text,
    provinceKey: needed.text,
    state: needed.text,
    startsAt: needed.number,
    endsAt: optional.number,
    record: needed.any,
  },
  indexes: [{ key: { state: 1, startsAt: 1 } }],
});

export function toOutageDocument(outage: Outage): OutageDocument {
  const { id, unit, province, state, from, to } = outage;
  return {
    _id: id,
    unit,
    provinceKey: foldWords(province),
    state,
    startsAt: from,
    // An outage that goes on is not over because its expected end has passed.
    ...(state !== 'ongoing' && to !== undefined && { endsAt: to }),
    record: toDocumentValue(outage) as Outage,
  };
}

/** Planned outages on MongoDB, beside the incidents. */
export function createMongoOutageRecords(
  db: MongoDatabase,
  {
    provinceNames,
    incidents,
  }: { readonly provinceNames: ProvinceNames; readonly incidents: Pick<IncidentRecords, 'openIncidents'> },
): OutageRecords {
  const outages = db.model(OUTAGES);

  const planned: OutageCandidates = async ({ from, to, provinces, unit, unitsFrom }) => {
    const where = [
      ...(provinces === undefined ? [] : [{ provinceKey: { $in: provinces } }]),
      ...(unit === undefined ? [] : [{ unit }]),
      ...(unitsFrom === undefined ? [] : [{ unit: { $gte: unitsFrom, $lt: `${unitsFrom}~` } }]),
    ];
    const found = await outages
      .find({
        state: { $in: ['scheduled', 'ongoing'] },
        startsAt: { $lt: to },
        $and: [
          { $or: [{ endsAt: { $exists: false } }, { endsAt: { $gt: from } }] },
          ...(where.length > 0 ? [{ $or: where }] : []),
        ],
      })
      .sort({ startsAt: 1, _id: 1 })
      .lean<OutageDocument[]>();
    return found.map(({ record }) => fromDocumentValue<Outage>(record));
  };
  const scheduled = async ({ from, to }: { readonly from: number; readonly to: number }) => {
    const found = await outages
      .find({ startsAt: { $gte: from, $lt: to } })
      .sort({ startsAt: 1, _id: 1 })
      .lean<OutageDocument[]>();
    const records = found.map(({ record }) => fromDocumentValue<Outage>(record));
    return records.filter((outage): outage is PlannedOutage => outage.kind === 'planned');
  };
  return createOutageRecords(provinceNames, { planned, scheduled, incidents });
}
