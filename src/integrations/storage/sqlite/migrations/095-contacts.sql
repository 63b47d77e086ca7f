-- What the figures count: one row for each time that a customer wrote (src/bot/figures/contact.ts). Derived from the
-- chain some moments after the commit; holds no words, names or codes, and a salted hash in place of the conversation.
CREATE TABLE contacts (
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  day TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_by_day ON contacts (day, key, number);
