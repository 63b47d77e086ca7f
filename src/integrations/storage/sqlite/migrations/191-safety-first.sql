-- Words for somebody in danger wait for none of his other answers.
ALTER TABLE deliveries ADD COLUMN is_safety INTEGER NOT NULL DEFAULT 0;
