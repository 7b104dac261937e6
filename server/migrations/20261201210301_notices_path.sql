-- Why: a mail about a dispute, a payout or a deal led nowhere, or to the door. It leads to the thing.

-- Up Migration
set local lock_timeout = '5s';

alter table notices add column path text;
comment on column notices.path is 'Where in the portal it is shown what the notice is about, below its address; null of what an earlier release has kept.';

-- Down Migration
set local lock_timeout = '5s';

alter table notices drop column path;
