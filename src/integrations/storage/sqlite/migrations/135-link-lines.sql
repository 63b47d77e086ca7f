-- Feeder and transformer of the contract of whoever belongs to an incident, as JSON, where its feeder is known.
ALTER TABLE incident_links ADD COLUMN lines TEXT;
