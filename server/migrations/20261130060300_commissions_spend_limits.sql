-- Why: an operator may limit what the programme earns its partners in a calendar month. The limit's own row is the lock under which room is given.

-- Up Migration
set local lock_timeout = '5s';

create table spend_limits (
  tenant_id uuid not null references tenants (id),
  currency text not null,
  monthly bigint not null,
  updated_at timestamptz not null,
  primary key (tenant_id, currency),
  constraint spend_limits_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint spend_limits_monthly_check check (monthly >= 0)
);
select isolate('spend_limits', 'select, insert, update, delete');
comment on table spend_limits is 'The most that events may earn all partners together, by currency, on what is dated in one calendar month. Whoever assesses locks these rows last.';
comment on column spend_limits.monthly is 'In minor units.';

create table spend_months (
  tenant_id uuid not null references tenants (id),
  currency text not null,
  month date not null,
  spent bigint not null,
  primary key (tenant_id, currency, month),
  constraint spend_months_spent_check check (spent >= 0)
);
select isolate('spend_months', 'select, insert, update');
comment on table spend_months is 'What was earned while there was a limit, by the month of the event in its plan''s time zone. Refunds take nothing off.';

create table spend_cuts (
  tenant_id uuid not null,
  commission_id uuid not null,
  partner_id uuid not null,
  event_id uuid not null,
  wanted bigint not null,
  given bigint not null,
  created_at timestamptz not null,
  primary key (tenant_id, commission_id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint spend_cuts_given_check check (given >= 0 and given < wanted)
);
create index spend_cuts_partner_index on spend_cuts (tenant_id, partner_id);
create trigger spend_cuts_append_only before update or delete on spend_cuts
  for each row execute function refuse_change();
select isolate('spend_cuts', 'select, insert');
comment on table spend_cuts is 'What the limit left of a commission, where it was less than it would have earned. It depends on what other partners had earned by then, so it is recorded: a replay reads it.';
comment on column spend_cuts.commission_id is 'Derived as every commission''s id; where nothing was left there is no such commission.';

-- Down Migration
drop table spend_cuts, spend_months, spend_limits;
