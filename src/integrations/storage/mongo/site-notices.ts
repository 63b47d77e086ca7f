import type { SiteNotice, SiteNoticePlan, SiteNotices } from '../../../bot/accounts/site-notice.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

/** What one contact of an account is told of one version of an outage; its id is `_id`. */
interface SiteNoticeDocument extends Omit<SiteNotice, 'id'> {
  readonly _id: string;
  /** The conversations of `sent`. */
  readonly conversations: readonly string[];
}

const texts = { type: [String], required: true } as const;

export const SITE_NOTICES = defineCollection<SiteNoticeDocument>({
  name: 'site_notices',
  fields: {
    _id: needed.text,
    outageId: needed.text,
    accountId: needed.text,
    contactId: needed.text,
    change: needed.text,
    codes: texts,
    sent: needed.any,
    conversations: texts,
    area: needed.text,
    startsAt: needed.number,
    endsAt: optional.number,
    openUntil: needed.number,
    at: needed.number,
    remindedAt: optional.number,
    confirmedAt: optional.number,
    called: optional.any,
  },
  indexes: [
    { key: { openUntil: 1 } },
    { key: { at: 1 } },
    { key: { codes: 1 } },
    { key: { outageId: 1, accountId: 1 } },
  ],
});

/** What is told to accounts, on MongoDB. */
export function createMongoSiteNotices(db: MongoDatabase): SiteNotices {
  const notices = db.model(SITE_NOTICES);

  async function find(id: string): Promise<SiteNotice | undefined> {
    const found = await notices.findOne({ _id: id }).lean<SiteNoticeDocument>();
    return found === null ? undefined : toNotice(found);
  }

  return {
    async plan({ id, ...plan }: SiteNoticePlan) {
      const conversations = plan.sent.map(({ conversationId }) => conversationId);
      const isNew = await insertOnce<SiteNoticeDocument>(notices, { _id: id, ...plan, conversations });
      if (!isNew) {
        await notices.updateOne({ _id: id }, { $set: { sent: plan.sent, conversations } });
      }
      return isNew;
    },
    find,
    async open(now) {
      const found = await notices
        .find({ openUntil: { $gt: now } })
        .sort({ at: 1, _id: 1 })
        .lean<SiteNoticeDocument[]>();
      return found.map(toNotice);
    },
    async ofAccount(outageId, accountId) {
      const found = await notices.find({ outageId, accountId }).sort({ at: 1, _id: 1 }).lean<SiteNoticeDocument[]>();
      return found.map(toNotice);
    },
    async confirm(id, at) {
      await notices.updateOne({ _id: id, confirmedAt: { $exists: false } }, { $set: { confirmedAt: at } });
      return find(id);
    },
    async remind(id, at) {
      await notices.updateOne({ _id: id }, { $set: { remindedAt: at } });
    },
    async call(id, called) {
      await notices.updateOne({ _id: id, called: { $exists: false } }, { $set: { called } });
      return find(id);
    },
    async prune(before, { codes, conversations } = { codes: [], conversations: [] }) {
      const { deletedCount } = await notices.deleteMany({
        at: { $lt: before },
        codes: { $nin: [...codes] },
        conversations: { $nin: [...conversations] },
      });
      return deletedCount;
    },
  };
}

function toNotice({ _id, conversations: _conversations, ...notice }: SiteNoticeDocument): SiteNotice {
  return { id: _id, ...notice };
}
