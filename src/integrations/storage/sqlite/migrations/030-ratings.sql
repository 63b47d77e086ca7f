-- What customers thought of closings, one row each: the last tap counts. Written in the transaction of the turn.
CREATE TABLE ratings (
  conversation_id TEXT NOT NULL,
  closing INTEGER NOT NULL,
  version INTEGER NOT NULL,
  score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
  agent_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, closing)
) STRICT, WITHOUT ROWID;
CREATE INDEX ratings_by_time ON ratings (at);
