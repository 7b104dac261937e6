-- Why: how long customers take from step to step, and how many of them go on paying, are asked over months. Both are rolled up by the days and
-- months that change, so that the answer costs the same however many customers there are.

-- Up Migration
set local lock_timeout = '5s';

create table partner_step_days (
  tenant_id uuid not null,
  partner_id uuid not null,
  metric_date date not null,
  step text not null,
  bucket smallint not null,
  referrals bigint not null,
  primary key (tenant_id, partner_id, metric_date, step, bucket),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_step_days_step_check check (step in ('click_to_signup', 'signup_to_conversion', 'conversion_to_payment')),
  constraint partner_step_days_bucket_check check (bucket >= 0),
  constraint partner_step_days_referrals_check check (referrals > 0)
);
create index partner_step_days_date_index on partner_step_days (tenant_id, metric_date);
select isolate('partner_step_days', 'select, insert, delete');
comment on table partner_step_days is 'How long referrals took from one step to the next, counted on the day of the later one.';
comment on column partner_step_days.bucket is 'They took at most 2^(bucket/4) seconds, and more than the bucket before says; 0 is up to a second.';

create table partner_retention_months (
  tenant_id uuid not null,
  partner_id uuid not null,
  cohort_month date not null,
  month date not null,
  customers bigint not null,
  primary key (tenant_id, partner_id, cohort_month, month),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_retention_months_customers_check check (customers > 0)
);
create index partner_retention_months_cohort_index on partner_retention_months (tenant_id, cohort_month);
create index partner_retention_months_month_index on partner_retention_months (tenant_id, partner_id, month);
select isolate('partner_retention_months', 'select, insert, delete');
comment on table partner_retention_months is 'Of the customers that were tied to a partner in one month, how many paid in another: a payment or a card event above nothing, refunded later or not.';
comment on column partner_retention_months.cohort_month is 'First day of the month of the conversion, in the programme''s time zone; how many they are is the sum of conversions in partner_funnel_days.';

-- A month of a partner is a range of this, however much the others sold.
create index transactions_paying_index on transactions (tenant_id, partner_id, occurred_at) where kind in ('payment', 'card');

-- What there is already is counted with the next roll-up.
insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
select p.tenant_id, 'everything', p.id, quarter_hour_of(now()) from partners p order by p.tenant_id, p.id;

-- Down Migration
drop index transactions_paying_index;
drop table partner_retention_months;
drop table partner_step_days;
