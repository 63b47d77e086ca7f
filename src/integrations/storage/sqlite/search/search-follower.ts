import type Database from 'better-sqlite3';
import { plainTextOf } from '../../../../bot/summary.ts';
import { foldForSearch } from '../../../agent-desk/search-words.ts';
import type { TurnFollower } from '../follow-turns.ts';

/** Brings what was said, and the customer's name, into the search index. */
export function createSearchFollower(sqlite: Database.Database): TurnFollower {
  const insertPlace = sqlite.prepare<[string, number, number]>(
    'INSERT INTO search_messages (conversation_id, version, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const insertWords = sqlite.prepare<[number | bigint, string]>(
    'INSERT INTO search_message_words (rowid, words) VALUES (?, ?)',
  );
  const selectName = sqlite
    .prepare<[string], number>('SELECT id FROM search_messages WHERE conversation_id = ? AND seq = 0')
    .pluck();
  const replaceWords = sqlite.prepare<[number, string]>(
    'INSERT OR REPLACE INTO search_message_words (rowid, words) VALUES (?, ?)',
  );

  function addWords(conversationId: string, version: number, seq: number, text: string): void {
    const { changes, lastInsertRowid } = insertPlace.run(conversationId, version, seq);
    if (changes === 1) {
      insertWords.run(lastInsertRowid, foldForSearch(text));
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

  return (turns) => {
    for (const { conversationId, version, messages } of turns) {
      for (const message of messages) {
        addWords(conversationId, version, message.seq, plainTextOf(message));
      }
    }
    const last = turns.at(-1);
    if (last?.state.customerName !== undefined) {
      addName(last.conversationId, last.version, last.state.customerName);
    }
  };
}
