-- When the words of a turn were taken out, UTC ms; and the turns that still have theirs, by age.
ALTER TABLE turns ADD COLUMN redacted_at INTEGER;
CREATE INDEX turns_with_words ON turns (at) WHERE redacted_at IS NULL;

-- Which conversations have used a customer code: derived from the chain.
CREATE TABLE conversation_codes (
  customer_code TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  PRIMARY KEY (customer_code, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_codes_by_conversation ON conversation_codes (conversation_id);
INSERT OR IGNORE INTO conversation_codes
  SELECT code.key, turns.conversation_id FROM turns, json_each(turns.state, '$.identities') AS code;

-- `until`: UTC ms after which the hold is over.
CREATE TABLE legal_holds (
  id TEXT PRIMARY KEY,
  until INTEGER NOT NULL,
  at INTEGER NOT NULL,
  hold TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX legal_holds_by_end ON legal_holds (until);

-- Tickets that still have their words, by age.
CREATE INDEX tickets_with_words ON tickets (created_at) WHERE record ->> '$.redactedAt' IS NULL;
