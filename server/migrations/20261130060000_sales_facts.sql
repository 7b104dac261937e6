-- Why: rules of a plan may ask which product and plan a payment was for, and from which country it came. What is reported says so where it can.

-- Up Migration
set local lock_timeout = '5s';

alter table transactions
  add column product text,
  add column plan_code text,
  add column country text,
  add constraint transactions_product_check check (length(product) between 1 and 255),
  add constraint transactions_plan_code_check check (length(plan_code) between 1 and 255),
  add constraint transactions_country_check check (country ~ '^[A-Z]{2}$');
comment on column transactions.product is 'The operator''s name of what was sold; null where it was not reported.';
comment on column transactions.plan_code is 'The operator''s name of the plan that was paid for; null where it was not reported.';
comment on column transactions.country is 'Where the customer is, ISO 3166-1 alpha-2; null where it was not reported.';

create or replace function refuse_transaction_change() returns trigger
  language plpgsql
  as $$
begin
  -- A waiting reversal is tied to its original, and takes its place in the partner's sequence, once; nothing else about a transaction
  -- ever changes.
  if (old.tenant_id, old.id, old.external_id, old.user_id, old.kind, old.amount, old.currency, old.tax, old.revenue, old.occurred_at, old.recorded_at, old.original_external_id,
      old.product, old.plan_code, old.country)
     is distinct from
     (new.tenant_id, new.id, new.external_id, new.user_id, new.kind, new.amount, new.currency, new.tax, new.revenue, new.occurred_at, new.recorded_at, new.original_external_id,
      new.product, new.plan_code, new.country)
     or old.original_id is not null
     or new.original_id is null
  then
    raise exception 'a recorded transaction is never edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- Down Migration
create or replace function refuse_transaction_change() returns trigger
  language plpgsql
  as $$
begin
  -- A waiting reversal is tied to its original, and takes its place in the partner's sequence, once; nothing else about a transaction
  -- ever changes.
  if (old.tenant_id, old.id, old.external_id, old.user_id, old.kind, old.amount, old.currency, old.tax, old.revenue, old.occurred_at, old.recorded_at, old.original_external_id)
     is distinct from
     (new.tenant_id, new.id, new.external_id, new.user_id, new.kind, new.amount, new.currency, new.tax, new.revenue, new.occurred_at, new.recorded_at, new.original_external_id)
     or old.original_id is not null
     or new.original_id is null
  then
    raise exception 'a recorded transaction is never edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
alter table transactions drop column product, drop column plan_code, drop column country;
