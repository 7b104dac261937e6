-- Why: who is taken off a partner's team leaves endpoints that go on working, and its owner is to be told which.

-- Up Migration
set local lock_timeout = '5s';

alter table partner_webhooks add column created_by uuid;
comment on column partner_webhooks.created_by is 'The person who registered it; null where an API key did, and of endpoints that are older than this.';

-- Down Migration
set local lock_timeout = '5s';

alter table partner_webhooks drop column created_by;
