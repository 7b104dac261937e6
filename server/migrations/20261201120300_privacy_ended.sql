-- Why: certificates say what ended with a person; those from before ended nothing that they would name.

-- Up Migration
set local lock_timeout = '5s';
update privacy_erasures set certificate = certificate || '{"ended": []}' where certificate is not null;

-- Down Migration
update privacy_erasures set certificate = certificate - 'ended' where certificate is not null;
