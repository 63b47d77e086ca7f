import { parseConversationId } from '../../../bot/conversation.ts';
import type { NoticeRecord, NoticeState } from '../../../bot/notices/notice.ts';
import type { NoticeCount, NoticeLedger } from '../../../bot/notices/notice-ledger.ts';
import type { Clock } from '../../../bot/ports.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';

/** A notice; its key is `_id`. `record` goes once its words stand in a turn, but for the way on. */
interface NoticeDocument {
  readonly _id: string;
  readonly campaign?: string;
  readonly conversationId: string;
  readonly channel: string;
  readonly state: NoticeState;
  readonly reason?: string;
  readonly plannedAt: number;
  readonly nextAt: number;
  readonly record: Omit<NoticeRecord, 'replies'>;
  readonly replies?: NoticeRecord['replies'];
}

export const NOTICES = defineCollection<NoticeDocument>({
  name: 'notices',
  fields: {
    _id: needed.text,
    campaign: optional.text,
    conversationId: needed.text,
    channel: needed.text,
    state: needed.text,
    reason: optional.text,
    plannedAt: needed.number,
    nextAt: needed.number,
    record: needed.any,
    replies: optional.any,
  },
  indexes: [
    { key: { state: 1, channel: 1, nextAt: 1 } },
    { key: { campaign: 1, state: 1, reason: 1 } },
    { key: { plannedAt: 1 } },
  ],
});

const OPEN: readonly NoticeState[] = ['waiting', 'given'];
const PRUNED_AT_ONCE = 1_000;

/** Notices on MongoDB: planning one is one insert, unique by its key. */
export function createMongoNoticeLedger(db: MongoDatabase, clock: Clock): NoticeLedger {
  const notices = db.model(NOTICES);

  function add(record: Omit<NoticeRecord, 'replies'>, more: Pick<NoticeDocument, 'state' | 'nextAt'> & object) {
    const { key, campaign, conversationId } = record;
    const { channel } = parseConversationId(conversationId);
    return insertOnce(notices, {
      ...{ _id: key, conversationId, channel, plannedAt: clock.now(), record: toDocumentValue(record) as NoticeRecord },
      ...(campaign !== undefined && { campaign }),
      ...more,
    });
  }

  /** Of those that match, by state and reason. */
  async function tally(which: object): Promise<readonly NoticeCount[]> {
    const found = await notices.aggregate<{ readonly _id: Omit<NoticeCount, 'count'>; readonly count: number }>([
      { $match: which },
      { $group: { _id: { state: '$state', reason: '$reason' }, count: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ]);
    return found.map(({ _id: { state, reason }, count }) => ({ state, count, ...(reason != null && { reason }) }));
  }

  return {
    plan: ({ replies, ...record }, nextAt) =>
      add(record, { state: 'waiting', nextAt, ...{ replies: toDocumentValue(replies) as NoticeRecord['replies'] } }),
    skip: (record, reason) => add(record, { state: 'skipped', nextAt: clock.now(), ...{ reason } }),
    async waiting({ channel, held, now, limit }) {
      const found = await notices
        .find({ state: 'waiting', channel, nextAt: { $lte: now }, campaign: { $nin: held } })
        .sort({ nextAt: 1 })
        .limit(limit)
        .lean<NoticeDocument[]>();
      return found.map(toRecord);
    },
    async unsettled({ now, limit }) {
      const found = await notices
        .find({ state: 'given', nextAt: { $lte: now } })
        .sort({ nextAt: 1 })
        .limit(limit)
        .lean<NoticeDocument[]>();
      return found.map(toRecord);
    },
    async drop(campaign) {
      const set = { state: 'skipped', reason: 'stopped' };
      await notices.updateMany({ campaign, state: 'waiting' }, { $set: set, $unset: { replies: 1 } });
    },
    async given({ key, putOff = 0 }, nextAt) {
      const isSame = putOff === 0 ? { 'record.putOff': { $exists: false } } : { 'record.putOff': putOff };
      const set = { state: 'given', nextAt };
      await notices.updateOne({ _id: key, state: { $in: OPEN }, ...isSame }, { $set: set, $unset: { replies: 1 } });
    },
    async putOff({ key, putOff = 0, replies }, nextAt) {
      const isFewer = { $or: [{ 'record.putOff': { $exists: false } }, { 'record.putOff': { $lt: putOff } }] };
      const set = { state: 'waiting', nextAt, replies: toDocumentValue(replies), 'record.putOff': putOff };
      const { modifiedCount } = await notices.updateOne(
        { _id: key, state: { $ne: 'failed' }, ...isFewer },
        { $set: set, $unset: { reason: 1 } },
      );
      return modifiedCount > 0;
    },
    async settle(key, state, reason) {
      const set = { state, ...(reason !== undefined && { reason }) };
      const unset = { replies: 1, ...(reason === undefined && { reason: 1 }) };
      await notices.updateOne({ _id: key, state: { $ne: 'failed' } }, { $set: set, $unset: unset });
    },
    counts: (campaign) => tally({ campaign }),
    wentElsewhere: (campaign) => tally({ campaign, state: 'failed', 'record.fallback': { $exists: true } }),
    async prune(before, except = []) {
      const old = { plannedAt: { $lt: before }, state: { $nin: OPEN }, conversationId: { $nin: [...except] } };
      const found = await notices.find(old, { _id: 1 }).limit(PRUNED_AT_ONCE).lean();
      await notices.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } });
      return found.length;
    },
    async standing(keys) {
      const found = await notices
        .find({ _id: { $in: [...keys] } }, { _id: 1, conversationId: 1, state: 1, reason: 1, plannedAt: 1 })
        .lean<NoticeDocument[]>();
      return new Map(
        found.map(({ _id, conversationId, state, reason, plannedAt }) => [
          _id,
          { conversationId, state, plannedAt, ...(reason !== undefined && { reason }) },
        ]),
      );
    },
    async find(key) {
      const found = await notices.findOne({ _id: key }).lean<NoticeDocument>();
      return found === null ? undefined : toRecord(found);
    },
  };
}

function toRecord({ record, replies }: NoticeDocument): NoticeRecord {
  return { ...fromDocumentValue<NoticeRecord>(record), replies: fromDocumentValue(replies ?? []) };
}
