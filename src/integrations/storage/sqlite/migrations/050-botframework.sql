-- The way back to each customer of the Bot Framework.
CREATE TABLE botframework_references (
  customer TEXT NOT NULL PRIMARY KEY,
  service_url TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  bot_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
