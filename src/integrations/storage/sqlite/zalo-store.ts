import type { InboundEvent } from '../../../bot/message.ts';
import type {
  ButtonMeaning,
  ButtonStore,
  ConsentStore,
  InteractionStore,
  SendStore,
  UploadStore,
  WaitingEvent,
  WaitingStore,
  ZaloStore,
} from '../../channels/zalo/store.ts';
import type { SqliteDatabase } from './database.ts';
import { createSqliteZaloTokens } from './zalo-tokens.ts';

/** What the Zalo channel keeps, as rows. */
export function createSqliteZaloStore(db: SqliteDatabase): ZaloStore {
  const dropButtons = db.sqlite.prepare<[number, string]>(
    'DELETE FROM zalo_buttons WHERE at < ? AND conversation_id NOT IN (SELECT value FROM json_each(?))',
  );
  const dropSends = db.sqlite.prepare<[number, string]>(
    'DELETE FROM zalo_sends WHERE at < ? AND conversation_id NOT IN (SELECT value FROM json_each(?))',
  );
  return {
    tokens: createSqliteZaloTokens(db),
    consents: createConsents(db),
    buttons: createButtons(db),
    sends: createSends(db),
    waiting: createWaiting(db),
    uploads: createUploads(db),
    interactions: createInteractions(db),
    prune: (before, except = []) =>
      db.write('zalo_prune', () => {
        const kept = JSON.stringify(except);
        return dropButtons.run(before, kept).changes + dropSends.run(before, kept).changes;
      }),
  };
}

function createConsents(db: SqliteDatabase): ConsentStore {
  const insert = db.sqlite.prepare<[string, string, number]>('INSERT INTO zalo_consents VALUES (?, ?, ?)');
  const take = db.sqlite.prepare<[string], { verifier: string; started_at: number }>(
    'DELETE FROM zalo_consents WHERE state = ? RETURNING verifier, started_at',
  );
  return {
    begin: (state, verifier, at) => db.write('zalo_consent', () => void insert.run(state, verifier, at)),
    take: (state, since) =>
      db.write('zalo_consent', () => {
        const row = take.get(state);
        return row !== undefined && row.started_at >= since ? row.verifier : undefined;
      }),
  };
}

function createButtons(db: SqliteDatabase): ButtonStore {
  const insert = db.sqlite.prepare('INSERT INTO zalo_buttons VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const select = db.sqlite.prepare<[string, string], ButtonMeaning>(
    'SELECT value, label FROM zalo_buttons WHERE conversation_id = ? AND payload = ?',
  );
  return {
    put: (conversationId, buttons, at) =>
      db.write('zalo_buttons', () => {
        for (const [payload, { value, label }] of buttons) {
          insert.run(conversationId, payload, value, label, at);
        }
      }),
    find: async (conversationId, payload) => select.get(conversationId, payload),
  };
}

interface SendRow {
  readonly conversation_id: string;
  readonly seq: number;
  readonly part: number;
  readonly is_last: number;
  readonly fingerprint: string;
  readonly at: number;
  readonly message_id: string | null;
}

function createSends(db: SqliteDatabase): SendStore {
  const select = db.sqlite.prepare<[string, number, number], SendRow>(
    'SELECT * FROM zalo_sends WHERE conversation_id = ? AND seq = ? AND part = ?',
  );
  const insert = db.sqlite.prepare(
    `INSERT INTO zalo_sends VALUES (?, ?, ?, ?, ?, ?, NULL)
     ON CONFLICT DO UPDATE SET at = excluded.at, fingerprint = excluded.fingerprint`,
  );
  const setId = db.sqlite.prepare<[string, string, number, number]>(
    'UPDATE zalo_sends SET message_id = ? WHERE conversation_id = ? AND seq = ? AND part = ?',
  );
  const drop = db.sqlite.prepare<[string, number, number]>(
    'DELETE FROM zalo_sends WHERE conversation_id = ? AND seq = ? AND part = ? AND message_id IS NULL',
  );
  const byId = db.sqlite.prepare<[string], SendRow>('SELECT * FROM zalo_sends WHERE message_id = ?');
  const nearestOpen = db.sqlite.prepare<[string, string, number, number], SendRow>(
    `SELECT * FROM zalo_sends WHERE conversation_id = ? AND fingerprint = ? AND at >= ? AND message_id IS NULL
     ORDER BY abs(at - ?), seq, part LIMIT 1`,
  );
  return {
    begin: (part) =>
      db.write('zalo_begin_send', () => {
        const { conversationId, seq, fingerprint, at } = part;
        const known = select.get(conversationId, seq, part.part)?.message_id ?? undefined;
        if (known === undefined) {
          insert.run(conversationId, seq, part.part, part.isLast ? 1 : 0, fingerprint, at);
        }
        return known;
      }),
    accepted: ({ conversationId, seq, part }, messageId) =>
      db.write('zalo_end_send', () => void setId.run(messageId, conversationId, seq, part)),
    notSent: ({ conversationId, seq, part }) =>
      db.write('zalo_end_send', () => void drop.run(conversationId, seq, part)),
    async byMessageId(messageId) {
      const row = byId.get(messageId);
      return (
        row && {
          conversationId: row.conversation_id,
          seq: row.seq,
          part: row.part,
          isLast: row.is_last === 1,
          fingerprint: row.fingerprint,
          at: row.at,
        }
      );
    },
    matchEcho: ({ conversationId, messageId, fingerprint, at, since }) =>
      db.write('zalo_match_echo', () => {
        if (byId.get(messageId) !== undefined) {
          return true;
        }
        const open = nearestOpen.get(conversationId, fingerprint, since, at);
        if (open !== undefined) {
          setId.run(messageId, conversationId, open.seq, open.part);
        }
        return open !== undefined;
      }),
  };
}

interface WaitingRow {
  readonly event: string;
  readonly echo_of: string | null;
  readonly fingerprint: string | null;
}

function createWaiting(db: SqliteDatabase): WaitingStore {
  const insert = db.sqlite.prepare('INSERT INTO zalo_waiting VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const select = db.sqlite.prepare<[number], WaitingRow>(
    `SELECT event, echo_of, fingerprint FROM zalo_waiting w WHERE EXISTS (
       SELECT 1 FROM zalo_waiting d WHERE d.conversation_id = w.conversation_id AND d.due <= ?
         AND d.order_key >= w.order_key AND (d.key = w.key OR w.echo_of IS NULL))
     ORDER BY conversation_id, order_key, key LIMIT 500`,
  );
  const drop = db.sqlite.prepare<[string]>('DELETE FROM zalo_waiting WHERE key = ?');
  return {
    put: ({ event, echo }, due) =>
      db.write('zalo_wait', () => {
        const { key, conversationId, orderKey } = event;
        const mark = [echo?.messageId ?? null, echo?.fingerprint ?? null];
        insert.run(key, conversationId, orderKey, due, JSON.stringify(event), ...mark);
      }),
    due: async (now) => select.all(now).map(toWaiting),
    remove: (key) => db.write('zalo_wait_over', () => void drop.run(key)),
  };
}

function toWaiting({ event, echo_of, fingerprint }: WaitingRow): WaitingEvent {
  return {
    event: JSON.parse(event) as InboundEvent,
    ...(echo_of !== null && { echo: { messageId: echo_of, fingerprint: fingerprint ?? '' } }),
  };
}

function createUploads(db: SqliteDatabase): UploadStore {
  const select = db.sqlite
    .prepare<[string, number], string>('SELECT attachment_id FROM zalo_uploads WHERE url = ? AND at >= ?')
    .pluck();
  const upsert = db.sqlite.prepare(
    `INSERT INTO zalo_uploads VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET attachment_id = excluded.attachment_id, at = excluded.at`,
  );
  const drop = db.sqlite.prepare<[string]>('DELETE FROM zalo_uploads WHERE url = ?');
  return {
    find: async (url, since) => select.get(url, since),
    put: (url, attachmentId, at) => db.write('zalo_upload', () => void upsert.run(url, attachmentId, at)),
    forget: (url) => db.write('zalo_upload', () => void drop.run(url)),
  };
}

function createInteractions(db: SqliteDatabase): InteractionStore {
  const upsert = db.sqlite.prepare(
    'INSERT INTO zalo_interactions VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)',
  );
  const select = db.sqlite
    .prepare<[string], number>('SELECT at FROM zalo_interactions WHERE conversation_id = ?')
    .pluck();
  return {
    note: (conversationId, at) => db.write('zalo_interaction', () => void upsert.run(conversationId, at)),
    last: async (conversationId) => select.get(conversationId),
  };
}
