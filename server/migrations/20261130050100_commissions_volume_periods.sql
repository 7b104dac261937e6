-- Why: the volume of a period is settled when the period ends, and again where something of it has changed since. This says what was settled, under
-- which terms, and up to which number of the partner's sequence it was looked at, so that a repetition reads nothing twice.

-- Up Migration
set local lock_timeout = '5s';

create table volume_periods (
  tenant_id uuid not null,
  partner_id uuid not null,
  period_start date not null,
  period_end date not null,
  terms_id uuid not null,
  checked_number bigint not null,
  checked_at timestamptz not null,
  primary key (tenant_id, partner_id, period_end, period_start),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint volume_periods_order_check check (period_start <= period_end)
);
select isolate('volume_periods', 'select, insert, update');
comment on table volume_periods is 'Periods whose volume has been settled: with which terms, and how far into the partner''s recorded sequence. The amounts are commissions of the rule true_up.';
comment on column volume_periods.period_end is 'The last day of it.';
comment on column volume_periods.terms_id is 'The partner''s terms at the end of the period: they settle it, however often.';
comment on column volume_periods.checked_number is 'The last number of the partner''s sequence that was assessed when it was settled; nothing is settled anew before a later one.';
comment on column commissions.period_start is 'First day of the period that a true-up settles; null otherwise, since what is reported does not say which period it pays for.';
comment on column commissions.period_end is 'Last day of that period; null as period_start.';

-- Down Migration
comment on column commissions.period_start is 'Null: what is reported does not say which period it pays for.';
comment on column commissions.period_end is 'Null, as period_start.';
drop table volume_periods;
