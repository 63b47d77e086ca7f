import type { InboundEvent } from '../../../bot/message.ts';
import type { EchoMark, WaitingEvent, WaitingStore } from '../../channels/zalo/store.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';

/** An event that waits a moment: for one that happened earlier, or for the answer to a send. Its key is `_id`. */
interface WaitingDocument {
  readonly _id: string;
  readonly conversationId: string;
  readonly orderKey: number;
  /** UTC ms. */
  readonly due: number;
  readonly event: InboundEvent;
  readonly echo?: EchoMark;
}

export const ZALO_WAITING = defineCollection<WaitingDocument>({
  name: 'zalo_waiting',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    orderKey: needed.number,
    due: needed.number,
    event: needed.any,
    echo: optional.any,
  },
  indexes: [{ key: { due: 1 } }, { key: { conversationId: 1, orderKey: 1 } }],
});

const MOST_AT_ONCE = 500;

/** Zalo's waiting events on MongoDB. */
export function createMongoZaloWaiting(db: MongoDatabase): WaitingStore {
  const waiting = db.model(ZALO_WAITING);
  return {
    async put({ event, echo }, due) {
      await insertOnce<WaitingDocument>(waiting, {
        _id: event.key,
        conversationId: event.conversationId,
        orderKey: event.orderKey,
        due,
        event: toDocumentValue(event) as InboundEvent,
        ...(echo !== undefined && { echo }),
      });
    },
    async due(now) {
      const due = await waiting
        .find({ due: { $lte: now } })
        .limit(MOST_AT_ONCE)
        .lean<WaitingDocument[]>();
      const conversationIds = [...new Set(due.map((one) => one.conversationId))];
      if (conversationIds.length === 0) {
        return [];
      }
      const all = await waiting
        .find({ conversationId: { $in: conversationIds } })
        .sort({ conversationId: 1, orderKey: 1, _id: 1 })
        .limit(MOST_AT_ONCE)
        .lean<WaitingDocument[]>();
      return all.filter((one) => isOverdue(one, due)).map(toWaiting);
    },
    async remove(key) {
      await waiting.deleteOne({ _id: key });
    },
  };
}

/** Due itself, or in front of one that is due and may not overtake it; an echo is passed by. */
function isOverdue(one: WaitingDocument, due: readonly WaitingDocument[]): boolean {
  return due.some(
    (other) =>
      other._id === one._id ||
      (one.echo === undefined && other.conversationId === one.conversationId && other.orderKey >= one.orderKey),
  );
}

function toWaiting({ event, echo }: WaitingDocument): WaitingEvent {
  return { event: fromDocumentValue<InboundEvent>(event), ...(echo !== undefined && { echo }) };
}
