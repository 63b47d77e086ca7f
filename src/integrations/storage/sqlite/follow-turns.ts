import type { Turn } from '../../../bot/turn.ts';
import type { SqliteDatabase } from './database.ts';
import { createHeadCache, type HeadCache } from './head-cache.ts';
import { type TurnRow, toTurn } from './turn-row.ts';

/** Writes what one follower derives from turns of one conversation that follow each other. Sees every turn once, in order. */
export type TurnFollower = (turns: readonly Turn[]) => void;

/** Derives from the chain what no answer needs to wait for, after the commit and apart from it. */
export interface LaterProjection {
  /** Takes up what was committed since the last time; returns how many turns. */
  follow(): Promise<number>;
}

interface BehindRow {
  readonly conversation_id: string;
  readonly searched_version: number;
}

/** Small enough that whatever waits for the next write does not wait long. */
const TURNS_AT_ONCE = 100;
const CONVERSATIONS_AT_ONCE = 20;

/** Shows each turn to every follower, and notes in the same transaction how far they are. */
export function createLaterProjection(
  db: SqliteDatabase,
  followers: readonly TurnFollower[],
  heads: HeadCache = createHeadCache(db),
): LaterProjection {
  const selectBehind = db.sqlite.prepare<[], BehindRow>(
    `SELECT conversation_id, searched_version FROM conversations WHERE version > searched_version
     ORDER BY last_at LIMIT ${CONVERSATIONS_AT_ONCE}`,
  );
  const selectTurns = db.sqlite.prepare<[string, number, number], TurnRow>(
    'SELECT * FROM turns WHERE conversation_id = ? AND version > ? ORDER BY version LIMIT +?',
  );
  const setFollowed = db.sqlite.prepare<[number, string]>(
    'UPDATE conversations SET searched_version = ? WHERE conversation_id = ?',
  );

  /** Shows the next turns of one conversation; returns how many. */
  function followOne({ conversation_id: id, searched_version: after }: BehindRow, limit: number): number {
    const turns = heads.since(id, after) ?? selectTurns.all(id, after, limit).map(toTurn);
    for (const follower of followers) {
      follower(turns);
    }
    setFollowed.run(turns.at(-1)?.version ?? after, id);
    heads.passed(id);
    return turns.length;
  }

  function followSome(): number {
    let taken = 0;
    for (const behind of selectBehind.all()) {
      taken += followOne(behind, TURNS_AT_ONCE - taken);
      if (taken >= TURNS_AT_ONCE) {
        break;
      }
    }
    return taken;
  }

  return {
    async follow() {
      let all = 0;
      for (;;) {
        // Asked outside a write first: most of the time there is nothing to do.
        const taken = selectBehind.get() === undefined ? 0 : await db.write('follow_turns', followSome);
        all += taken;
        if (taken === 0) {
          return all;
        }
      }
    },
  };
}
