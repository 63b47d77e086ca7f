import type { ConversationId } from '../../../bot/message.ts';
import type { ConversationStore } from '../../../bot/ports.ts';
import type { Turn } from '../../../bot/turn.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { numberedOf } from './numbered-key.ts';
import { createProjection } from './project-turn.ts';
import { TURNS, toTurn, toTurnDocument } from './turn-document.ts';

export interface StoreLog {
  error(details: object, message: string): void;
}

/** The chain of turns on MongoDB. One insert commits a turn; what is derived from it is written after. */
export function createMongoConversationStore(db: MongoDatabase, log: StoreLog): ConversationStore {
  const turns = db.model(TURNS);
  const project = createProjection(db);
  const projected = createProjectedMarks();

  /** Whether the turn is in the chain: by this insert, or by an earlier one of ours whose answer was lost. */
  async function insert(turn: Turn): Promise<boolean> {
    const document = toTurnDocument(turn);
    return (await insertOnce(turns, document)) || (await turns.exists({ _id: document._id, id: turn.id })) !== null;
  }

  /** Turns of the conversation that another process has committed and not projected: what they say goes out first. */
  async function projectEarlier({ conversationId, version }: Turn): Promise<void> {
    // A turn is marked after all before it.
    if (projected.reach(conversationId, version - 1)) {
      return;
    }
    const pending = await turns
      .find({ projected: false, ...numberedOf(conversationId, 0, version - 1) })
      .sort({ _id: 1 })
      .lean();
    for (const turn of pending.map(toTurn)) {
      await project(turn);
    }
  }

  return {
    async head(conversationId) {
      const newest = await turns.findOne(numberedOf(conversationId)).sort({ _id: -1 }).lean();
      if (newest?.projected === true) {
        projected.note(conversationId, newest.version);
      }
      return newest === null ? undefined : toTurn(newest);
    },
    // Asked of the turns themselves: their projection may still be pending.
    async isHandled(conversationId, eventKey) {
      return (await turns.exists({ ...numberedOf(conversationId), handles: eventKey })) !== null;
    },
    async commit(turn) {
      if (!(await insert(turn))) {
        return 'version_taken';
      }
      try {
        await projectEarlier(turn);
        await project(turn);
        projected.note(turn.conversationId, turn.version);
      } catch (error) {
        // The turn is true already, so its caller must not hear otherwise.
        log.error({ error }, 'A turn is committed and not projected; the next sweep does it.');
      }
      return 'committed';
    },
    async turns(conversationId, after, limit) {
      const found = await turns.find(numberedOf(conversationId, after)).sort({ _id: 1 }).limit(limit).lean();
      return found.map(toTurn);
    },
    async projectPending(limit) {
      const pending = await turns.find({ projected: false }).sort({ _id: 1 }).limit(limit).lean();
      for (const turn of pending.map(toTurn)) {
        await project(turn);
      }
      return pending.length;
    },
  };
}

const MOST_MARKS = 10_000;

/** Up to where conversations are known to be projected; only what this process has seen lately. */
function createProjectedMarks() {
  const marks = new Map<ConversationId, number>();
  return {
    reach: (conversationId: ConversationId, version: number) => (marks.get(conversationId) ?? 0) >= version,
    note(conversationId: ConversationId, version: number): void {
      // At the end of the line: those that nobody has looked at for long go first.
      marks.delete(conversationId);
      marks.set(conversationId, version);
      if (marks.size > MOST_MARKS) {
        marks.delete(marks.keys().next().value ?? '');
      }
    },
  };
}
