import type { Turn } from '../../../bot/turn.ts';
import type { MongoDatabase } from './database.ts';
import { turnKey } from './turn-document.ts';

/**
 * Writes what is derived from a turn, then marks it as projected. Every write may be made again, by this process or by
 * another: a crash between two of them leaves the turn pending, and the sweep begins anew.
 */
export function createProjection(db: MongoDatabase): (turn: Turn) => Promise<void> {
  return async (turn) => {
    await markHandled(db, turn.handles);
    await db.turns.updateOne({ _id: turnKey(turn.conversationId, turn.version) }, { $set: { projected: true } });
  };
}

/** Events that a committed turn names wait no longer. */
export async function markHandled(db: MongoDatabase, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) {
    await db.events.updateMany({ _id: { $in: keys } }, { $set: { waiting: false }, $unset: { content: 1 } });
  }
}
