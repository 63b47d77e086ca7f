import type { AgentPresence, AgentStore, PresenceStatus } from '../../agent-desk/agent-store.ts';
import { type AgentRow, createSqliteAgentRecords, toAgent } from './agent-records.ts';
import type { SqliteDatabase } from './database.ts';

interface PresenceRow {
  readonly agent_id: string;
  readonly status: PresenceStatus;
  readonly since: number;
  readonly worked_at: number;
}

interface SessionRow extends AgentRow {
  readonly token_hash: string;
  readonly session_created_at: number;
  readonly seen_at: number;
  readonly expires_at: number;
}

/** Agents and their sessions in the SQLite file. */
export function createSqliteDeskStore(db: SqliteDatabase): AgentStore {
  const deleteSessionsOf = db.sqlite.prepare('DELETE FROM agent_sessions WHERE agent_id = ?');
  const insertSession = db.sqlite.prepare(
    'INSERT INTO agent_sessions (token_hash, agent_id, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)',
  );
  const selectSession = db.sqlite.prepare<[string], SessionRow>(
    `SELECT a.*, s.token_hash, s.created_at AS session_created_at, s.seen_at, s.expires_at
     FROM agent_sessions s JOIN agents a ON a.id = s.agent_id WHERE s.token_hash = ?`,
  );
  const updateSeen = db.sqlite.prepare('UPDATE agent_sessions SET seen_at = max(seen_at, ?) WHERE token_hash = ?');
  const deleteSession = db.sqlite.prepare('DELETE FROM agent_sessions WHERE token_hash = ?');
  const upsertLease = db.sqlite.prepare(
    `INSERT INTO agent_leases (token_hash, agent_id, until) SELECT token_hash, agent_id, :until FROM agent_sessions
     WHERE token_hash = :tokenHash ON CONFLICT (token_hash) DO UPDATE SET until = max(until, excluded.until)`,
  );
  const selectLeases = db.sqlite
    .prepare<[number], string>('SELECT DISTINCT agent_id FROM agent_leases WHERE until > ?')
    .pluck();
  const upsertStatus = db.sqlite.prepare(
    `INSERT INTO agent_presence (agent_id, status, since, worked_at) VALUES (:agentId, :status, :at, :at)
     ON CONFLICT (agent_id) DO UPDATE SET status = :status, since = :at`,
  );
  const upsertWork = db.sqlite.prepare(
    `INSERT INTO agent_presence (agent_id, status, since, worked_at) VALUES (:agentId, 'available', :at, :at)
     ON CONFLICT (agent_id) DO UPDATE SET worked_at = max(worked_at, :at)`,
  );
  const selectPresences = db.sqlite.prepare<[], PresenceRow>('SELECT * FROM agent_presence');
  const deleteEnded = db.sqlite.prepare('DELETE FROM agent_sessions WHERE expires_at < ?');

  return {
    ...createSqliteAgentRecords(db),
    startSession: (session) =>
      db.write('start_session', () => {
        const { tokenHash, agentId, createdAt, seenAt, expiresAt } = session;
        insertSession.run(tokenHash, agentId, createdAt, seenAt, expiresAt);
      }),
    async session(tokenHash) {
      const row = selectSession.get(tokenHash);
      return row === undefined ? undefined : { session: toSession(row), agent: toAgent(row) };
    },
    touchSession: (tokenHash, seenAt) =>
      db.write('touch_session', () => {
        updateSeen.run(seenAt, tokenHash);
      }),
    endSession: (tokenHash) =>
      db.write('end_session', () => {
        deleteSession.run(tokenHash);
      }),
    endSessionsOf: (agentId) =>
      db.write('end_sessions', () => {
        deleteSessionsOf.run(agentId);
      }),
    renewLease: (tokenHash, until) =>
      db.write('renew_lease', () => {
        upsertLease.run({ tokenHash, until });
      }),
    agentsWithLease: async (now) => new Set(selectLeases.all(now)),
    setStatus: (agentId, status, at) =>
      db.write('set_status', () => {
        upsertStatus.run({ agentId, status, at });
      }),
    noteWork: (agentId, at) =>
      db.write('note_work', () => {
        upsertWork.run({ agentId, at });
      }),
    presences: async () => selectPresences.all().map(toPresence),
    pruneSessions: (before) => db.write('prune_sessions', () => deleteEnded.run(before).changes),
  };
}

function toPresence(row: PresenceRow): AgentPresence {
  return { agentId: row.agent_id, status: row.status, since: row.since, workedAt: row.worked_at };
}

function toSession(row: SessionRow) {
  return {
    tokenHash: row.token_hash,
    agentId: row.id,
    createdAt: row.session_created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  };
}
