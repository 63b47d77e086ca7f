-- Notices are given at the pace of their channel, so they are looked for by it.
ALTER TABLE notices ADD COLUMN channel TEXT NOT NULL DEFAULT '';
UPDATE notices SET channel = substr(conversation_id, 1, instr(conversation_id, ':') - 1);
DROP INDEX notices_due;
CREATE INDEX notices_waiting ON notices (channel, next_at) WHERE state = 'waiting';
CREATE INDEX notices_given ON notices (next_at) WHERE state = 'given';

-- Notices to all subscribers who are concerned.
CREATE TABLE campaigns (
  id TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  seen INTEGER NOT NULL,
  cursor TEXT,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX campaigns_by_time ON campaigns (created_at);
CREATE INDEX campaigns_by_subject ON campaigns (subject, created_at);

-- The schedule is looked through for what is new, changed or cancelled.
CREATE INDEX outages_by_start ON outages (starts_at);
