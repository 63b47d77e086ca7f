-- Where the figures of a notice come from, as JSON.
ALTER TABLE notices ADD COLUMN provenance TEXT;
