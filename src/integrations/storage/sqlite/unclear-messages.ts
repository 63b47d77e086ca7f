import type Database from 'better-sqlite3';
import {
  needsEarlierTurn,
  type UnclearMessage,
  type UnclearMessages,
  unclearMessageOf,
  type WordsDecision,
  wordsOf,
} from '../../agent-desk/unclear-messages.ts';
import type { SqliteDatabase } from './database.ts';
import type { TurnFollower } from './follow-turns.ts';
import { type TurnRow, toTurn } from './turn-row.ts';

interface UnclearRow {
  readonly conversation_id: string;
  readonly seq: number;
  readonly at: number;
  readonly text: string;
  readonly why: UnclearMessage['why'];
  readonly proposed: string | null;
}

interface DecisionRow {
  readonly words: string;
  readonly text: string;
  readonly intent: string | null;
  readonly times: number;
  readonly decided_by: string;
  readonly decided_at: number;
}

/** Keeps what the bot did not understand. */
export function createUnclearFollower(sqlite: Database.Database): TurnFollower {
  const keep = createKeep(sqlite);
  const selectEarlier = sqlite.prepare<[string, number], TurnRow>(
    `SELECT * FROM turns WHERE conversation_id = ? AND version < ? AND kind = 'customer' ORDER BY version DESC LIMIT 1`,
  );
  return (turns) => {
    for (const turn of turns) {
      const earlier = needsEarlierTurn(turn) ? selectEarlier.get(turn.conversationId, turn.version) : undefined;
      const unclear = unclearMessageOf(turn, earlier && toTurn(earlier));
      if (unclear !== undefined) {
        keep(unclear);
      }
    }
  };
}

/** What was unclear, in the SQLite file. */
export function createSqliteUnclearMessages(db: SqliteDatabase): UnclearMessages {
  const keep = createKeep(db.sqlite);
  const selectOpen = db.sqlite.prepare<[number], UnclearRow>(
    'SELECT * FROM unclear_messages ORDER BY at DESC, conversation_id, seq DESC LIMIT ?',
  );
  const forget = db.sqlite.prepare<[string]>('DELETE FROM unclear_messages WHERE words = ?');
  const decide = db.sqlite.prepare<[string, string, string | null, number, string, number]>(
    `INSERT OR REPLACE INTO words_decisions (words, text, intent, times, decided_by, decided_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const selectDecisions = db.sqlite.prepare<[number], DecisionRow>(
    'SELECT * FROM words_decisions ORDER BY decided_at DESC, words LIMIT ?',
  );
  return {
    note: (message) => db.write('note_unclear', () => keep(message)),
    open: async (limit) => selectOpen.all(limit).map(toUnclear),
    decide: ({ words, text, intent, times, decidedBy, decidedAt }) =>
      db.write('decide_words', () => {
        decide.run(words, text, intent ?? null, times, decidedBy, decidedAt);
        forget.run(words);
      }),
    decisions: async (limit) => selectDecisions.all(limit).map(toDecision),
  };
}

/** Within a write. */
function createKeep(sqlite: Database.Database): (message: UnclearMessage) => void {
  const isDecided = sqlite.prepare<[string], 1>('SELECT 1 FROM words_decisions WHERE words = ?').pluck();
  const insert = sqlite.prepare<[string, number, number, string, string, string, string | null]>(
    `INSERT INTO unclear_messages (conversation_id, seq, at, words, text, why, proposed) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (conversation_id, seq) DO UPDATE SET why = excluded.why, proposed = excluded.proposed
     WHERE excluded.why = 'relabelled'`,
  );
  return ({ conversationId, seq, at, text, why, proposed }) => {
    const words = wordsOf(text);
    if (isDecided.get(words) === undefined) {
      insert.run(conversationId, seq, at, words, text, why, proposed ?? null);
    }
  };
}

function toUnclear({ conversation_id, seq, at, text, why, proposed }: UnclearRow): UnclearMessage {
  return { conversationId: conversation_id, seq, at, text, why, ...(proposed !== null && { proposed }) };
}

function toDecision({ words, text, intent, times, decided_by, decided_at }: DecisionRow): WordsDecision {
  return { words, text, times, decidedBy: decided_by, decidedAt: decided_at, ...(intent !== null && { intent }) };
}
