-- Why: what waits to be placed keeps what was said of product, plan and country: rules of a plan may ask for them when it is recorded.

-- Up Migration
set local lock_timeout = '5s';

alter table revenue_movements
  add column product text,
  add column plan_code text,
  add column country text,
  add constraint revenue_movements_country_check check (country ~ '^[A-Z]{2}$');
comment on column revenue_movements.product is 'What was sold, as the billing system names it; null where the message does not say, or says several.';
comment on column revenue_movements.plan_code is 'The plan or price that was paid for, as the billing system names it.';
comment on column revenue_movements.country is 'Where the customer is, ISO 3166-1 alpha-2.';

-- Down Migration
alter table revenue_movements drop column product, drop column plan_code, drop column country;
