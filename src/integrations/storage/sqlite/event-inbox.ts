import type { EventContent, InboundEvent } from '../../../bot/message.ts';
import type { EventInbox } from '../../../bot/ports.ts';
import type { SqliteDatabase } from './database.ts';

interface EventRow {
  readonly key: string;
  readonly conversation_id: string;
  readonly order_key: number;
  readonly received_at: number;
  readonly content: string;
}

/** Inbound events as rows: durable when `receive` resolves. */
export function createSqliteEventInbox(db: SqliteDatabase): EventInbox {
  const insert = db.sqlite.prepare<[string, string, number, number, string]>(
    `INSERT INTO inbound_events (key, conversation_id, order_key, received_at, content) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (key) DO NOTHING`,
  );
  const selectUnhandled = db.sqlite.prepare<[number, number], EventRow>(
    `SELECT key, conversation_id, order_key, received_at, content FROM inbound_events
     WHERE handled_by IS NULL AND received_at < ? ORDER BY conversation_id, order_key, id LIMIT ?`,
  );
  const deleteOld = db.sqlite.prepare<[number, string]>(
    `DELETE FROM inbound_events WHERE received_at < ? AND handled_by IS NOT NULL
       AND conversation_id NOT IN (SELECT value FROM json_each(?))`,
  );

  return {
    receive: (event) =>
      db.write('receive_event', () => {
        const { changes } = insert.run(
          event.key,
          event.conversationId,
          event.orderKey,
          event.receivedAt,
          JSON.stringify(event.content),
        );
        return changes === 1 ? 'stored' : 'repeat';
      }),
    unhandled: async ({ before, limit }) => selectUnhandled.all(before, limit).map(toEvent),
    prune: (before, except = []) =>
      db.write('prune_events', () => deleteOld.run(before, JSON.stringify(except)).changes),
  };
}

function toEvent(row: EventRow): InboundEvent {
  return {
    key: row.key,
    conversationId: row.conversation_id,
    orderKey: row.order_key,
    receivedAt: row.received_at,
    content: JSON.parse(row.content) as EventContent,
  };
}
