import type { InboundEvent } from '../../../bot/message.ts';
import type { EventInbox } from '../../../bot/ports.ts';
import { isDuplicateKey, type MongoDatabase } from './database.ts';
import { toEvent, toEventDocument } from './event-document.ts';
import { markHandled } from './project-turn.ts';

/** Inbound events on MongoDB: durable on a majority when `receive` resolves. */
export function createMongoEventInbox(db: MongoDatabase): EventInbox {
  /** Those that a committed turn names: their projection is pending, or they came again after they were forgotten. */
  async function namedByTurns(events: readonly InboundEvent[]): Promise<ReadonlySet<string>> {
    const keys = events.map((event) => event.key);
    const named = await db.turns.find({ handles: { $in: keys } }, { handles: 1 }).lean();
    return new Set(named.flatMap((turn) => turn.handles));
  }

  return {
    async receive(event) {
      try {
        await db.events.insertOne(toEventDocument(event));
        return 'stored';
      } catch (error) {
        if (isDuplicateKey(error)) {
          return 'repeat';
        }
        throw error;
      }
    },
    async unhandled({ before, limit }) {
      const waiting = await db.events
        .find({ waiting: true, receivedAt: { $lt: before } })
        .sort({ conversationId: 1, orderKey: 1, receivedAt: 1, _id: 1 })
        .limit(limit)
        .lean();
      if (waiting.length === 0) {
        return [];
      }
      const events = waiting.map(toEvent);
      const named = await namedByTurns(events);
      await markHandled(
        db,
        events.map((event) => event.key).filter((key) => named.has(key)),
      );
      return events.filter((event) => !named.has(event.key));
    },
    async prune(before) {
      const { deletedCount } = await db.events.deleteMany({ waiting: false, receivedAt: { $lt: before } });
      return deletedCount;
    },
  };
}
