-- Signs of life of the agents: one row a session, gone with it.
CREATE TABLE agent_leases (
  token_hash TEXT PRIMARY KEY REFERENCES agent_sessions (token_hash) ON DELETE CASCADE,
  agent_id TEXT NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX agent_leases_by_end ON agent_leases (until);

-- What agents write for each other. In no way a message: nothing that sends reads this table.
CREATE TABLE private_notes (
  conversation_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  after_seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  author_id TEXT NOT NULL,
  author_name TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (conversation_id, version)
) STRICT, WITHOUT ROWID;

-- What lists show of a conversation and no query asks by, as JSON.
ALTER TABLE conversations ADD COLUMN extras TEXT NOT NULL DEFAULT '{}';
