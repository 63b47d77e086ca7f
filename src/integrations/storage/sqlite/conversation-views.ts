import type { DeliveryState, Message, TrackedMessage } from '../../../bot/message.ts';
import type { ConversationViews, FiledNote } from '../../../bot/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { type OpenRow, type SummaryRow, toOpen, toSummary } from './summary-row.ts';

interface MessagesRow {
  readonly version: number;
  readonly messages: string;
}

interface StateRow {
  readonly seq: number;
  readonly state: DeliveryState;
  readonly failure: string | null;
}

interface NoteRow {
  readonly version: number;
  readonly after_seq: number;
  readonly at: number;
  readonly author_id: string;
  readonly author_name: string;
  readonly text: string;
}

/** What desks and channels read: messages with their delivery, and lists of conversations. */
export function createSqliteConversationViews(db: SqliteDatabase): ConversationViews {
  const selectMessages = db.sqlite.prepare<[string, number, number], MessagesRow>(
    'SELECT version, messages FROM turns WHERE conversation_id = ? AND last_seq > ? ORDER BY version LIMIT ?',
  );
  const selectStates = db.sqlite.prepare<[string, number, number], StateRow>(
    'SELECT seq, state, failure FROM deliveries WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const selectList = db.sqlite.prepare<object, SummaryRow>(
    `SELECT * FROM conversations
     WHERE holder IN (SELECT value FROM json_each(:holders)) AND (:agentId IS NULL OR agent_id = :agentId)
     ORDER BY CASE holder WHEN 'queue' THEN 0 ELSE 1 END, CASE priority WHEN 'emergency' THEN 0 ELSE 1 END,
       CASE holder WHEN 'queue' THEN waiting_since ELSE -last_at END
     LIMIT :limit`,
  );

  // `holder <> 'bot'` is what the index of open and closed conversations is limited to.
  const selectOpen = db.sqlite.prepare<[], OpenRow>(
    `SELECT conversation_id, version, holder, agent_id, priority, waiting_since, last_at, extras FROM conversations
     WHERE holder IN ('queue', 'agent') AND holder <> 'bot'`,
  );
  const selectDangers = db.sqlite.prepare<[number, number], SummaryRow>(
    `SELECT * FROM conversations WHERE holder = 'bot' AND priority = 'emergency' AND last_at >= ?
       AND extras ->> 'emergencyAt' IS NOT NULL AND extras ->> 'alarmSeenBy' IS NULL
     ORDER BY last_at DESC LIMIT ?`,
  );
  const selectMoved = db.sqlite.prepare<[number], { readonly conversationId: string; readonly version: number }>(
    'SELECT conversation_id AS conversationId, version FROM conversations WHERE last_at >= ?',
  );
  const selectThese = db.sqlite.prepare<[string], SummaryRow>(
    `SELECT conversations.* FROM json_each(?) AS asked JOIN conversations ON conversation_id = asked.value
     ORDER BY asked.key`,
  );
  const selectNotes = db.sqlite.prepare<[string, number], NoteRow>(
    'SELECT * FROM private_notes WHERE conversation_id = ? ORDER BY version DESC LIMIT ?',
  );

  return {
    async messages(conversationId, afterSeq, limit) {
      const states = new Map(selectStates.all(conversationId, afterSeq, limit).map((row) => [row.seq, row]));
      return selectMessages
        .all(conversationId, afterSeq, limit)
        .flatMap((row) => trackedMessages(conversationId, row, states))
        .filter((message) => message.seq > afterSeq)
        .slice(0, limit);
    },
    notes: async (conversationId, limit) => selectNotes.all(conversationId, limit).map(toNote).reverse(),
    list: async ({ holders, agentId, limit }) =>
      selectList.all({ holders: JSON.stringify(holders), agentId: agentId ?? null, limit }).map(toSummary),
    open: async () => selectOpen.all().map(toOpen),
    unseenDangers: async (since, limit) => selectDangers.all(since, limit).map(toSummary),
    movedSince: async (at) => selectMoved.all(at),
    summaries: async (ids) => selectThese.all(JSON.stringify(ids)).map(toSummary),
  };
}

function trackedMessages(
  conversationId: string,
  row: MessagesRow,
  states: ReadonlyMap<number, StateRow>,
): readonly TrackedMessage[] {
  return (JSON.parse(row.messages) as Message[]).map((message) => {
    const state = states.get(message.seq);
    return {
      ...message,
      conversationId,
      version: row.version,
      ...(state !== undefined && { delivery: state.state }),
      ...(state?.failure != null && { failure: state.failure }),
    };
  });
}

function toNote(row: NoteRow): FiledNote {
  return {
    version: row.version,
    afterSeq: row.after_seq,
    at: row.at,
    authorId: row.author_id,
    authorName: row.author_name,
    text: row.text,
  };
}
