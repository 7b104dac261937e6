-- Why: what was sold, where, by which campaign and to which cohort is asked over months: it is rolled up by day, as revenue is.

-- Up Migration
set local lock_timeout = '5s';

create table partner_revenue_facts (
  tenant_id uuid not null,
  partner_id uuid not null,
  metric_date date not null,
  dimension text not null,
  value text not null,
  currency text not null,
  sales bigint not null,
  taken_back bigint not null,
  primary key (tenant_id, partner_id, metric_date, dimension, value, currency),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_revenue_facts_dimension_check check (dimension in ('product', 'plan', 'country', 'campaign', 'cohort'))
);
create index partner_revenue_facts_date_index on partner_revenue_facts (tenant_id, dimension, metric_date);
comment on table partner_revenue_facts is 'The revenue of a day by what its sales were of. Of each dimension the values together are the revenue of the day.';
comment on column partner_revenue_facts.value is 'Of a cohort the month in which the customer was tied to the partner, as YYYY-MM; empty where nothing was reported.';
comment on column partner_revenue_facts.sales is 'Payments less tax, and card revenue; minor units.';
comment on column partner_revenue_facts.taken_back is 'Refunds and chargebacks less what was won of them, on their own days, by what was sold.';
select isolate('partner_revenue_facts', 'select, insert, delete');

-- What there is already is counted with the next roll-up.
insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
select p.tenant_id, 'everything', p.id, quarter_hour_of(now()) from partners p order by p.tenant_id, p.id;

-- Down Migration
drop table partner_revenue_facts;
