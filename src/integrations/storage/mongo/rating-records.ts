import type { RatingRecord, RatingRecords } from '../../../bot/ports.ts';
import type { MongoDatabase } from './database.ts';
import { TURNS, type TurnDocument, toTurn } from './turn-document.ts';

/** Ratings on MongoDB, read from the turns that hold them. */
export function createMongoRatingRecords(db: MongoDatabase): RatingRecords {
  const turns = db.model(TURNS);

  /** Version of the last tap for each closing in these conversations. */
  async function lastTaps(found: readonly TurnDocument[]): Promise<ReadonlySet<string>> {
    const conversationIds = [...new Set(found.map(({ conversationId }) => conversationId))];
    const all = await turns
      .find(
        { conversationId: { $in: conversationIds }, rating: { $exists: true } },
        { conversationId: 1, version: 1, rating: 1 },
      )
      .sort({ _id: 1 })
      .lean<TurnDocument[]>();
    const last = new Map(all.map((turn) => [`${turn.conversationId}/${turn.rating?.closing}`, turn._id]));
    return new Set(last.values());
  }

  return {
    async ratings({ from, to, limit }) {
      const found = await turns
        .find({ rating: { $exists: true }, at: { $gte: from, $lt: to } })
        .sort({ at: -1, conversationId: 1 })
        .lean<TurnDocument[]>();
      const counting = await lastTaps(found);
      return found
        .filter(({ _id }) => counting.has(_id))
        .slice(0, limit)
        .map(toTurn)
        .flatMap(({ conversationId, at, rating }): RatingRecord[] =>
          rating === undefined ? [] : [{ conversationId, at, ...rating }],
        );
    },
  };
}
