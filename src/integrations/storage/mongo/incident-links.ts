import type { IncidentLink, IncidentLinks, KeptLink } from '../../../bot/incidents/outage-report.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

/** Which incident a conversation belongs to; `_id` is `<incident>|<conversation>`. */
export interface LinkDocument extends KeptLink {
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
    lines: optional.any,
  },
  indexes: [{ key: { incidentId: 1, toldAt: 1 } }, { key: { conversationId: 1 } }, { key: { reportedAt: 1 } }],
});

const LOOKED_UP_AT_ONCE = 1_000;

/** Which conversations belong to which incident, on MongoDB. */
export function createMongoIncidentLinks(db: MongoDatabase): IncidentLinks {
  const links = db.model(INCIDENT_LINKS);
  const count = (filter: object) => links.countDocuments(filter);

  return {
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
    async strangers(incidentId, lines, limit) {
      const found = await links
        .find({ incidentId, toldAt: { $exists: false }, 'lines.0': { $exists: true }, lines: { $nin: lines } })
        .sort({ conversationId: 1 })
        .limit(limit)
        .lean<LinkDocument[]>();
      return found.map(toLink);
    },
    async unlink(incidentId, conversationId) {
      await links.deleteOne({ _id: keyOf(incidentId, conversationId) });
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
  };
}

function keyOf(incidentId: string, conversationId: string): string {
  return `${incidentId}|${conversationId}`;
}

function toLink({ _id, ...link }: LinkDocument): KeptLink {
  return link;
}
