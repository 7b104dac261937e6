-- Why: whoever looked at a cancelled commission could not see why it was cancelled; the reason was in a mail and in the trail alone.

-- Up Migration
set local lock_timeout = '5s';

alter table commissions add column closed_reason text;
comment on column commissions.closed_reason is 'Why a person cancelled it or took it back, as the partner was told; null where an event closed it, and of what an earlier release has kept.';

-- Down Migration
set local lock_timeout = '5s';

alter table commissions drop column closed_reason;
