-- Requests that data be erased, and their receipts.
CREATE TABLE erasures (
  number TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  erasure TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX erasures_by_time ON erasures (asked_at);
CREATE INDEX erasures_pending ON erasures (asked_at) WHERE state <> 'done';

-- Customers whom an import must not bring back: a salted hash of their codes.
CREATE TABLE erased_customers (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- The audit log still loses no row and changes none, but what names an erased person in it may go.
DROP TRIGGER audit_log_keeps_rows;
CREATE TRIGGER audit_log_keeps_rows BEFORE UPDATE ON audit_log
WHEN new.number <> old.number OR new.at <> old.at OR new.actor_id <> old.actor_id OR new.actor_name <> old.actor_name
  OR new.action <> old.action
  OR (new.subject IS NOT old.subject AND new.subject IS NOT '[đã xóa]')
  OR (new.reason IS NOT old.reason AND new.reason IS NOT '[đã xóa]')
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

-- A customer's words leave the search with the customer.
CREATE TRIGGER search_customer_gone AFTER DELETE ON customers BEGIN
  DELETE FROM search_customer_words WHERE rowid = (SELECT id FROM search_customers WHERE code = old.code);
  DELETE FROM search_customers WHERE code = old.code;
END;
