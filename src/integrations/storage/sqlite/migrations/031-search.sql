-- What the desk searches: words without marks, in lower case (`fold_for_search` is a function of `database.ts`). The word
-- lists keep no text of their own, only where each word stands; the rows beside them say what a number stands for.

-- Conversations: filled some moments after the commit (follow-turns.ts), so that no answer waits for it.
ALTER TABLE conversations ADD COLUMN searched_version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversations_to_search ON conversations (last_at) WHERE version > searched_version;
CREATE TABLE search_messages (
  id INTEGER PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  -- 0: the customer's name.
  seq INTEGER NOT NULL,
  UNIQUE (conversation_id, seq)
) STRICT;
CREATE VIRTUAL TABLE search_message_words USING fts5(
  words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);

-- Customers and tickets: filled with their row. Triggers obey the conflict rule of the statement that fires them, so
-- a row that is there already is asked for and not left to it.
CREATE TABLE search_customers (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE VIRTUAL TABLE search_customer_words USING fts5(
  words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);
CREATE TRIGGER search_customer_written AFTER INSERT ON customers BEGIN
  INSERT INTO search_customers (code)
    SELECT new.code WHERE NOT EXISTS (SELECT 1 FROM search_customers WHERE code = new.code);
  INSERT OR REPLACE INTO search_customer_words (rowid, words)
    SELECT id, new.search FROM search_customers WHERE code = new.code;
END;
INSERT INTO search_customers (code) SELECT code FROM customers ORDER BY code;
INSERT INTO search_customer_words (rowid, words)
  SELECT s.id, c.search FROM search_customers s JOIN customers c ON c.code = s.code;

CREATE TABLE search_tickets (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE) STRICT;
CREATE VIRTUAL TABLE search_ticket_words USING fts5(
  words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);
CREATE VIEW ticket_words AS
  SELECT t.number AS number, fold_for_search(concat_ws(' ', t.number, t.record ->> 'customerCode', t.record ->> 'phone',
    t.record ->> 'place', t.record ->> 'summary',
    (SELECT group_concat(value, ' ') FROM json_each(t.record, '$.details')))) AS words
  FROM tickets t;
CREATE TRIGGER search_ticket_written AFTER INSERT ON tickets BEGIN
  INSERT INTO search_tickets (number)
    SELECT new.number WHERE NOT EXISTS (SELECT 1 FROM search_tickets WHERE number = new.number);
  INSERT OR REPLACE INTO search_ticket_words (rowid, words)
    SELECT s.id, w.words FROM search_tickets s JOIN ticket_words w ON w.number = s.number WHERE s.number = new.number;
END;
CREATE TRIGGER search_ticket_changed AFTER UPDATE OF record ON tickets BEGIN
  INSERT OR REPLACE INTO search_ticket_words (rowid, words)
    SELECT s.id, w.words FROM search_tickets s JOIN ticket_words w ON w.number = s.number WHERE s.number = new.number;
END;
INSERT INTO search_tickets (number) SELECT number FROM tickets ORDER BY created_at;
INSERT INTO search_ticket_words (rowid, words)
  SELECT s.id, w.words FROM search_tickets s JOIN ticket_words w ON w.number = s.number;
