-- What customers have agreed to be told, with the proof; `ended` is the version of the turn that ended it.
CREATE TABLE subscriptions (
  topic TEXT NOT NULL,
  customer_code TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  ended INTEGER,
  record TEXT NOT NULL,
  PRIMARY KEY (topic, customer_code, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscriptions_by_conversation ON subscriptions (conversation_id);
