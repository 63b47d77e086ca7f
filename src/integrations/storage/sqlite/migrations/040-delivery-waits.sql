-- Attempts that were only waiting for a channel that took nothing: they do not count as tries.
ALTER TABLE deliveries ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
