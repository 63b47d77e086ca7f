-- Danger that was told to the bot rings at the desk until somebody has seen it.
CREATE INDEX conversations_in_danger ON conversations (last_at) WHERE holder = 'bot' AND priority = 'emergency';
