-- Why: a tier asks for so many customers a year. Who falls below is shown to the operator, who decides; nobody is moved by a job.

-- Up Migration
set local lock_timeout = '5s';

create table partner_tier_reviews (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  tier text not null,
  minimum integer not null,
  days integer not null,
  counted integer not null,
  status text not null default 'open',
  opened_at timestamptz not null,
  reviewed_at timestamptz not null,
  closed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_tier_reviews_tier_check check (tier in ('tier1', 'tier2', 'tier3', 'tier4')),
  constraint partner_tier_reviews_status_check check (status in ('open', 'met', 'moot')),
  constraint partner_tier_reviews_closed_check check ((status = 'open') = (closed_at is null)),
  constraint partner_tier_reviews_figures_check check (minimum > 0 and days > 0 and counted >= 0)
);
create unique index partner_tier_reviews_one_open_index on partner_tier_reviews (tenant_id, partner_id) where status = 'open';
create index partner_tier_reviews_opened_index on partner_tier_reviews (tenant_id, opened_at, id);
create index partner_tier_reviews_partner_index on partner_tier_reviews (tenant_id, partner_id, opened_at, id);
select isolate('partner_tier_reviews', 'select, insert, update');
comment on table partner_tier_reviews is 'Partners who brought fewer customers than their tier asks for. Open until they meet it again (met) or it asks for nothing of them any more (moot).';
comment on column partner_tier_reviews.counted is 'Referrals that qualified in the days before the latest review.';
comment on column partner_tier_reviews.reviewed_at is 'When it was last counted.';

-- Down Migration
drop table partner_tier_reviews;
