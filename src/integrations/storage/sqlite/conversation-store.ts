import type { Attempt, ConversationStore } from '../../../bot/ports.ts';
import type { Turn } from '../../../bot/turn.ts';
import type { SqliteDatabase } from './database.ts';
import { createHeadCache, type HeadCache } from './head-cache.ts';
import { createProjection } from './project-turn.ts';
import { type TurnRow, toTurn, turnDetails } from './turn-row.ts';

/** The chain of turns on SQLite. A turn and its projections are one transaction, so nothing is ever left pending. */
export function createSqliteConversationStore(
  db: SqliteDatabase,
  heads: HeadCache = createHeadCache(db),
): ConversationStore {
  const selectHead = db.sqlite.prepare<[string], TurnRow>(
    'SELECT * FROM turns WHERE conversation_id = ? ORDER BY version DESC LIMIT 1',
  );
  const selectTurns = db.sqlite.prepare<[string, number, number], TurnRow>(
    'SELECT * FROM turns WHERE conversation_id = ? AND version > ? ORDER BY version LIMIT ?',
  );
  const selectId = db.sqlite
    .prepare<[string, number], string>('SELECT id FROM turns WHERE conversation_id = ? AND version = ?')
    .pluck();
  const selectHandled = db.sqlite
    .prepare<[string, string], number>(
      'SELECT 1 FROM inbound_events WHERE key = ? AND conversation_id = ? AND handled_by IS NOT NULL',
    )
    .pluck();
  const selectEvent = db.sqlite.prepare<[string], number>('SELECT 1 FROM inbound_events WHERE key = ?').pluck();
  const insertTurn = db.sqlite.prepare(
    `INSERT INTO turns (conversation_id, version, last_seq, id, kind, at, details, messages, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (conversation_id, version) DO NOTHING`,
  );
  const project = createProjection(db.sqlite);

  function insert(turn: Turn, begin: Attempt | undefined): 'committed' | 'version_taken' {
    // In the same group another write may go on before this one's caller does: it must not see the head of before.
    heads.forget(turn.conversationId);
    const { changes } = insertTurn.run(
      turn.conversationId,
      turn.version,
      turn.state.messageSeq,
      turn.id,
      turn.kind,
      turn.at,
      turnDetails(turn),
      JSON.stringify(turn.messages),
      JSON.stringify(turn.state),
    );
    if (changes === 0) {
      return selectId.get(turn.conversationId, turn.version) === turn.id ? 'committed' : 'version_taken';
    }
    project(turn, begin);
    return 'committed';
  }

  function remember<T extends string>(turn: Turn, result: T): T {
    if (result === 'committed') {
      heads.set(turn);
    } else {
      heads.forget(turn.conversationId);
    }
    return result;
  }

  return {
    async head(conversationId) {
      const known = heads.get(conversationId);
      if (known !== undefined) {
        return known;
      }
      const row = selectHead.get(conversationId);
      const turn = row === undefined ? undefined : toTurn(row);
      if (turn !== undefined) {
        heads.set(turn);
      }
      return turn;
    },
    isHandled: async (conversationId, eventKey) => selectHandled.get(eventKey, conversationId) === 1,
    commit: async (turn, begin) => remember(turn, await db.write('commit_turn', () => insert(turn, begin))),
    commitArrival: async (eventKey, turn, begin) =>
      remember(
        turn,
        await db.write('commit_arrival', () => (selectEvent.get(eventKey) === 1 ? 'repeat' : insert(turn, begin))),
      ),
    beginsAttempts: true,
    turns: async (conversationId, after, limit) => selectTurns.all(conversationId, after, limit).map(toTurn),
    projectPending: async () => 0,
  };
}
