-- Why: a plan may cap what a customer, or a month, earns. This says how much of each cap has been earned, so that no assessment adds up history.

-- Up Migration
set local lock_timeout = '5s';

create table cap_standings (
  tenant_id uuid not null,
  partner_id uuid not null,
  cap text not null,
  scope text not null,
  currency text not null,
  earned bigint not null,
  primary key (tenant_id, partner_id, cap, scope, currency),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint cap_standings_cap_check check (cap in ('customer', 'month')),
  constraint cap_standings_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint cap_standings_earned_check check (earned >= 0)
);
select isolate('cap_standings', 'select, insert, update');
comment on table cap_standings is 'What has been earned under the caps of plans, as the engine left it; a replay of the events gives the same. Written under the lock of the partner''s sequence.';
comment on column cap_standings.scope is 'The referral, or the first day of the month in the plan''s time zone.';
comment on column cap_standings.earned is 'In minor units, as it was earned: refunds take nothing off.';

-- Down Migration
drop table cap_standings;
