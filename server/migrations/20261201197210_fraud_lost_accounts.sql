-- Why: an account that its provider cannot be asked for any more was taken for one that its partner has left; found again it came after whoever had entered it since.

-- Up Migration
set local lock_timeout = '5s';

alter table fraud_accounts
  add column is_lost boolean not null default false,
  add constraint fraud_accounts_lost_check check (not (is_lost and is_current));
comment on column fraud_accounts.is_lost is 'Whether the partner was paid to it until its provider could not be asked any more: found again it is as old as it was.';
comment on column fraud_accounts.since is 'Since when the partner has it without having left it.';

-- Down Migration
set local lock_timeout = '5s';

comment on column fraud_accounts.since is 'Since when the partner has it without a break.';
alter table fraud_accounts
  drop constraint fraud_accounts_lost_check,
  drop column is_lost;
