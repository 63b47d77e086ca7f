import type { InboundEvent } from '../../../bot/message.ts';
import type { EventInbox } from '../../../bot/ports.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { EVENTS, toEvent, toEventDocument } from './event-document.ts';
import { markHandled } from './project-turn.ts';
import { TURNS } from './turn-document.ts';

/** Inbound events on MongoDB: durable on a majority when `receive` resolves. */
export function createMongoEventInbox(db: MongoDatabase): EventInbox {
  const events = db.model(EVENTS);
  const turns = db.model(TURNS);

  /** Those that a committed turn names: their projection is pending, or they came again after they were forgotten. */
  async function namedByTurns(waiting: readonly InboundEvent[]): Promise<ReadonlySet<string>> {
    const keys = waiting.map((event) => event.key);
    const named = await turns.find({ handles: { $in: keys } }, { handles: 1 }).lean();
    return new Set(named.flatMap((turn) => turn.handles));
  }

  return {
    receive: async (event) => ((await insertOnce(events, toEventDocument(event))) ? 'stored' : 'repeat'),
    async unhandled({ before, limit }) {
      const documents = await events
        .find({ waiting: true, receivedAt: { $lt: before } })
        .sort({ conversationId: 1, orderKey: 1, receivedAt: 1, _id: 1 })
        .limit(limit)
        .lean();
      if (documents.length === 0) {
        return [];
      }
      const waiting = documents.map(toEvent);
      const named = await namedByTurns(waiting);
      await markHandled(
        db,
        waiting.map((event) => event.key).filter((key) => named.has(key)),
      );
      return waiting.filter((event) => !named.has(event.key));
    },
    async prune(before, except = []) {
      const old = { waiting: false, receivedAt: { $lt: before }, conversationId: { $nin: [...except] } };
      const { deletedCount } = await events.deleteMany(old);
      return deletedCount;
    },
  };
}
