-- What an account was told of an outage, without going through what all others were told.
CREATE INDEX site_notices_of_account ON site_notices (record ->> 'outageId', record ->> 'accountId');
