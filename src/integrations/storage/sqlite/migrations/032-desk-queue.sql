-- What each agent holds takes one of his slots: the key lets nobody take the same slot twice.
CREATE TABLE agent_slots (
  agent_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  token TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (agent_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX agent_slots_by_time ON agent_slots (at);

-- Whether an agent takes conversations, and when he last had one to do with.
CREATE TABLE agent_presence (
  agent_id TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('available', 'away')),
  since INTEGER NOT NULL,
  worked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
