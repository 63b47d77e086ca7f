import type { Turn } from '../../../bot/turn.ts';
import type { SqliteDatabase } from './database.ts';
import { type TurnRow, toTurn } from './turn-row.ts';

/** Writes what one follower derives from a turn. Sees every turn once, those of one conversation in order. */
export type TurnFollower = (turn: Turn) => void;

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

/** Shows each turn to every follower, and notes in the same transaction how far they are. */
export function createLaterProjection(db: SqliteDatabase, followers: readonly TurnFollower[]): LaterProjection {
  const selectBehind = db.sqlite.prepare<[], BehindRow>(
    `SELECT conversation_id, searched_version FROM conversations WHERE version > searched_version
     ORDER BY last_at LIMIT 20`,
  );
  const selectTurns = db.sqlite.prepare<[string, number, number], TurnRow>(
    'SELECT * FROM turns WHERE conversation_id = ? AND version > ? ORDER BY version LIMIT ?',
  );
  const setFollowed = db.sqlite.prepare<[number, string]>(
    'UPDATE conversations SET searched_version = ? WHERE conversation_id = ?',
  );

  /** Shows the next turns of one conversation; returns how many. */
  function followOne({ conversation_id: id, searched_version: after }: BehindRow, limit: number): number {
    const turns = selectTurns.all(id, after, limit).map(toTurn);
    for (const turn of turns) {
      for (const follower of followers) {
        follower(turn);
      }
      setFollowed.run(turn.version, id);
    }
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
