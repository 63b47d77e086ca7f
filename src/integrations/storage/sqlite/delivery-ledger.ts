import type { Attempt, DeliveryLedger, DueMessage } from '../../../bot/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { type DeliveryRow, toTrackedMessage } from './delivery-row.ts';

interface AttemptRow {
  readonly conversation_id: string;
  readonly seq: number;
  readonly number: number;
  readonly at: number;
}

type DueRow = DeliveryRow & { readonly attempts: number; readonly waits: number };

/** Deliveries and their attempts as rows: an attempt is one unique insert, made before anything is sent. */
export function createSqliteDeliveryLedger(db: SqliteDatabase): DeliveryLedger {
  // Named by hand: the planner does not see that 'queued' is within the condition of the partial index.
  const FIRST_WAITING = `SELECT * FROM deliveries d INDEXED BY deliveries_waiting
    WHERE d.state IN ('queued', 'sending') AND d.state = 'queued' AND d.next_at <= :now AND NOT EXISTS (
      SELECT 1 FROM deliveries e INDEXED BY deliveries_waiting WHERE e.conversation_id = d.conversation_id AND e.seq < d.seq
        AND e.state IN ('queued', 'sending') AND e.is_safety >= d.is_safety)`;
  // "+": SQLite would look at the number and compile the statement anew each time.
  const URGENT_FIRST = 'ORDER BY d.is_safety DESC, d.next_at, d.waits DESC';
  const selectDue = db.sqlite.prepare<object, DueRow>(
    `${withMessages(`${FIRST_WAITING} ${URGENT_FIRST} LIMIT +:limit`)} ${URGENT_FIRST}`,
  );
  const selectDueOf = db.sqlite.prepare<object, DueRow>(
    withMessages(`${FIRST_WAITING} AND d.conversation_id = :conversationId ${URGENT_FIRST} LIMIT +:limit`),
  );
  const selectWaiting = db.sqlite
    .prepare<[string], number>(
      `SELECT 1 FROM deliveries INDEXED BY deliveries_waiting
       WHERE conversation_id = ? AND state IN ('queued', 'sending') LIMIT 1`,
    )
    .pluck();
  const insertAttempt = db.sqlite.prepare(
    'INSERT INTO attempts (conversation_id, seq, number, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const markSending = db.sqlite.prepare(
    "UPDATE deliveries SET state = 'sending', attempts = ? WHERE conversation_id = ? AND seq = ? AND state = 'queued'",
  );
  const endAttempt = db.sqlite.prepare(
    'UPDATE attempts SET outcome = ?, reason = ? WHERE conversation_id = ? AND seq = ? AND number = ?',
  );
  const setState = db.sqlite.prepare(
    `UPDATE deliveries SET state = :state, failure = :failure, next_at = coalesce(:nextAt, next_at), waits = waits + :waits,
       channel_message_id = coalesce(:channelMessageId, channel_message_id)
     WHERE conversation_id = :conversationId AND seq = :seq AND state NOT IN ('delivered', 'read')
       AND NOT (:state = 'uncertain' AND state = 'accepted')`,
  );
  const selectOpen = db.sqlite.prepare<object, AttemptRow>(
    `SELECT conversation_id, seq, number, at FROM attempts
     WHERE outcome IS NULL AND at < :before AND (:conversationId IS NULL OR conversation_id = :conversationId)
     ORDER BY at LIMIT +:limit`,
  );
  const putBack = db.sqlite.prepare(
    `UPDATE deliveries SET state = 'queued', next_at = ?, failure = NULL
     WHERE conversation_id = ? AND seq = ? AND state IN ('failed', 'uncertain')`,
  );
  const setReceipt = db.sqlite.prepare(
    `UPDATE deliveries SET state = :state WHERE conversation_id = :conversationId AND seq = :seq
       AND state IN ('sending', 'accepted', 'uncertain', CASE :state WHEN 'read' THEN 'delivered' ELSE 'accepted' END)`,
  );

  return {
    async due({ now, limit, conversationId }) {
      const rows =
        conversationId === undefined ? selectDue.all({ now, limit }) : selectDueOf.all({ now, limit, conversationId });
      return rows.map(toDueMessage);
    },
    isQuiet: async (conversationId) => selectWaiting.get(conversationId) === undefined,
    begin: (attempt) =>
      db.write('begin_attempt', () => {
        const { changes } = insertAttempt.run(attempt.conversationId, attempt.seq, attempt.number, attempt.at);
        if (changes === 1) {
          markSending.run(attempt.number, attempt.conversationId, attempt.seq);
        }
        return changes === 1;
      }),
    finish: (attempt, outcome) =>
      db.write('finish_attempt', () => {
        const { conversationId, seq, number } = attempt;
        const { changes } = endAttempt.run(outcome.state, outcome.reason ?? null, conversationId, seq, number);
        if (changes === 0) {
          throw new Error(`Attempt ${number} of message ${seq} has ended and never begun: a send without a trace.`);
        }
        setState.run({
          state: outcome.state,
          failure: outcome.reason ?? null,
          nextAt: outcome.nextAt ?? null,
          waits: outcome.isWait === true ? 1 : 0,
          channelMessageId: outcome.channelMessageId ?? null,
          conversationId,
          seq,
        });
      }),
    open: async ({ before, limit, conversationId }) =>
      selectOpen.all({ before, limit, conversationId: conversationId ?? null }).map(toAttempt),
    retry: (conversationId, seq, at) => db.write('retry', () => putBack.run(at, conversationId, seq).changes === 1),
    receipt: (conversationId, seq, state) =>
      db.write('receipt', () => {
        setReceipt.run({ conversationId, seq, state });
      }),
  };
}

function withMessages(deliveries: string): string {
  return `SELECT d.conversation_id, d.seq, d.version, d.state, d.failure, d.attempts, d.waits, t.messages
    FROM (${deliveries}) d JOIN turns t ON t.conversation_id = d.conversation_id AND t.version = d.version`;
}

function toDueMessage(row: DueRow): DueMessage {
  return { message: toTrackedMessage(row), attempts: row.attempts, waits: row.waits };
}

function toAttempt(row: AttemptRow): Attempt {
  return { conversationId: row.conversation_id, seq: row.seq, number: row.number, at: row.at };
}
