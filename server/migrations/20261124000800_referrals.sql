-- Why: what partners share, what was clicked, and which customer came through whom.

-- Up Migration
set local lock_timeout = '5s';

create table referral_links (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  code text not null,
  campaign text,
  destination_url text,
  sub_ids jsonb not null default '{}',
  is_default boolean not null default false,
  status text not null default 'active',
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint referral_links_code_check check (code ~ '^[a-z0-9][a-z0-9_-]{1,49}$'),
  constraint referral_links_status_check check (status in ('active', 'archived'))
);
create unique index referral_links_code_unique on referral_links (tenant_id, code);
create index referral_links_partner_index on referral_links (tenant_id, partner_id, created_at, id);
select isolate('referral_links', 'select, insert, update');
comment on table referral_links is 'One code, one destination. A partner''s own referral_code is its default link.';

create table coupons (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  code text not null,
  is_exclusive boolean not null default true,
  starts_at timestamptz,
  ends_at timestamptz,
  status text not null default 'active',
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint coupons_code_upper_check check (code = upper(code)),
  constraint coupons_status_check check (status in ('active', 'archived'))
);
create unique index coupons_code_unique on coupons (tenant_id, code) where status = 'active';
select isolate('coupons', 'select, insert, update');

create table clicks (
  tenant_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  partner_id uuid not null,
  clicked_at timestamptz not null,
  visitor_id uuid,
  device_id text,
  is_repeat boolean not null default false,
  ip inet,
  user_agent text,
  referrer text,
  campaign text,
  sub_ids jsonb,
  primary key (tenant_id, id)
);
create index clicks_device_index on clicks (tenant_id, device_id, clicked_at) where device_id is not null;
create index clicks_visitor_index on clicks (tenant_id, visitor_id, clicked_at) where visitor_id is not null;
create index clicks_clicked_at_index on clicks using brin (clicked_at);
create index clicks_partner_index on clicks (tenant_id, partner_id, clicked_at);
select isolate('clicks', 'select, insert');
-- What was clicked stays as it was; only the address is made coarse when its time is over.
grant update (ip) on clicks to tributary_server;
comment on table clicks is 'Touches as the server saw them. No foreign keys: a link is never deleted, and the hottest insert of the product pays for nothing it does not need.';

create table click_retention (
  tenant_id uuid not null references tenants (id),
  truncated_before timestamptz not null,
  primary key (tenant_id)
);
select isolate('click_retention', 'select, insert, update');
comment on table click_retention is 'How far the addresses of old clicks have been made coarse: the next run begins there, however many clicks lie behind.';

create table referrals (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  referred_user_id uuid,
  referral_code text not null,
  click_id uuid,
  coupon_id uuid,
  link_id uuid,
  source text not null,
  status text not null default 'pending',
  conversion_date timestamptz,
  qualified_at timestamptz,
  rejected_at timestamptz,
  rejection_reason text,
  verification_required boolean not null default false,
  verified_at timestamptz,
  terms_id uuid,
  reattributed_at timestamptz,
  reattributed_from uuid,
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, reattributed_from) references referrals (tenant_id, id),
  foreign key (tenant_id, referred_user_id) references users (tenant_id, id),
  foreign key (tenant_id, coupon_id) references coupons (tenant_id, id),
  foreign key (tenant_id, link_id) references referral_links (tenant_id, id),
  foreign key (tenant_id, terms_id) references partner_terms (tenant_id, id),
  constraint referrals_status_check check (status in ('pending', 'converted', 'qualified', 'rejected')),
  constraint referrals_source_check check (source in ('click', 'coupon', 'partner_api', 'manual', 'import')),
  constraint referrals_reattributed_check check (reattributed_at is null or status = 'rejected')
);
-- One customer has one attribution; two conversions at once meet here. A referral that was re-attributed has a successor in its place.
create unique index referrals_one_per_customer_unique on referrals (tenant_id, referred_user_id) where reattributed_at is null;
create index referrals_customer_index on referrals (tenant_id, referred_user_id);
create unique index referrals_reattributed_from_unique on referrals (tenant_id, reattributed_from) where reattributed_from is not null;
create index referrals_partner_index on referrals (tenant_id, partner_id, created_at, id);
create index referrals_click_index on referrals (tenant_id, click_id) where click_id is not null;
create index referrals_status_index on referrals (tenant_id, partner_id, status, created_at, id);
select isolate('referrals', 'select, insert, update');

create table reattributed_transactions (
  tenant_id uuid not null,
  transaction_id uuid not null,
  referral_id uuid not null,
  partner_id uuid not null,
  primary key (tenant_id, transaction_id),
  foreign key (tenant_id, referral_id) references referrals (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id)
);
select isolate('reattributed_transactions', 'select, insert, update');
comment on table reattributed_transactions is 'Who earns on what was recorded for an earlier partner of its customer: later reversals fall there. No foreign key to transactions, which lie above.';

comment on table coupons is 'Codes that customers type. An exclusive one outranks any click.';
comment on table referrals is 'A customer tied, or about to be tied, to a partner. One for each customer, for its lifetime, unless an admin re-attributes it.';
comment on column referrals.reattributed_at is 'When the customer went to another partner: this referral is over, and another names it.';
comment on column referrals.reattributed_from is 'The referral that this one took the place of.';
comment on column referrals.conversion_date is 'When the attribution was fixed; what is dated before earns nothing.';
comment on column referrals.terms_id is 'The terms in force at the conversion, which the customer keeps.';
comment on column referrals.source is 'What tied it: the kind of the touch that was chosen.';
comment on column clicks.visitor_id is 'From the first-party cookie.';
comment on column clicks.is_repeat is 'The same visitor on the same link shortly after; left out of counts, kept for attribution.';

-- Down Migration
drop table reattributed_transactions, referrals, click_retention, clicks, coupons, referral_links;
