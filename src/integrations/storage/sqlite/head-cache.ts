import type { ConversationId } from '../../../bot/message.ts';
import type { Turn } from '../../../bot/turn.ts';
import type { SqliteDatabase } from './database.ts';

/** Heads kept in memory: reading one back from its row costs more than the rest of the look-up. */
const HEADS_KEPT = 20_000;

/** Newest turns by conversation; forgotten whenever another connection has written to the file. */
export interface HeadCache {
  get(conversationId: ConversationId): Turn | undefined;
  set(turn: Turn): void;
  forget(conversationId: ConversationId): void;
}

export function createHeadCache(db: SqliteDatabase): HeadCache {
  const heads = new Map<ConversationId, Turn>();
  let seenVersion = db.othersVersion();

  return {
    get(conversationId: ConversationId): Turn | undefined {
      const version = db.othersVersion();
      if (version !== seenVersion) {
        seenVersion = version;
        heads.clear();
      }
      return heads.get(conversationId);
    },
    set(turn: Turn): void {
      const known = heads.get(turn.conversationId);
      if (known !== undefined && known.version >= turn.version) {
        return;
      }
      heads.delete(turn.conversationId);
      heads.set(turn.conversationId, turn);
      if (heads.size > HEADS_KEPT) {
        const oldest = heads.keys().next().value;
        if (oldest !== undefined) {
          heads.delete(oldest);
        }
      }
    },
    forget(conversationId: ConversationId): void {
      heads.delete(conversationId);
    },
  };
}
