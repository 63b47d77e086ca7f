-- Incidents: every version is a row of its own and never changed. Which are open is kept beside them, because over the
-- years nearly all have ended.
CREATE TABLE incidents (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX incidents_ended ON incidents (updated_at) WHERE state NOT IN ('suspected', 'ongoing');

CREATE TABLE open_incidents (
  id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
