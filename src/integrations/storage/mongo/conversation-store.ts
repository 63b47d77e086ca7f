import type { ConversationStore } from '../../../bot/ports.ts';
import type { Turn } from '../../../bot/turn.ts';
import { isDuplicateKey, type MongoDatabase } from './database.ts';
import { createProjection } from './project-turn.ts';
import { toTurn, toTurnDocument, turnKey, turnsOf } from './turn-document.ts';

export interface StoreLog {
  error(details: object, message: string): void;
}

/** The chain of turns on MongoDB. One insert commits a turn; what is derived from it is written after. */
export function createMongoConversationStore(db: MongoDatabase, log: StoreLog): ConversationStore {
  const project = createProjection(db);

  /** Whether the turn is in the chain: by this insert, or by an earlier one of ours whose answer was lost. */
  async function insert(turn: Turn): Promise<boolean> {
    try {
      await db.turns.insertOne(toTurnDocument(turn));
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) {
        throw error;
      }
      const key = turnKey(turn.conversationId, turn.version);
      return (await db.turns.exists({ _id: key, id: turn.id })) !== null;
    }
  }

  return {
    async head(conversationId) {
      const newest = await db.turns.findOne(turnsOf(conversationId)).sort({ _id: -1 }).lean();
      return newest === null ? undefined : toTurn(newest);
    },
    // Asked of the turns themselves: their projection may still be pending.
    async isHandled(conversationId, eventKey) {
      return (await db.turns.exists({ ...turnsOf(conversationId), handles: eventKey })) !== null;
    },
    async commit(turn) {
      if (!(await insert(turn))) {
        return 'version_taken';
      }
      await project(turn).catch((error: unknown) => {
        // The turn is true already, so its caller must not hear otherwise.
        log.error({ error }, 'A turn is committed and not projected; the next sweep does it.');
      });
      return 'committed';
    },
    async turns(conversationId, after, limit) {
      const found = await db.turns.find(turnsOf(conversationId, after)).sort({ _id: 1 }).limit(limit).lean();
      return found.map(toTurn);
    },
    async projectPending(limit) {
      const pending = await db.turns.find({ projected: false }).sort({ _id: 1 }).limit(limit).lean();
      for (const turn of pending.map(toTurn)) {
        await project(turn);
      }
      return pending.length;
    },
  };
}
