-- Who did what at the desk. Rows are only ever added: the triggers refuse everything else.
CREATE TABLE audit_log (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor_id TEXT NOT NULL CHECK (actor_id <> ''),
  actor_name TEXT NOT NULL CHECK (actor_name <> ''),
  action TEXT NOT NULL,
  subject TEXT,
  reason TEXT
) STRICT;
CREATE TRIGGER audit_log_keeps_rows BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_log_loses_none BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

-- Agents of partners are a role of their own. Log-ins end with this change.
CREATE TABLE agents_with_partners (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('agent', 'partner', 'leader', 'admin')),
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  disabled_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO agents_with_partners SELECT id, login, name, role, password_hash, created_at, disabled_at FROM agents;
DELETE FROM agent_sessions;
DROP TABLE agents;
ALTER TABLE agents_with_partners RENAME TO agents;
