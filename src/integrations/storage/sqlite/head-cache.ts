import type { ConversationId } from '../../../bot/message.ts';
import type { Turn } from '../../../bot/turn.ts';
import type { SqliteDatabase } from './database.ts';

/** Heads kept in memory: reading one back from its row costs more than the rest of the look-up. */
const HEADS_KEPT = 20_000;
/** Turns of one conversation; more are hardly made before they are followed. */
const TURNS_KEPT = 8;

/** Newest turns by conversation; forgotten whenever another connection has written to the file. */
export interface HeadCache {
  get(conversationId: ConversationId): Turn | undefined;
  /** Keeps a turn, and those right before it that `passed` has not named. */
  set(turn: Turn): void;
  forget(conversationId: ConversationId): void;
  /** All turns after this version, if every one of them is kept. */
  since(conversationId: ConversationId, version: number): readonly Turn[] | undefined;
  /** Nobody asks for the turns before the head any more. */
  passed(conversationId: ConversationId): void;
}

export function createHeadCache(db: SqliteDatabase): HeadCache {
  /** The head comes last. */
  const kept = new Map<ConversationId, readonly Turn[]>();
  let seenVersion = db.othersVersion();

  function turnsOf(conversationId: ConversationId): readonly Turn[] | undefined {
    const version = db.othersVersion();
    if (version !== seenVersion) {
      seenVersion = version;
      kept.clear();
    }
    return kept.get(conversationId);
  }

  return {
    get: (conversationId) => turnsOf(conversationId)?.at(-1),
    set(turn) {
      const { conversationId, version } = turn;
      const before = kept.get(conversationId) ?? [];
      const known = before.at(-1)?.version ?? 0;
      if (known >= version) {
        return;
      }
      kept.delete(conversationId);
      kept.set(conversationId, known === version - 1 ? [...before.slice(1 - TURNS_KEPT), turn] : [turn]);
      if (kept.size > HEADS_KEPT) {
        const oldest = kept.keys().next().value;
        if (oldest !== undefined) {
          kept.delete(oldest);
        }
      }
    },
    forget(conversationId) {
      kept.delete(conversationId);
    },
    since(conversationId, version) {
      const turns = turnsOf(conversationId)?.filter((turn) => turn.version > version);
      return turns?.[0]?.version === version + 1 ? turns : undefined;
    },
    passed(conversationId) {
      const head = kept.get(conversationId)?.at(-1);
      if (head !== undefined) {
        kept.set(conversationId, [head]);
      }
    },
  };
}
