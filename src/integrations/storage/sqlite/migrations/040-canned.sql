-- Ready answers as they were changed at the desk; those of data/desk that nobody changed are not here.
CREATE TABLE canned_changes (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  removed INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
