-- Files that customers have sent. The bytes are files of their own beside the database; this is what is known of them.
CREATE TABLE media (
  conversation_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('kept', 'missing', 'removed')),
  at INTEGER NOT NULL,
  mime TEXT,
  extension TEXT,
  size INTEGER,
  reason TEXT,
  removed_by TEXT,
  removed_by_name TEXT,
  removed_at INTEGER,
  PRIMARY KEY (conversation_id, seq, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX media_by_age ON media (at);
