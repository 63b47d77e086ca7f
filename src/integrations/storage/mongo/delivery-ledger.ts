import type { DeliveryState } from '../../../bot/message.ts';
import type { DeliveryLedger } from '../../../bot/ports.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { ATTEMPTS, type AttemptDocument, attemptKey, DELIVERIES } from './delivery-documents.ts';
import { createFindDue, type SettleDelivery } from './find-due.ts';
import { numberedKey } from './numbered-key.ts';

/** While an attempt is under way its delivery says `queued`: a receipt may come before the answer of the channel. */
const SENT: readonly DeliveryState[] = ['queued', 'accepted', 'uncertain'];

/** It did not go out, or nobody knows. */
const OVER: readonly DeliveryState[] = ['failed', 'uncertain'];

/** Deliveries on MongoDB. An attempt is one unique insert; what a delivery has come to is read from its attempts. */
export function createMongoDeliveryLedger(db: MongoDatabase): DeliveryLedger {
  const deliveries = db.model(DELIVERIES);
  const attempts = db.model(ATTEMPTS);

  /** Writes what an attempt came to into its delivery, unless a receipt has said more. */
  const settle: SettleDelivery = async (attempt, { state, reason, channelMessageId, nextAt }) => {
    await deliveries.updateOne(
      {
        _id: numberedKey(attempt.conversationId, attempt.seq),
        state: { $nin: state === 'uncertain' ? ['accepted', 'delivered', 'read'] : ['delivered', 'read'] },
      },
      {
        $set: {
          state,
          waiting: state === 'queued',
          ...(reason !== undefined && { failure: reason }),
          ...(channelMessageId !== undefined && { channelMessageId }),
          ...(nextAt !== undefined && { nextAt }),
        },
        ...(reason === undefined && { $unset: { failure: 1 } }),
      },
    );
  };

  return {
    due: createFindDue(db, settle),
    begin: (attempt) => {
      const delivery = numberedKey(attempt.conversationId, attempt.seq);
      return insertOnce<AttemptDocument>(attempts, { _id: attemptKey(attempt), delivery, isOpen: true, ...attempt });
    },
    async finish(attempt, outcome) {
      await attempts.updateOne({ _id: attemptKey(attempt) }, { $set: { isOpen: false, ...outcome } });
      await settle(attempt, outcome);
    },
    async open({ before, limit, conversationId }) {
      const found = await attempts
        .find({ isOpen: true, at: { $lt: before }, ...(conversationId !== undefined ? { conversationId } : {}) })
        .sort({ at: 1 })
        .limit(limit)
        .lean<AttemptDocument[]>();
      return found.map(({ conversationId: id, seq, number, at }) => ({ conversationId: id, seq, number, at }));
    },
    async retry(conversationId, seq, at) {
      const delivery = numberedKey(conversationId, seq);
      const isOver = { _id: delivery, state: { $in: OVER } } as const;
      if ((await deliveries.exists(isOver)) === null) {
        return false;
      }
      // The attempts first: from them a delivery is settled again while it waits.
      await attempts.updateMany({ delivery, isOpen: false }, { $set: { state: 'queued', nextAt: at } });
      const back = { $set: { state: 'queued', waiting: true, nextAt: at }, $unset: { failure: 1 } };
      return (await deliveries.updateOne(isOver, back)).modifiedCount === 1;
    },
    async receipt(conversationId, seq, state) {
      const earlier = state === 'read' ? [...SENT, 'delivered' as const] : SENT;
      await deliveries.updateOne(
        { _id: numberedKey(conversationId, seq), state: { $in: earlier } },
        { $set: { state, waiting: false } },
      );
    },
  };
}
