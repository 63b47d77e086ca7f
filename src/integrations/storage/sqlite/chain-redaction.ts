import type { ChainRedaction, TurnPlace } from '../../../bot/personal-data.ts';
import { SPOKEN_BACK, summaryAfter } from '../../../bot/summary.ts';
import type { Turn } from '../../../bot/turn.ts';
import type { SqliteDatabase } from './database.ts';
import { createHeadCache, type HeadCache } from './head-cache.ts';
import { type TurnRow, toTurn, turnDetails } from './turn-row.ts';

const BEGINNING: TurnPlace = { at: Number.MIN_SAFE_INTEGER, conversationId: '', version: 0 };

/** Takes words out of the chain on SQLite, and out of what was derived from them, in one transaction. */
export function createSqliteChainRedaction(db: SqliteDatabase, heads: HeadCache = createHeadCache(db)): ChainRedaction {
  const { sqlite } = db;
  const selectWithWords = sqlite.prepare<object, TurnRow>(
    `SELECT * FROM turns WHERE redacted_at IS NULL AND at < :before
       AND (at, conversation_id, version) > (:at, :conversationId, :version)
     ORDER BY at, conversation_id, version LIMIT :limit`,
  );
  const selectWithCode = sqlite
    .prepare<[string], string>('SELECT conversation_id FROM conversation_codes WHERE customer_code = ?')
    .pluck();
  const updateTurn = sqlite.prepare(
    `UPDATE turns SET details = :details, messages = :messages, state = :state, redacted_at = :redactedAt
     WHERE conversation_id = :conversationId AND version = :version`,
  );
  const updateNote = sqlite.prepare(
    'UPDATE private_notes SET text = :text WHERE conversation_id = :conversationId AND version = :version',
  );
  const forgetRequest = sqlite.prepare(
    "UPDATE effects SET request = NULL, failure = NULL WHERE key = ? AND state <> 'waiting'",
  );
  const withdraw = sqlite.prepare(
    `UPDATE deliveries SET state = 'withdrawn', failure = NULL
     WHERE conversation_id = :conversationId AND version = :version AND state IN ('queued', 'failed', 'uncertain')`,
  );
  const selectWords = sqlite
    .prepare<[string, number], number>('SELECT id FROM search_messages WHERE conversation_id = ? AND version = ?')
    .pluck();
  const deleteWords = sqlite.prepare('DELETE FROM search_message_words WHERE rowid = ?');
  const deletePlace = sqlite.prepare('DELETE FROM search_messages WHERE id = ?');
  const deleteUnclear = sqlite.prepare<[string, number]>(
    'DELETE FROM unclear_messages WHERE conversation_id = ? AND seq = ?',
  );
  const selectHead = sqlite.prepare<[string], TurnRow>(
    'SELECT * FROM turns WHERE conversation_id = ? ORDER BY version DESC LIMIT 1',
  );
  const selectSpoken = sqlite.prepare<[string], TurnRow>(
    `SELECT * FROM turns WHERE conversation_id = ? AND messages <> '[]' ORDER BY version DESC LIMIT ${SPOKEN_BACK}`,
  );
  const updateSummary = sqlite.prepare(
    `UPDATE conversations SET last_text = :lastText, customer_name = :customerName, extras = :extras
     WHERE conversation_id = :id`,
  );

  function refreshSummary(id: string): void {
    const head = selectHead.get(id);
    if (head !== undefined) {
      const spoken = selectSpoken.all(id).map(toTurn);
      const { lastText, customerName = null, extras } = summaryAfter(toTurn(head), spoken);
      updateSummary.run({ id, lastText, customerName, extras: JSON.stringify(extras) });
    }
  }

  function replaceOne(turn: Turn): void {
    const { conversationId, version, messages, state, redactedAt = null } = turn;
    const key = { conversationId, version };
    updateTurn.run({
      ...{ ...key, details: turnDetails(turn), redactedAt },
      ...{ messages: JSON.stringify(messages), state: JSON.stringify(state) },
    });
    if (redactedAt !== null) {
      // What stands there now must never be sent.
      withdraw.run(key);
    }
    updateNote.run({ ...key, text: turn.note?.text ?? '' });
    for (const effect of turn.effects) {
      forgetRequest.run(effect.key);
    }
    for (const { seq } of messages) {
      deleteUnclear.run(conversationId, seq);
    }
    for (const id of selectWords.all(conversationId, version)) {
      deleteWords.run(id);
      deletePlace.run(id);
    }
  }

  return {
    withWords: async ({ before, after = BEGINNING, limit }) => {
      const { at, conversationId, version } = after;
      return selectWithWords.all({ before, at, conversationId, version, limit }).map(toTurn);
    },
    conversationsWith: async (customerCode) => selectWithCode.all(customerCode),
    replace: (turns) =>
      db.write('redact_turns', () => {
        const ids = new Set(turns.map(({ conversationId }) => conversationId));
        turns.forEach(replaceOne);
        for (const id of ids) {
          refreshSummary(id);
          heads.forget(id);
        }
      }),
  };
}
