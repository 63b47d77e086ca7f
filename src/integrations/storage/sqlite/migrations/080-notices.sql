-- Notices: one row an event and recipient, whatever became of it. The words go once they stand in a turn.
CREATE TABLE notices (
  key TEXT PRIMARY KEY,
  campaign TEXT,
  topic TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  fallback TEXT,
  expires_at INTEGER,
  state TEXT NOT NULL,
  reason TEXT,
  planned_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  replies TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX notices_due ON notices (state, next_at) WHERE state IN ('waiting', 'given');
CREATE INDEX notices_by_campaign ON notices (campaign, state, reason) WHERE campaign IS NOT NULL;
CREATE INDEX notices_by_age ON notices (planned_at);
