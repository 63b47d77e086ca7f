-- Who wants no notices any more, by conversation.
CREATE TABLE opt_outs (
  conversation_id TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT;
