-- What the utility knows: written by the import (or the demo), read by the bot and the desk.
-- `search` and the columns ending in _key hold text without marks, in lower case.

CREATE TABLE customers (
  code TEXT PRIMARY KEY,
  phone TEXT,
  search TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customers_by_phone ON customers (phone) WHERE phone IS NOT NULL;

CREATE TABLE bills (
  customer_code TEXT NOT NULL,
  month TEXT NOT NULL,
  period INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (customer_code, month, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE payments (
  customer_code TEXT NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX payments_by_customer ON payments (customer_code, at);

CREATE TABLE outages (
  id TEXT PRIMARY KEY,
  unit TEXT NOT NULL,
  province_key TEXT NOT NULL,
  state TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  -- Absent while nobody knows, or while the outage lasts longer than was expected.
  ends_at INTEGER,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX outages_by_time ON outages (starts_at) WHERE state IN ('scheduled', 'ongoing');

CREATE TABLE tickets (
  number TEXT PRIMARY KEY,
  conversation_id TEXT,
  customer_code TEXT,
  created_at INTEGER NOT NULL,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tickets_by_conversation ON tickets (conversation_id, created_at) WHERE conversation_id IS NOT NULL;
CREATE INDEX tickets_by_customer ON tickets (customer_code, created_at) WHERE customer_code IS NOT NULL;
CREATE INDEX tickets_by_time ON tickets (created_at);

-- Counted acts: tries of a one-time code, SMS to a phone.
CREATE TABLE slots (
  key TEXT NOT NULL,
  claim TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (key, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX slots_by_expiry ON slots (expires_at);

-- What kind of data this file holds ('demo' or 'real'), and when the demo data were last made.
CREATE TABLE data_marks (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The phone of the demo: SMS that would have been sent.
CREATE TABLE demo_sms (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
