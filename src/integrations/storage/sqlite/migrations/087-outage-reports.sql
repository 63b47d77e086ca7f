-- Reports of outages as they came. `keys`: what may put it together with others, a feeder or a place.
CREATE TABLE outage_reports (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX outage_reports_by_time ON outage_reports (at);
CREATE INDEX outage_reports_by_conversation ON outage_reports (conversation_id, at);

CREATE TABLE outage_report_keys (
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  report_id TEXT NOT NULL REFERENCES outage_reports (id) ON DELETE CASCADE,
  PRIMARY KEY (key, at, report_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outage_report_keys_by_report ON outage_report_keys (report_id);

-- Which incident a conversation belongs to: one row for each pair.
CREATE TABLE incident_links (
  incident_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  reported_at INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  vulnerable INTEGER NOT NULL,
  told_at INTEGER,
  answer TEXT,
  PRIMARY KEY (incident_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_links_by_conversation ON incident_links (conversation_id);
CREATE INDEX incident_links_untold ON incident_links (incident_id) WHERE told_at IS NULL;
CREATE INDEX incident_links_by_time ON incident_links (reported_at);

CREATE TABLE storm_switches (
  number INTEGER PRIMARY KEY,
  record TEXT NOT NULL
) STRICT;
