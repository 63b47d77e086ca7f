import type { Campaign, CampaignState, CampaignStore } from '../../../bot/notices/campaign.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';

interface CampaignDocument {
  readonly _id: string;
  readonly subject: string;
  readonly createdAt: number;
  readonly state: CampaignState;
  readonly seen: number;
  readonly cursor?: string;
  readonly record: Campaign;
}

export const CAMPAIGNS = defineCollection<CampaignDocument>({
  name: 'campaigns',
  fields: {
    _id: needed.text,
    subject: needed.text,
    createdAt: needed.number,
    state: needed.text,
    seen: needed.number,
    cursor: optional.text,
    record: needed.any,
  },
  indexes: [{ key: { createdAt: -1 } }, { key: { subject: 1, createdAt: -1 } }],
});

const OPEN: readonly CampaignState[] = ['running', 'paused'];

/** Campaigns on MongoDB: making one is one insert. */
export function createMongoCampaignStore(db: MongoDatabase): CampaignStore {
  const campaigns = db.model(CAMPAIGNS);
  const newest = { createdAt: -1, _id: -1 } as const;
  return {
    async create(campaign) {
      const { id, subject, createdAt, progress } = campaign;
      const { state, seen, cursor } = progress;
      const record = toDocumentValue(campaign) as Campaign;
      const place = { state, seen, ...(cursor !== undefined && { cursor }) };
      return insertOnce(campaigns, { _id: id, subject, createdAt, ...place, record });
    },
    find: async (id) => toCampaign(await campaigns.findOne({ _id: id }).lean<CampaignDocument>()),
    latest: async (subject) => toCampaign(await campaigns.findOne({ subject }).sort(newest).lean<CampaignDocument>()),
    async list({ states, limit }) {
      const found = await campaigns
        .find(states === undefined ? {} : { state: { $in: states } })
        .sort(newest)
        .limit(limit)
        .lean<CampaignDocument[]>();
      return found.flatMap((document) => toCampaign(document) ?? []);
    },
    async advance(id, { seen, cursor }) {
      await campaigns.updateOne({ _id: id, seen: { $lte: seen } }, { $set: { seen, cursor } });
    },
    async change(id, state) {
      const { matchedCount } = await campaigns.updateOne({ _id: id, state: { $in: OPEN } }, { $set: { state } });
      return matchedCount > 0;
    },
  };
}

function toCampaign(document: CampaignDocument | null): Campaign | undefined {
  if (document === null) {
    return undefined;
  }
  const { state, seen, cursor, record } = document;
  const campaign = fromDocumentValue<Campaign>(record);
  const { total } = campaign.progress;
  return { ...campaign, progress: { total, state, seen, ...(cursor != null && { cursor }) } };
}
