import { parseConversationId } from '../../../bot/conversation.ts';
import { LINKED_BEFORE_MS, type OutageReport, type OutageReports } from '../../../bot/incidents/outage-report.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';
import { createMongoIncidentLinks, INCIDENT_LINKS } from './incident-links.ts';

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

const LOOKED_UP_AT_ONCE = 1_000;

/** Reports of outages and what they belong to, on MongoDB. */
export function createMongoOutageReports(db: MongoDatabase): OutageReports {
  const reports = db.model(OUTAGE_REPORTS);
  const links = db.model(INCIDENT_LINKS);

  return {
    ...createMongoIncidentLinks(db),
    addReport: (report, keys) =>
      insertOnce<ReportDocument>(reports, {
        ...{ _id: report.id, conversationId: report.conversationId, at: report.at, keys },
        record: toDocumentValue(report) as OutageReport,
      }),
    async unlinked({ keys, since, limit }) {
      const left: OutageReport[] = [];
      // In a storm most of them belong somewhere: one page of them may hold nobody who does not.
      for (let skipped = 0; left.length < limit; skipped += limit) {
        const found = await reports
          .find({ keys: { $in: keys }, at: { $gte: since } })
          .sort({ at: 1, _id: 1 })
          .skip(skipped)
          .limit(limit)
          .lean<ReportDocument[]>();
        const ids = [...new Set(found.map(({ conversationId }) => conversationId))];
        const linked: string[] = await links.distinct('conversationId', {
          conversationId: { $in: ids },
          reportedAt: { $gte: since },
        });
        const taken = new Set(linked);
        const free = found.filter(({ conversationId }) => !taken.has(conversationId));
        left.push(...free.map(({ record }) => fromDocumentValue<OutageReport>(record)));
        if (found.length < limit) {
          break;
        }
      }
      return left.slice(0, limit);
    },
    async feedersAt({ key, since, limit }) {
      const found = await reports
        .find({ keys: key, at: { $gte: since } })
        .sort({ at: -1 })
        .limit(limit)
        .lean<ReportDocument[]>();
      const feeders = found.flatMap(({ record }) => fromDocumentValue<OutageReport>(record).where.feeder ?? []);
      return new Map([...Map.groupBy(feeders, (feeder) => feeder)].map(([feeder, all]) => [feeder, all.length]));
    },
    async lastReport(conversationId) {
      const found = await reports.findOne({ conversationId }).sort({ at: -1, _id: -1 }).lean<ReportDocument>();
      return found === null ? undefined : fromDocumentValue<OutageReport>(found.record);
    },
    countReports: (since) => reports.countDocuments({ at: { $gte: since } }),
    async reportersIn({ from, to }) {
      const reported = { at: { $gte: from, $lt: to }, 'record.kind': { $in: ['reported', 'asked'] } };
      const reporters: string[] = await reports.distinct('conversationId', reported as object);
      const grouped: string[] = [];
      for (let next = 0; next < reporters.length; next += LOOKED_UP_AT_ONCE) {
        const linked: string[] = await links.distinct('conversationId', {
          conversationId: { $in: reporters.slice(next, next + LOOKED_UP_AT_ONCE) },
          reportedAt: { $gte: from - LINKED_BEFORE_MS, $lt: to },
        });
        grouped.push(...linked);
      }
      const channelOf = (id: string) => parseConversationId(id).channel;
      const groupedOn = Map.groupBy(grouped, channelOf);
      return Array.from(Map.groupBy(reporters, channelOf), ([channel, them]) => ({
        ...{ channel, reporters: them.length, grouped: groupedOn.get(channel)?.length ?? 0 },
      }));
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
