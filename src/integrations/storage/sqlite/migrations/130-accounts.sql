-- Organisations with several contracts, as the import wrote them.
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX accounts_by_kind ON accounts (kind, id);

-- What their contacts were told of planned outages, and who has confirmed to have read it. The plan itself is JSON.
CREATE TABLE site_notices (
  id TEXT PRIMARY KEY,
  open_until INTEGER NOT NULL,
  at INTEGER NOT NULL,
  record TEXT NOT NULL,
  reminded_at INTEGER,
  confirmed_at INTEGER,
  called TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX site_notices_by_end ON site_notices (open_until);
CREATE INDEX site_notices_by_age ON site_notices (at);
