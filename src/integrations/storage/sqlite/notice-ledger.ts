import { parseConversationId } from '../../../bot/conversation.ts';
import type { NoticeRecord, NoticeState, NoticeTopic } from '../../../bot/notices/notice.ts';
import type { NoticeCount, NoticeLedger } from '../../../bot/notices/notice-ledger.ts';
import type { Clock } from '../../../bot/ports.ts';
import type { Provenance } from '../../../dialogs/provenance.ts';
import type { Reply } from '../../../dialogs/reply.ts';
import type { SqliteDatabase } from './database.ts';

interface Row {
  readonly key: string;
  readonly campaign: string | null;
  readonly topic: string;
  readonly conversation_id: string;
  readonly fallback: string | null;
  readonly expires_at: number | null;
  readonly replies: string | null;
  readonly provenance: string | null;
  readonly asked_at: number | null;
  readonly put_off: number;
}

interface CountRow {
  readonly state: NoticeState;
  readonly reason: string | null;
  readonly count: number;
}

interface StandingRow {
  readonly key: string;
  readonly conversation_id: string;
  readonly state: NoticeState;
  readonly reason: string | null;
  readonly planned_at: number;
}

const PRUNED_AT_ONCE = 1_000;

/** Notices as rows; the primary key makes each of them one. */
export function createSqliteNoticeLedger(db: SqliteDatabase, clock: Clock): NoticeLedger {
  const insert = db.sqlite.prepare<[object]>(
    `INSERT INTO notices (key, campaign, topic, conversation_id, fallback, expires_at, state, reason, planned_at,
       next_at, replies, channel, provenance, asked_at)
     VALUES (@key, @campaign, @topic, @conversationId, @fallback, @expiresAt, @state, @reason, @plannedAt, @nextAt,
       @replies, @channel, @provenance, @askedAt)
     ON CONFLICT (key) DO NOTHING`,
  );
  const selectWaiting = db.sqlite.prepare<[object], Row>(
    `SELECT * FROM notices WHERE state = 'waiting' AND channel = @channel AND next_at <= @now
       AND (campaign IS NULL OR campaign NOT IN (SELECT value FROM json_each(@held)))
     ORDER BY next_at LIMIT @limit`,
  );
  const selectUnsettled = db.sqlite.prepare<[number, number], Row>(
    "SELECT * FROM notices WHERE state = 'given' AND next_at <= ? ORDER BY next_at LIMIT ?",
  );
  const drop = db.sqlite.prepare<[string]>(
    `UPDATE notices SET state = 'skipped', reason = 'stopped', replies = NULL
     WHERE campaign = ? AND state = 'waiting'`,
  );
  const markGiven = db.sqlite.prepare<[number, string, number]>(
    `UPDATE notices SET state = 'given', next_at = ?, replies = NULL
     WHERE key = ? AND put_off = ? AND state IN ('waiting', 'given')`,
  );
  const wait = db.sqlite.prepare<[object]>(
    `UPDATE notices SET state = 'waiting', reason = NULL, next_at = @nextAt, replies = @replies, put_off = @putOff
     WHERE key = @key AND state <> 'failed' AND put_off < @putOff`,
  );
  const end = db.sqlite.prepare<[string, string | null, string]>(
    "UPDATE notices SET state = ?, reason = ?, replies = NULL WHERE key = ? AND state <> 'failed'",
  );
  const tally = db.sqlite.prepare<[string], CountRow>(
    'SELECT state, reason, COUNT(*) AS count FROM notices WHERE campaign = ? GROUP BY state, reason ORDER BY state, reason',
  );
  const tallyElsewhere = db.sqlite.prepare<[string], CountRow>(
    `SELECT state, reason, COUNT(*) AS count FROM notices
     WHERE campaign = ? AND state = 'failed' AND fallback IS NOT NULL GROUP BY reason ORDER BY reason`,
  );
  const select = db.sqlite.prepare<[string], Row>('SELECT * FROM notices WHERE key = ?');
  const selectStanding = db.sqlite.prepare<[string], StandingRow>(
    'SELECT key, conversation_id, state, reason, planned_at FROM notices WHERE key IN (SELECT value FROM json_each(?))',
  );
  const forget = db.sqlite.prepare<[number, string, number]>(
    `DELETE FROM notices WHERE key IN
       (SELECT key FROM notices WHERE planned_at < ? AND state NOT IN ('waiting', 'given')
          AND conversation_id NOT IN (SELECT value FROM json_each(?)) LIMIT ?)`,
  );

  const add = (record: Omit<NoticeRecord, 'replies'>, more: object) =>
    db.write('plan_notice', () => {
      const empty = { campaign: null, fallback: null, expiresAt: null, reason: null, replies: null, askedAt: null };
      const { channel } = parseConversationId(record.conversationId);
      const provenance = record.provenance === undefined ? null : JSON.stringify(record.provenance);
      return insert.run({ ...empty, channel, plannedAt: clock.now(), ...record, ...more, provenance }).changes > 0;
    });

  return {
    plan: (record, nextAt) => add(record, { state: 'waiting', nextAt, replies: JSON.stringify(record.replies) }),
    skip: (record, reason) => add(record, { state: 'skipped', reason, nextAt: clock.now(), replies: null }),
    waiting: async ({ held, ...query }) => selectWaiting.all({ ...query, held: JSON.stringify(held) }).map(toRecord),
    unsettled: async ({ now, limit }) => selectUnsettled.all(now, limit).map(toRecord),
    drop: (campaign) => db.write('drop_notices', () => void drop.run(campaign)),
    given: ({ key, putOff = 0 }, nextAt) => db.write('give_notice', () => void markGiven.run(nextAt, key, putOff)),
    putOff: ({ key, putOff, replies }, nextAt) =>
      db.write('put_off_notice', () => wait.run({ key, putOff, replies: JSON.stringify(replies), nextAt }).changes > 0),
    settle: (key, state, reason) => db.write('settle_notice', () => void end.run(state, reason ?? null, key)),
    counts: async (campaign) => tally.all(campaign).map(toCount),
    wentElsewhere: async (campaign) => tallyElsewhere.all(campaign).map(toCount),
    prune: (before, except = []) =>
      db.write('prune_notices', () => forget.run(before, JSON.stringify(except), PRUNED_AT_ONCE).changes),
    async standing(keys) {
      const found = selectStanding.all(JSON.stringify(keys));
      return new Map(
        found.map(({ key, conversation_id: conversationId, state, reason, planned_at: plannedAt }) => [
          key,
          { conversationId, state, plannedAt, ...(reason !== null && { reason }) },
        ]),
      );
    },
    async find(key) {
      const row = select.get(key);
      return row === undefined ? undefined : toRecord(row);
    },
  };
}

function toCount({ state, reason, count }: CountRow): NoticeCount {
  return { state, count, ...(reason !== null && { reason }) };
}

function toRecord(row: Row): NoticeRecord {
  return {
    key: row.key,
    topic: row.topic as NoticeTopic,
    conversationId: row.conversation_id,
    replies: row.replies === null ? [] : (JSON.parse(row.replies) as Reply[]),
    ...(row.provenance !== null && { provenance: JSON.parse(row.provenance) as readonly Provenance[] }),
    ...(row.campaign !== null && { campaign: row.campaign }),
    ...(row.fallback !== null && { fallback: row.fallback }),
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    ...(row.asked_at !== null && { askedAt: row.asked_at }),
    ...(row.put_off > 0 && { putOff: row.put_off }),
  };
}
