-- Why: schedules that fail each time were claimed first each time, and enough of them kept the others from being paid.

-- Up Migration
set local lock_timeout = '5s';

alter table payout_schedules
  add column failures integer not null default 0,
  add column retry_at timestamptz,
  add constraint payout_schedules_failures_check check (failures >= 0);
comment on column payout_schedules.failures is 'How often in a row it has failed; a refusal by the rules is no failure.';
comment on column payout_schedules.retry_at is 'When it is due again after a failure; null where the last run did not fail.';

-- Down Migration
alter table payout_schedules drop column retry_at, drop column failures;
