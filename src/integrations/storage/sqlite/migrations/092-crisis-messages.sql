-- Crisis messages: every version is a row of its own and never changed.
CREATE TABLE crisis_messages (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

-- Nearly all have expired over the years.
CREATE INDEX crisis_messages_expiry ON crisis_messages (expires_at);
CREATE INDEX crisis_messages_changes ON crisis_messages (updated_at);
