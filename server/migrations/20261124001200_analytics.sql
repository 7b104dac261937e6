-- Why: dashboards read roll-ups, so that a page costs the same over a thousand clicks and over a hundred million. What changes marks, in its
-- own transaction, the quarter hour of the partner that it touches; the roll-up takes the marks and computes those days anew from their
-- sources. A mark becomes visible when its change does, so that a change that commits late, or that bears an old date, is never missed.

-- Up Migration
set local lock_timeout = '5s';

create table partner_analytics (
  tenant_id uuid not null,
  partner_id uuid not null,
  metric_date date not null,
  currency text not null,
  clicks bigint not null default 0,
  signups bigint not null default 0,
  conversions bigint not null default 0,
  revenue bigint not null default 0,
  payments bigint not null default 0,
  card_revenue bigint not null default 0,
  refunds bigint not null default 0,
  chargebacks bigint not null default 0,
  chargebacks_won bigint not null default 0,
  card_volume bigint not null default 0,
  commission_earned bigint not null default 0,
  commission_signup bigint not null default 0,
  commission_recurring bigint not null default 0,
  commission_transaction bigint not null default 0,
  commission_bonus bigint not null default 0,
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, partner_id, metric_date, currency),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_analytics_revenue_adds_up_check check (revenue = payments + card_revenue - refunds - chargebacks + chargebacks_won),
  constraint partner_analytics_commission_adds_up_check check (
    commission_earned = commission_signup + commission_recurring + commission_transaction + commission_bonus
  )
);
create index partner_analytics_date_index on partner_analytics (tenant_id, metric_date);
select isolate('partner_analytics', 'select, insert, update, delete');
comment on table partner_analytics is 'A day of a partner in one currency, in the programme''s time zone. What has no currency (clicks, signups, conversions) is counted under the programme''s.';
comment on column partner_analytics.revenue is 'Amount less tax of payments and own revenue of card events, less what reversals take back of them on the reversal''s own day.';
comment on column partner_analytics.card_volume is 'What customers moved by card, reversals not taken off; for information, part of no sum.';

create table partner_funnel_days (
  tenant_id uuid not null,
  partner_id uuid not null,
  metric_date date not null,
  source text not null,
  source_id uuid not null,
  clicks bigint not null default 0,
  repeat_clicks bigint not null default 0,
  signups bigint not null default 0,
  conversions bigint not null default 0,
  qualified bigint not null default 0,
  rejected bigint not null default 0,
  primary key (tenant_id, partner_id, metric_date, source, source_id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id)
);
create index partner_funnel_days_date_index on partner_funnel_days (tenant_id, metric_date);
select isolate('partner_funnel_days', 'select, insert, update, delete');
comment on table partner_funnel_days is 'The counts of a day of a partner by where they came from; partner_analytics has their sums.';
comment on column partner_funnel_days.source_id is 'The link of a click, the coupon of a coupon; the nil UUID where there is neither.';

create table analytics_touched (
  tenant_id uuid not null,
  id bigint generated always as identity,
  source text not null,
  partner_id uuid not null,
  quarter_hour timestamptz not null,
  primary key (tenant_id, id),
  constraint analytics_touched_source_check check (source in ('clicks', 'referrals', 'transactions', 'commissions', 'everything'))
);
select isolate('analytics_touched', 'select, insert, delete');
comment on table analytics_touched is 'Which part of a partner''s day has changed in which source since it was rolled up. Rows are only added and taken, never shared: two writers never wait for each other here.';
comment on column analytics_touched.source is 'Where the change was; everything stands for all days of the partner, and is taken by marking them.';

create table analytics_progress (
  tenant_id uuid not null references tenants (id),
  rolled_up_to timestamptz,
  time_zone text not null,
  currency text not null,
  primary key (tenant_id)
);
select isolate('analytics_progress', 'select, insert, update');
comment on table analytics_progress is 'What was committed before rolled_up_to is in the roll-ups, whose days are those of time_zone and whose counts stand under currency.';

-- The functions run as the owner: the server marks nothing by hand but a rebuild, and clicks of many tenants arrive in one statement.
-- Offsets of time zones are multiples of fifteen minutes, so that a quarter hour lies in one day wherever the programme is.
create function quarter_hour_of(instant timestamptz) returns timestamptz
  language sql immutable
  as $$ select pg_catalog.date_bin('15 minutes', instant, '2000-01-01T00:00:00Z') $$;

create function touch_clicks() returns trigger
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select distinct tenant_id, 'clicks', partner_id, quarter_hour_of(clicked_at) from inserted;
  return null;
end $$;
create trigger clicks_touch_analytics after insert on clicks
  referencing new table as inserted for each statement execute function touch_clicks();

create function touch_transactions() returns trigger
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select distinct tenant_id, 'transactions', partner_id, quarter_hour_of(occurred_at)
    from inserted where partner_id is not null;
  return null;
end $$;
create trigger transactions_touch_analytics after insert on transactions
  referencing new table as inserted for each statement execute function touch_transactions();

create function touch_commissions() returns trigger
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select distinct tenant_id, 'commissions', partner_id, quarter_hour_of(occurred_at) from inserted;
  return null;
end $$;
create trigger commissions_touch_analytics after insert on commissions
  referencing new table as inserted for each statement execute function touch_commissions();

create function touch_referrals() returns trigger
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select distinct r.tenant_id, 'referrals', r.partner_id, quarter_hour_of(moment)
    from inserted r
   cross join lateral (values (r.created_at), (r.conversion_date), (r.qualified_at), (r.rejected_at)) as at (moment)
   where moment is not null;
  return null;
end $$;
create trigger referrals_touch_analytics after insert on referrals
  referencing new table as inserted for each statement execute function touch_referrals();

-- Updates that move a figure are few among many that do not (an approval, a payout): the condition lets those pass at no cost.
create function touch_changed_transaction() returns trigger
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  values (new.tenant_id, 'transactions', new.partner_id, quarter_hour_of(new.occurred_at));
  return null;
end $$;
create trigger transactions_touch_analytics_again after update on transactions
  for each row when (new.partner_id is not null) execute function touch_changed_transaction();

create function touch_changed_commission() returns trigger
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select new.tenant_id, 'commissions', new.partner_id, quarter_hour_of(moment)
    from (values (old.occurred_at), (new.occurred_at)) as at (moment)
   group by 4;
  return null;
end $$;
create trigger commissions_touch_analytics_again after update on commissions
  for each row when (old.occurred_at <> new.occurred_at or (old.status = 'cancelled') <> (new.status = 'cancelled'))
  execute function touch_changed_commission();

create function touch_changed_referral() returns trigger
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select distinct new.tenant_id, 'referrals', whose, quarter_hour_of(moment)
    from (values
           (old.partner_id, old.created_at), (old.partner_id, old.conversion_date), (old.partner_id, old.qualified_at), (old.partner_id, old.rejected_at),
           (new.partner_id, new.created_at), (new.partner_id, new.conversion_date), (new.partner_id, new.qualified_at), (new.partner_id, new.rejected_at)
         ) as at (whose, moment)
   where moment is not null;
  return null;
end $$;
create trigger referrals_touch_analytics_again after update on referrals
  for each row when (
    (old.partner_id, old.source, old.link_id, old.coupon_id, old.status, old.created_at, old.conversion_date, old.qualified_at, old.rejected_at)
    is distinct from
    (new.partner_id, new.source, new.link_id, new.coupon_id, new.status, new.created_at, new.conversion_date, new.qualified_at, new.rejected_at)
  ) execute function touch_changed_referral();

-- A trigger needs no right to execute what it calls; whoever had one could hang these on a table of their own, and mark any tenant's days.
revoke all on function touch_clicks(), touch_transactions(), touch_commissions(), touch_referrals(), touch_changed_transaction(), touch_changed_commission(), touch_changed_referral() from public;

comment on function quarter_hour_of is 'The start of the quarter hour: the grain of marks, which fits every time zone.';
comment on function touch_clicks is 'Trigger: marks the quarter hours of new clicks for the roll-up.';
comment on function touch_transactions is 'Trigger: marks the quarter hours of new transactions for the roll-up.';
comment on function touch_commissions is 'Trigger: marks the quarter hours of new commissions for the roll-up.';
comment on function touch_referrals is 'Trigger: marks the quarter hours of what happened to new referrals for the roll-up.';
comment on function touch_changed_transaction is 'Trigger: marks the quarter hour of a transaction that was tied to a partner later.';
comment on function touch_changed_commission is 'Trigger: marks both days of a commission whose date or cancellation changed.';
comment on function touch_changed_referral is 'Trigger: marks the days of a referral whose partner, source, state or dates changed.';

-- Down Migration
drop trigger referrals_touch_analytics_again on referrals;
drop trigger commissions_touch_analytics_again on commissions;
drop trigger transactions_touch_analytics_again on transactions;
drop trigger referrals_touch_analytics on referrals;
drop trigger commissions_touch_analytics on commissions;
drop trigger transactions_touch_analytics on transactions;
drop trigger clicks_touch_analytics on clicks;
drop function touch_changed_referral(), touch_changed_commission(), touch_changed_transaction(), touch_referrals(), touch_commissions(),
  touch_transactions(), touch_clicks(), quarter_hour_of(timestamptz);
drop table analytics_progress, analytics_touched, partner_funnel_days, partner_analytics;
