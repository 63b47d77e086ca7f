-- When this very customer has asked to be told, and how often a notice was put off after it had been given.
ALTER TABLE notices ADD COLUMN asked_at INTEGER;
ALTER TABLE notices ADD COLUMN put_off INTEGER NOT NULL DEFAULT 0;
