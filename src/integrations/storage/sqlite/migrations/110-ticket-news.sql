-- States that an import has given to tickets of ours, until the customers are told.
CREATE TABLE ticket_news (
  number TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
