import type Database from 'better-sqlite3';
import { codesInTurn } from '../../../bot/codes-in-turn.ts';
import type { Attempt } from '../../../bot/ports.ts';
import { summarize } from '../../../bot/summary.ts';
import type { Turn } from '../../../bot/turn.ts';

/**
 * Writes what is derived from a turn: handled events, deliveries, effects, timers and the conversation's summary; and
 * the attempt to send one of its messages that begins with it.
 */
export function createProjection(sqlite: Database.Database): (turn: Turn, begin?: Attempt) => void {
  const markHandled = sqlite.prepare(
    `INSERT INTO inbound_events (key, conversation_id, order_key, received_at, handled_by) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET handled_by = excluded.handled_by, content = NULL`,
  );
  const insertDelivery = sqlite.prepare(
    `INSERT INTO deliveries (conversation_id, seq, version, state, attempts, next_at, is_safety)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertAttempt = sqlite.prepare('INSERT INTO attempts (conversation_id, seq, number, at) VALUES (?, ?, ?, ?)');
  const insertEffect = sqlite.prepare(
    "INSERT INTO effects (key, conversation_id, at, request, state, next_at) VALUES (?, ?, ?, ?, 'waiting', ?)",
  );
  const insertTimer = sqlite.prepare(
    'INSERT INTO timers (conversation_id, version, kind, due, epoch) VALUES (?, ?, ?, ?, ?)',
  );
  const upsertRating = sqlite.prepare(
    `INSERT INTO ratings (conversation_id, closing, version, score, agent_id, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (conversation_id, closing) DO UPDATE SET version = excluded.version, score = excluded.score,
       at = excluded.at
     WHERE version < excluded.version`,
  );
  const insertNote = sqlite.prepare(
    `INSERT INTO private_notes (conversation_id, version, after_seq, at, author_id, author_name, text)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertCode = sqlite.prepare(
    'INSERT INTO conversation_codes (customer_code, conversation_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const upsertSummary = sqlite.prepare(
    `INSERT INTO conversations (conversation_id, version, holder, agent_id, agent_name, priority, waiting_since,
       handoff_reason, last_text, last_at, customer_name, extras)
     VALUES (:conversationId, :version, :holder, :agentId, :agentName, :priority, :waitingSince, :handoffReason,
       coalesce(:lastText, ''), :lastAt, :customerName, :extras)
     ON CONFLICT (conversation_id) DO UPDATE SET version = :version, holder = :holder, agent_id = :agentId,
       agent_name = :agentName, priority = :priority, waiting_since = :waitingSince, handoff_reason = :handoffReason,
       last_text = coalesce(:lastText, last_text), last_at = :lastAt, customer_name = :customerName,
       extras = :extras
     WHERE version < :version`,
  );

  function projectDeliveries(turn: Turn, begin: Attempt | undefined): void {
    for (const { direction, isDelivered, isSafety, seq } of turn.messages) {
      if (direction === 'out') {
        const attempts = begin?.seq === seq ? begin.number : 0;
        const state = isDelivered === true ? 'delivered' : attempts > 0 ? 'sending' : 'queued';
        const safety = isSafety === true ? 1 : 0;
        insertDelivery.run(turn.conversationId, seq, turn.version, state, attempts, turn.at, safety);
      }
    }
    if (begin !== undefined) {
      insertAttempt.run(begin.conversationId, begin.seq, begin.number, begin.at);
    }
  }

  return (turn, begin) => {
    for (const key of turn.handles) {
      markHandled.run(key, turn.conversationId, turn.at, turn.at, turn.version);
    }
    projectDeliveries(turn, begin);
    for (const effect of turn.effects) {
      insertEffect.run(effect.key, turn.conversationId, turn.at, JSON.stringify(effect.request), turn.at);
    }
    for (const timer of turn.timers) {
      insertTimer.run(turn.conversationId, turn.version, timer.kind, timer.due, timer.epoch);
    }
    if (turn.rating !== undefined) {
      const { closing, score, agentId } = turn.rating;
      upsertRating.run(turn.conversationId, closing, turn.version, score, agentId, turn.at);
    }
    if (turn.note !== undefined) {
      const { authorId, authorName, text } = turn.note;
      insertNote.run(turn.conversationId, turn.version, turn.state.messageSeq, turn.at, authorId, authorName, text);
    }
    for (const code of codesInTurn(turn)) {
      insertCode.run(code, turn.conversationId);
    }
    const { extras, ...summary } = summarize(turn);
    upsertSummary.run({
      agentId: null,
      agentName: null,
      waitingSince: null,
      handoffReason: null,
      customerName: null,
      lastText: null,
      ...summary,
      extras: JSON.stringify(extras),
    });
  };
}
