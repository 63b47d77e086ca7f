-- Turns in the order in which they came, and their keys beside them. A table without row ids kept its large rows within the
-- tree of the keys: each look-up read several of them whole, and the more turns, the more.
CREATE TABLE turns_by_row (
  conversation_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  details TEXT NOT NULL,
  messages TEXT NOT NULL,
  state TEXT NOT NULL,
  redacted_at INTEGER,
  PRIMARY KEY (conversation_id, version)
) STRICT;
INSERT INTO turns_by_row (conversation_id, version, last_seq, id, kind, at, details, messages, state, redacted_at)
  SELECT conversation_id, version, last_seq, id, kind, at, details, messages, state, redacted_at FROM turns;
DROP TABLE turns;
ALTER TABLE turns_by_row RENAME TO turns;
CREATE INDEX turns_with_words ON turns (at, conversation_id, version) WHERE redacted_at IS NULL;
