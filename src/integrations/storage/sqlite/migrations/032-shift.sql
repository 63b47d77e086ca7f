-- What the shift leader's board counts, by hour (UTC ms of its beginning): `topic` by intent, `none` for what was not
-- understood; `closed` by agent id. Filled by the followers of turns (follow-turns.ts).
CREATE TABLE shift_hours (
  hour INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('topic', 'closed')),
  name TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (hour, kind, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_by_agent ON conversations (agent_id) WHERE holder = 'agent';

-- `searched_version` now says how far all followers are: what is there is shown to the new ones, too. The search takes
-- no message twice.
UPDATE conversations SET searched_version = 0;
