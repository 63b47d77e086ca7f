import { plainTextOf } from '../../../../bot/summary.ts';
import { foldForSearch } from '../../../agent-desk/search-words.ts';
import type { SqliteDatabase } from '../database.ts';
import { type TurnRow, toTurn } from '../turn-row.ts';

/** Brings what was said into the search index, after the commit and apart from it. */
export interface SearchFeed {
  /** Takes up what was committed since the last time; returns how many turns. */
  feed(): Promise<number>;
}

interface BehindRow {
  readonly conversation_id: string;
  readonly version: number;
  readonly searched_version: number;
}

/** Small enough that whatever waits for the next write does not wait long. */
const TURNS_AT_ONCE = 100;

export function createSearchFeed(db: SqliteDatabase): SearchFeed {
  const selectBehind = db.sqlite.prepare<[], BehindRow>(
    `SELECT conversation_id, version, searched_version FROM conversations WHERE version > searched_version
     ORDER BY last_at LIMIT 20`,
  );
  const selectTurns = db.sqlite.prepare<[string, number, number], TurnRow>(
    'SELECT * FROM turns WHERE conversation_id = ? AND version > ? ORDER BY version LIMIT ?',
  );
  const insertPlace = db.sqlite.prepare<[string, number, number]>(
    'INSERT INTO search_messages (conversation_id, version, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const insertWords = db.sqlite.prepare<[number | bigint, string]>(
    'INSERT INTO search_message_words (rowid, words) VALUES (?, ?)',
  );
  const selectName = db.sqlite
    .prepare<[string], number>('SELECT id FROM search_messages WHERE conversation_id = ? AND seq = 0')
    .pluck();
  const replaceWords = db.sqlite.prepare<[number, string]>(
    'INSERT OR REPLACE INTO search_message_words (rowid, words) VALUES (?, ?)',
  );
  const setSearched = db.sqlite.prepare<[number, string]>(
    'UPDATE conversations SET searched_version = ? WHERE conversation_id = ?',
  );

  function addWords(conversationId: string, version: number, seq: number, text: string): void {
    const words = foldForSearch(text);
    const { changes, lastInsertRowid } = insertPlace.run(conversationId, version, seq);
    if (changes === 1) {
      insertWords.run(lastInsertRowid, words);
    }
  }

  function addName(conversationId: string, version: number, name: string): void {
    const known = selectName.get(conversationId);
    if (known === undefined) {
      addWords(conversationId, version, 0, name);
    } else {
      replaceWords.run(known, foldForSearch(name));
    }
  }

  /** Takes up the next turns of one conversation; returns how many. */
  function follow({ conversation_id: id, searched_version: searched }: BehindRow, limit: number): number {
    const rows = selectTurns.all(id, searched, limit);
    let name: string | undefined;
    for (const row of rows) {
      const { version, messages, state } = toTurn(row);
      for (const message of messages) {
        addWords(id, version, message.seq, plainTextOf(message));
      }
      name = state.customerName ?? name;
    }
    const last = rows.at(-1);
    if (last !== undefined) {
      if (name !== undefined) {
        addName(id, last.version, name);
      }
      setSearched.run(last.version, id);
    }
    return rows.length;
  }

  function feedSome(): number {
    let taken = 0;
    for (const behind of selectBehind.all()) {
      taken += follow(behind, TURNS_AT_ONCE - taken);
      if (taken >= TURNS_AT_ONCE) {
        break;
      }
    }
    return taken;
  }

  return {
    async feed() {
      let all = 0;
      for (;;) {
        // Asked outside a write first: most of the time there is nothing to do.
        const taken = selectBehind.get() === undefined ? 0 : await db.write('feed_search', feedSome);
        all += taken;
        if (taken === 0) {
          return all;
        }
      }
    },
  };
}
