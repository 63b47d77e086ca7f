-- What has become of tickets since they were opened or imported: rows are added, and only their notes ever go.
CREATE TABLE ticket_changes (
  number TEXT NOT NULL,
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  by_id TEXT NOT NULL,
  by_name TEXT NOT NULL,
  note TEXT,
  PRIMARY KEY (number, position),
  UNIQUE (number, key)
) STRICT, WITHOUT ROWID;
