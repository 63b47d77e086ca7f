-- What the Telegram channel must remember beside the conversations.

-- What the short data of a button stands for.
CREATE TABLE telegram_buttons (
  conversation_id TEXT NOT NULL,
  data TEXT NOT NULL,
  value TEXT NOT NULL,
  label TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, data)
) STRICT, WITHOUT ROWID;
CREATE INDEX telegram_buttons_by_time ON telegram_buttons (at);

-- Each part of a message that Telegram has taken: a message that is tried again goes on behind it.
CREATE TABLE telegram_sends (
  conversation_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  part INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, seq, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX telegram_sends_by_time ON telegram_sends (at);

-- Groups that were told that the bot answers in private only.
CREATE TABLE telegram_groups (
  bot_id TEXT NOT NULL,
  chat_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (bot_id, chat_id)
) STRICT, WITHOUT ROWID;
