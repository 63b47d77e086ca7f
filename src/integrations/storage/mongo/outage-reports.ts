import {
  type IncidentLink,
  type KeptLink,
  LINKED_BEFORE_MS,
  type OutageReport,
  type OutageReports,
} from '../../../bot/incidents/outage-report.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';

/** A report; its id is `_id`. */
interface ReportDocument {
  readonly _id: string;
  readonly conversationId: string;
  readonly at: number;
  readonly keys: readonly string[];
  readonly record: OutageReport;
}

export const OUTAGE_REPORTS = defineCollection<ReportDocument>({
  name: 'outage_reports',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    at: needed.number,
    keys: needed.any,
    record: needed.any,
  },
  indexes: [{ key: { at: 1 } }, { key: { keys: 1, at: 1 } }, { key: { conversationId: 1, at: -1 } }],
});

/** Which incident a conversation belongs to; `_id` is `<incident>|<conversation>`. */
interface LinkDocument extends KeptLink {
  readonly _id: string;
}

export const INCIDENT_LINKS = defineCollection<LinkDocument>({
  name: 'incident_links',
  fields: {
    _id: needed.text,
    incidentId: needed.text,
    conversationId: needed.text,
    reportedAt: needed.number,
    reasons: needed.any,
    isVulnerable: needed.flag,
    toldAt: optional.number,
    answer: optional.text,
  },
  indexes: [{ key: { incidentId: 1, toldAt: 1 } }, { key: { conversationId: 1 } }, { key: { reportedAt: 1 } }],
});

const LOOKED_UP_AT_ONCE = 1_000;

/** Reports of outages and what they belong to, on MongoDB. */
export function createMongoOutageReports(db: MongoDatabase): OutageReports {
  const reports = db.model(OUTAGE_REPORTS);
  const links = db.model(INCIDENT_LINKS);
  const count = (filter: object) => links.countDocuments(filter);

  return {
    addReport: (report, keys) =>
      insertOnce<ReportDocument>(reports, {
        ...{ _id: report.id, conversationId: report.conversationId, at: report.at, keys },
        record: toDocumentValue(report) as OutageReport,
      }),
    async unlinked({ keys, since, limit }) {
      const found = await reports
        .find({ keys: { $in: keys }, at: { $gte: since } })
        .sort({ at: 1, _id: 1 })
        .limit(limit)
        .lean<ReportDocument[]>();
      const ids = [...new Set(found.map(({ conversationId }) => conversationId))];
      const linked = await links
        .find({ conversationId: { $in: ids }, reportedAt: { $gte: since } })
        .lean<LinkDocument[]>();
      const taken = new Set(linked.map(({ conversationId }) => conversationId));
      return found
        .filter(({ conversationId }) => !taken.has(conversationId))
        .map(({ record }) => fromDocumentValue<OutageReport>(record));
    },
    async lastReport(conversationId) {
      const found = await reports.findOne({ conversationId }).sort({ at: -1, _id: -1 }).lean<ReportDocument>();
      return found === null ? undefined : fromDocumentValue<OutageReport>(found.record);
    },
    countReports: (since) => reports.countDocuments({ at: { $gte: since } }),
    async reportersIn({ from, to }) {
      const reported = { at: { $gte: from, $lt: to }, 'record.kind': { $in: ['reported', 'asked'] } };
      const reporters: string[] = await reports.distinct('conversationId', reported as object);
      let grouped = 0;
      for (let next = 0; next < reporters.length; next += LOOKED_UP_AT_ONCE) {
        const linked: string[] = await links.distinct('conversationId', {
          conversationId: { $in: reporters.slice(next, next + LOOKED_UP_AT_ONCE) },
          reportedAt: { $gte: from - LINKED_BEFORE_MS, $lt: to },
        });
        grouped += linked.length;
      }
      return { reporters: reporters.length, grouped };
    },
    async link(link: IncidentLink) {
      const _id = keyOf(link.incidentId, link.conversationId);
      if (await insertOnce<LinkDocument>(links, { _id, ...link })) {
        return true;
      }
      if (link.isVulnerable) {
        await links.updateOne({ _id }, { $set: { isVulnerable: true } });
      }
      return false;
    },
    async linksOf(conversationId) {
      const found = await links.find({ conversationId }).sort({ reportedAt: -1, incidentId: 1 }).lean<LinkDocument[]>();
      return found.map(toLink);
    },
    async linksAmong(conversationIds) {
      const found: KeptLink[] = [];
      for (let next = 0; next < conversationIds.length; next += LOOKED_UP_AT_ONCE) {
        const some = conversationIds.slice(next, next + LOOKED_UP_AT_ONCE);
        found.push(...(await links.find({ conversationId: { $in: some } }).lean<LinkDocument[]>()).map(toLink));
      }
      return found;
    },
    async untold(incidentId, limit) {
      const found = await links
        .find({ incidentId, toldAt: { $exists: false } })
        .sort({ conversationId: 1 })
        .limit(limit)
        .lean<LinkDocument[]>();
      return found.map(toLink);
    },
    async told(incidentId, conversationId, at) {
      await links.updateOne(
        { _id: keyOf(incidentId, conversationId), toldAt: { $exists: false } },
        { $set: { toldAt: at } },
      );
    },
    async answered(incidentId, conversationId, answer) {
      await links.updateOne({ _id: keyOf(incidentId, conversationId) }, { $set: { answer } });
    },
    async linkCounts(incidentId) {
      const [linked, vulnerable, told, back, stillOut] = await Promise.all([
        count({ incidentId }),
        count({ incidentId, isVulnerable: true }),
        count({ incidentId, toldAt: { $exists: true } }),
        count({ incidentId, answer: 'back' }),
        count({ incidentId, answer: 'still_out' }),
      ]);
      return { linked, vulnerable, told, back, stillOut };
    },
    async pruneReports(before, except = []) {
      const conversationId = { $nin: [...except] };
      const [gone, unlinked] = await Promise.all([
        reports.deleteMany({ at: { $lt: before }, conversationId }),
        links.deleteMany({ reportedAt: { $lt: before }, conversationId }),
      ]);
      return gone.deletedCount + unlinked.deletedCount;
    },
  };
}

function keyOf(incidentId: string, conversationId: string): string {
  return `${incidentId}|${conversationId}`;
}

function toLink({ _id, ...link }: LinkDocument): KeptLink {
  return link;
}
