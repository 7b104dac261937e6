-- Why: payouts run by themselves: programmes and partners have schedules on calendar days, money is released in batches, above a limit by two
-- people, fees have somebody who bears them, and a new payout method waits before it is paid to.

-- Up Migration
set local lock_timeout = '5s';

create table payout_settings (
  tenant_id uuid primary key references tenants (id),
  cooling_off_hours integer not null default 72,
  approval_expires_hours integer not null default 168,
  releases_scheduled boolean not null default false,
  updated_at timestamptz not null,
  constraint payout_settings_cooling_off_check check (cooling_off_hours between 0 and 2160),
  constraint payout_settings_approval_expires_check check (approval_expires_hours between 1 and 2160)
);
comment on table payout_settings is 'How the programme pays; where there is no row, the defaults hold.';
comment on column payout_settings.cooling_off_hours is 'How long a changed payout method waits before anything is paid to it.';
comment on column payout_settings.approval_expires_hours is 'How long a batch waits for its second person before its money goes back.';
comment on column payout_settings.releases_scheduled is 'Whether what schedules ask for is released without a person, below the limit.';
select isolate('payout_settings', 'select, insert, update');

create table payout_currency_settings (
  tenant_id uuid not null references tenants (id),
  currency text not null,
  approval_above bigint,
  fee_borne_by text not null default 'programme',
  fee_fixed bigint not null default 0,
  fee_ppm bigint not null default 0,
  every text,
  day smallint,
  minimum bigint,
  anchor_on date,
  next_due_on date,
  updated_at timestamptz not null,
  primary key (tenant_id, currency),
  constraint payout_currency_settings_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint payout_currency_settings_approval_check check (approval_above >= 0),
  constraint payout_currency_settings_borne_by_check check (fee_borne_by in ('programme', 'partner')),
  constraint payout_currency_settings_fee_check check (fee_fixed >= 0 and fee_ppm between 0 and 1000000),
  constraint payout_currency_settings_every_check check (every in ('week', 'fortnight', 'month', 'amount')),
  constraint payout_currency_settings_schedule_check check (
    (every is null) = (day is null) and (every is null) = (anchor_on is null) and (every is null) = (next_due_on is null)
  )
);
comment on table payout_currency_settings is 'How the programme pays in one currency: from which sum on two people are needed, what a transfer costs and who bears it, and the schedule of partners who have none of their own.';
comment on column payout_currency_settings.approval_above is 'What leaves in a day beyond this needs a second person; null: nothing does.';
comment on column payout_currency_settings.fee_ppm is 'Parts per million of the gross amount, beside the fixed part.';
comment on column payout_currency_settings.next_due_on is 'The next day, in the programme''s time zone, on which the schedule asks for payouts.';
select isolate('payout_currency_settings', 'select, insert, update');

create table payout_batches (
  tenant_id uuid not null,
  id uuid not null,
  currency text not null,
  status text not null,
  amount bigint not null,
  payouts integer not null,
  approval_above bigint,
  made_by uuid,
  made_at timestamptz not null,
  expires_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  decision_reason text,
  released_at timestamptz,
  closed_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, made_by) references users (tenant_id, id),
  foreign key (tenant_id, approved_by) references users (tenant_id, id),
  constraint payout_batches_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint payout_batches_status_check check (status in ('waiting', 'ready', 'released', 'refused', 'expired', 'cancelled')),
  constraint payout_batches_four_eyes_check check (approved_by <> made_by),
  constraint payout_batches_amount_check check (amount > 0 and payouts > 0)
);
create index payout_batches_made_index on payout_batches (tenant_id, made_at, id);
create index payout_batches_status_index on payout_batches (tenant_id, status, made_at, id);
comment on table payout_batches is 'Payouts of one currency that are looked at, approved and released together.';
comment on column payout_batches.status is 'waiting for a second person; ready to be released; released; refused or expired, its money given back; cancelled, its payouts waiting again.';
comment on column payout_batches.amount is 'Gross, when it was made: what an approver sees can only become less.';
comment on column payout_batches.made_by is 'The person, also where a key of theirs made it; null where the program or a key of nobody did.';
select isolate('payout_batches', 'select, insert, update');

alter table partner_payouts
  add column batch_id uuid,
  add column operator_fee bigint not null default 0,
  add column opening_balance bigint,
  add column released_at timestamptz,
  add constraint partner_payouts_batch_fkey foreign key (tenant_id, batch_id) references payout_batches (tenant_id, id),
  add constraint partner_payouts_operator_fee_check check (operator_fee >= 0);
create index partner_payouts_batch_index on partner_payouts (tenant_id, batch_id, id) where batch_id is not null;
create index partner_payouts_released_index on partner_payouts (tenant_id, currency, released_at) where released_at is not null;
comment on column partner_payouts.batch_id is 'The batch in which it waits for its release, or was released.';
comment on column partner_payouts.operator_fee is 'The fee of its transfer that the programme bears; `fee` is what the partner bears.';
comment on column partner_payouts.opening_balance is 'What was available to the partner when it was requested, for its statement.';

alter table payout_methods add column usable_at timestamptz;
comment on column payout_methods.usable_at is 'Until then nothing is paid to it: it has replaced another.';

alter table payout_schedules
  drop constraint payout_schedules_every_check,
  add constraint payout_schedules_every_check check (every in ('week', 'fortnight', 'month', 'amount')),
  add column day smallint not null default 1,
  add column anchor_on date,
  add column next_due_on date;
-- A fortnight is counted from a day that was due.
update payout_schedules
   set next_due_on = (next_run_at at time zone 'UTC')::date, anchor_on = (next_run_at at time zone 'UTC')::date;
alter table payout_schedules
  alter column anchor_on set not null,
  alter column next_due_on set not null,
  drop column next_run_at;
comment on column payout_schedules.day is 'Of the week, 1 is Monday; of the month, where one that the month lacks is its last.';
comment on column payout_schedules.next_due_on is 'The next day, in the programme''s time zone, on which it asks for a payout.';

create table payout_schedule_runs (
  tenant_id uuid not null,
  partner_id uuid not null,
  currency text not null,
  due_on date not null,
  payout_id uuid not null,
  ran_at timestamptz not null,
  primary key (tenant_id, partner_id, currency, due_on),
  foreign key (tenant_id, payout_id) references partner_payouts (tenant_id, id)
);
comment on table payout_schedule_runs is 'The payout that a schedule asked for on a due day: its key keeps one day from being paid twice.';
select isolate('payout_schedule_runs', 'select, insert');

-- Down Migration
drop table payout_schedule_runs;
alter table payout_schedules add column next_run_at timestamptz;
update payout_schedules set next_run_at = next_due_on at time zone 'UTC', every = case every when 'amount' then 'week' else every end;
alter table payout_schedules
  alter column next_run_at set not null,
  drop constraint payout_schedules_every_check,
  add constraint payout_schedules_every_check check (every in ('week', 'fortnight', 'month')),
  drop column day, drop column anchor_on, drop column next_due_on;
alter table payout_methods drop column usable_at;
alter table partner_payouts drop column batch_id, drop column operator_fee, drop column opening_balance, drop column released_at;
drop table payout_batches, payout_currency_settings, payout_settings;
