import type { TimerKind } from '../../../bot/message.ts';
import type { DueTimer, WorkLedger } from '../../../bot/ports.ts';
import type { TurnRequest } from '../../../bot/turn.ts';
import type { SqliteDatabase } from './database.ts';

interface EffectRow {
  readonly key: string;
  readonly conversation_id: string;
  readonly at: number;
  readonly request: string;
  readonly tries: number;
}

interface TimerRow {
  readonly conversation_id: string;
  readonly version: number;
  readonly kind: TimerKind;
  readonly due: number;
  readonly epoch: number;
}

/** Effects and timers of committed turns. The request of an effect that is done is forgotten: its turn has it. */
export function createSqliteWorkLedger(db: SqliteDatabase): WorkLedger {
  const selectEffects = db.sqlite.prepare<object, EffectRow>(
    `SELECT key, conversation_id, at, request, tries FROM effects
     WHERE state = 'waiting' AND next_at <= :now AND (:conversationId IS NULL OR conversation_id = :conversationId)
     ORDER BY next_at LIMIT :limit`,
  );
  const setDone = db.sqlite.prepare("UPDATE effects SET state = 'done', request = NULL, failure = NULL WHERE key = ?");
  const setFailed = db.sqlite.prepare(
    `UPDATE effects SET state = CASE WHEN :nextAt IS NULL THEN 'failed' ELSE 'waiting' END, tries = tries + 1,
       next_at = coalesce(:nextAt, next_at), failure = :reason WHERE key = :key`,
  );
  const selectTimers = db.sqlite.prepare<[number, number], TimerRow>(
    'SELECT * FROM timers WHERE due <= ? ORDER BY due LIMIT ?',
  );
  const deleteTimer = db.sqlite.prepare('DELETE FROM timers WHERE conversation_id = ? AND version = ? AND kind = ?');

  return {
    effectsDue: async ({ now, limit, conversationId }) =>
      selectEffects.all({ now, limit, conversationId: conversationId ?? null }).map((row) => ({
        key: row.key,
        conversationId: row.conversation_id,
        at: row.at,
        request: JSON.parse(row.request) as TurnRequest,
        tries: row.tries,
      })),
    effectDone: (key) =>
      db.write('effect_done', () => {
        setDone.run(key);
      }),
    effectFailed: (key, reason, nextAt) =>
      db.write('effect_failed', () => {
        setFailed.run({ key, reason, nextAt: nextAt ?? null });
      }),
    timersDue: async ({ now, limit }) => selectTimers.all(now, limit).map(toTimer),
    timerFired: (timer) =>
      db.write('timer_fired', () => {
        deleteTimer.run(timer.conversationId, timer.version, timer.kind);
      }),
  };
}

function toTimer(row: TimerRow): DueTimer {
  return {
    conversationId: row.conversation_id,
    version: row.version,
    kind: row.kind,
    due: row.due,
    epoch: row.epoch,
  };
}
