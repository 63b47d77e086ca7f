-- Messages that the bot did not understand, or took for something else, until somebody says what they mean. `words` is
-- the text folded: what makes two messages the same. The text holds no personal data (hide-personal.ts).
CREATE TABLE unclear_messages (
  conversation_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  words TEXT NOT NULL,
  text TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('missed', 'asked_back', 'relabelled')),
  proposed TEXT,
  PRIMARY KEY (conversation_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX unclear_messages_by_time ON unclear_messages (at);
CREATE INDEX unclear_messages_by_words ON unclear_messages (words);

-- What was decided about words. Without an intent: nothing is to be learned from them.
CREATE TABLE words_decisions (
  words TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  intent TEXT,
  times INTEGER NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX words_decisions_by_time ON words_decisions (decided_at);
