-- What the Zalo channel must remember beside the conversations.

-- Tokens of each OA, one row a generation: the newest counts.
CREATE TABLE zalo_tokens (
  oa_id TEXT NOT NULL,
  generation INTEGER NOT NULL,
  access_token TEXT NOT NULL,
  refresh_token TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (oa_id, generation)
) STRICT, WITHOUT ROWID;

-- Tries at making a generation. The unique insert lets one refresher in; a row without outcome is the pending marker.
CREATE TABLE zalo_refreshes (
  oa_id TEXT NOT NULL,
  generation INTEGER NOT NULL,
  try INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  outcome TEXT CHECK (outcome IN ('done', 'not_sent', 'unknown', 'refused')),
  PRIMARY KEY (oa_id, generation, try)
) STRICT, WITHOUT ROWID;

-- Consents that have begun and not come back.
CREATE TABLE zalo_consents (
  state TEXT PRIMARY KEY,
  verifier TEXT NOT NULL,
  started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the short payload of a button stands for.
CREATE TABLE zalo_buttons (
  conversation_id TEXT NOT NULL,
  payload TEXT NOT NULL,
  value TEXT NOT NULL,
  label TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, payload)
) STRICT, WITHOUT ROWID;
CREATE INDEX zalo_buttons_by_time ON zalo_buttons (at);

-- Each part of each message that we send, written before it is sent: tells our own echo from the words of others.
CREATE TABLE zalo_sends (
  conversation_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  part INTEGER NOT NULL,
  is_last INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  at INTEGER NOT NULL,
  message_id TEXT,
  PRIMARY KEY (conversation_id, seq, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX zalo_sends_by_message ON zalo_sends (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX zalo_sends_by_time ON zalo_sends (at);

-- Events that wait a moment: for one that happened earlier and comes later, or for the answer to a send.
CREATE TABLE zalo_waiting (
  key TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  order_key INTEGER NOT NULL,
  due INTEGER NOT NULL,
  event TEXT NOT NULL,
  echo_of TEXT,
  fingerprint TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX zalo_waiting_by_due ON zalo_waiting (due);
CREATE INDEX zalo_waiting_by_order ON zalo_waiting (conversation_id, order_key);

-- Pictures that Zalo has: their ids live seven days there.
CREATE TABLE zalo_uploads (
  url TEXT PRIMARY KEY,
  attachment_id TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When each customer last did something that opens the window for answers.
CREATE TABLE zalo_interactions (
  conversation_id TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
