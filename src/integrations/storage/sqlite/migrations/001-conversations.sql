-- The chain of turns and what is derived from it. See docs/architecture.md.

-- Everything that happened to a conversation. The unique key makes a repeat visible; `handled_by` is the version of
-- the turn that names the event; the content goes once it is handled, because the turn has it then.
CREATE TABLE inbound_events (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL,
  order_key INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  content TEXT,
  handled_by INTEGER
) STRICT;
CREATE INDEX inbound_events_waiting ON inbound_events (received_at) WHERE handled_by IS NULL;
CREATE INDEX inbound_events_age ON inbound_events (received_at);

-- The truth: one immutable row a turn. The big columns come last.
CREATE TABLE turns (
  conversation_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  details TEXT NOT NULL,
  messages TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (conversation_id, version)
) STRICT, WITHOUT ROWID;

-- Projections, written in the transaction of their turn.
CREATE TABLE conversations (
  conversation_id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  holder TEXT NOT NULL,
  agent_id TEXT,
  agent_name TEXT,
  priority TEXT NOT NULL,
  waiting_since INTEGER,
  handoff_reason TEXT,
  last_text TEXT NOT NULL,
  last_at INTEGER NOT NULL,
  customer_name TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_by_holder ON conversations (holder, last_at) WHERE holder <> 'bot';
CREATE INDEX conversations_by_time ON conversations (last_at);

CREATE TABLE deliveries (
  conversation_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  failure TEXT,
  channel_message_id TEXT,
  PRIMARY KEY (conversation_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_waiting ON deliveries (conversation_id, seq) WHERE state IN ('queued', 'sending');

CREATE TABLE attempts (
  conversation_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT,
  reason TEXT,
  PRIMARY KEY (conversation_id, seq, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_open ON attempts (at) WHERE outcome IS NULL;

CREATE TABLE effects (
  key TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  request TEXT,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  failure TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX effects_waiting ON effects (next_at) WHERE state = 'waiting';

CREATE TABLE timers (
  conversation_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  due INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, version, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_due ON timers (due);
