import {
  type Agent,
  type AgentRecords,
  type AgentRole,
  changedAgent,
  isActiveAdmin,
} from '../../agent-desk/agent-store.ts';
import type { SqliteDatabase } from './database.ts';

export interface AgentRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: AgentRole;
  readonly password_hash: string;
  readonly created_at: number;
  readonly disabled_at: number | null;
}

/** The accounts of the desk in the SQLite file. */
export function createSqliteAgentRecords(db: SqliteDatabase): AgentRecords {
  const selectByLogin = db.sqlite.prepare<[string], AgentRow>('SELECT * FROM agents WHERE login = ?');
  const selectAgents = db.sqlite.prepare<[], AgentRow>('SELECT * FROM agents ORDER BY name, login');
  const insertAgent = db.sqlite.prepare(
    'INSERT INTO agents (id, login, name, role, password_hash, created_at, disabled_at) ' +
      'VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (login) DO NOTHING',
  );
  const selectAgent = db.sqlite.prepare<[string], AgentRow>('SELECT * FROM agents WHERE id = ?');
  const updateAgent = db.sqlite.prepare('UPDATE agents SET role = ?, disabled_at = ? WHERE id = ?');
  const countAdmins = db.sqlite
    .prepare<[], number>("SELECT count(*) FROM agents WHERE role = 'admin' AND disabled_at IS NULL")
    .pluck();
  const updatePassword = db.sqlite.prepare('UPDATE agents SET password_hash = ? WHERE id = ?');
  const deleteSessionsOf = db.sqlite.prepare('DELETE FROM agent_sessions WHERE agent_id = ?');

  return {
    async agentByLogin(login) {
      const row = selectByLogin.get(login);
      return row === undefined ? undefined : toAgent(row);
    },
    agents: async () => selectAgents.all().map(toAgent),
    addAgent: (agent) =>
      db.write('add_agent', () => {
        const { id, login, name, role, passwordHash, createdAt, disabledAt } = agent;
        const result = insertAgent.run(id, login, name, role, passwordHash, createdAt, disabledAt ?? null);
        return result.changes === 1 ? 'added' : 'login_taken';
      }),
    changeAgent: (agentId, change) =>
      db.write('change_agent', () => {
        const row = selectAgent.get(agentId);
        if (row === undefined) {
          return 'not_found';
        }
        const [before, after] = [toAgent(row), changedAgent(toAgent(row), change)];
        if (isActiveAdmin(before) && !isActiveAdmin(after) && countAdmins.get() === 1) {
          return 'last_admin';
        }
        updateAgent.run(after.role, after.disabledAt ?? null, agentId);
        return 'changed';
      }),
    changePassword: (agentId, passwordHash) =>
      db.write('change_password', () => {
        updatePassword.run(passwordHash, agentId);
        deleteSessionsOf.run(agentId);
      }),
  };
}

export function toAgent(row: AgentRow): Agent {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    role: row.role,
    passwordHash: row.password_hash,
    createdAt: row.created_at,
    ...(row.disabled_at !== null && { disabledAt: row.disabled_at }),
  };
}
