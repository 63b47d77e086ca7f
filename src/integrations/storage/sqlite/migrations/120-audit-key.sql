-- What is sent again after a lost answer stands once in the audit log.
ALTER TABLE audit_log ADD COLUMN key TEXT;
CREATE UNIQUE INDEX audit_log_by_key ON audit_log (key) WHERE key IS NOT NULL;
DROP TRIGGER audit_log_keeps_rows;
CREATE TRIGGER audit_log_keeps_rows BEFORE UPDATE ON audit_log
WHEN new.number <> old.number OR new.at <> old.at OR new.actor_id <> old.actor_id OR new.actor_name <> old.actor_name
  OR new.action <> old.action OR new.key IS NOT old.key
  OR (new.subject IS NOT old.subject AND new.subject IS NOT '[đã xóa]')
  OR (new.reason IS NOT old.reason AND new.reason IS NOT '[đã xóa]')
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
