-- Why: partners, the terms they work under, and the recorded history that decides, together with their customers' transactions, what they earn.

-- Up Migration
set local lock_timeout = '5s';

create table partners (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  program_id uuid not null,
  user_id uuid not null,
  external_id text,
  partner_type text not null,
  tier text not null,
  company_name text,
  referral_code text not null,
  wished_referral_code text,
  commission_rate numeric(5,2),
  status text not null default 'pending',
  country text,
  settings jsonb not null default '{}',
  branding jsonb not null default '{}',
  joined_at timestamptz not null,
  approved_at timestamptz,
  suspended_at timestamptz,
  terminated_at timestamptz,
  status_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, program_id) references programs (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  constraint partners_type_check check (partner_type in ('affiliate', 'reseller', 'whitelabel', 'technology')),
  constraint partners_tier_check check (tier in ('tier1', 'tier2', 'tier3', 'tier4')),
  constraint partners_status_check check (status in ('pending', 'active', 'suspended', 'terminated', 'rejected')),
  constraint partners_country_check check (country ~ '^[A-Z]{2}$'),
  constraint partners_referral_code_check check (referral_code ~ '^[a-z0-9][a-z0-9_-]{1,49}$')
);
create unique index partners_user_unique on partners (tenant_id, user_id);
create unique index partners_referral_code_unique on partners (tenant_id, referral_code);
create unique index partners_external_id_unique on partners (tenant_id, external_id);
create index partners_status_index on partners (tenant_id, status, created_at, id);
create index partners_joined_index on partners (tenant_id, joined_at, id);
create index partners_created_index on partners (tenant_id, created_at, id);
comment on column partners.wished_referral_code is 'Given once the e-mail is verified, if it is free then. Earlier it would show whether an e-mail is known: what is given to one cannot be given to another.';
comment on column partners.commission_rate is 'The current rate in per cent, for display as the plan has it; the engine reads terms, never this.';
select isolate('partners', 'select, insert, update');

alter table ledger_accounts add constraint ledger_accounts_partner_fkey foreign key (tenant_id, partner_id) references partners (tenant_id, id);
alter table partner_api_keys add constraint partner_api_keys_partner_fkey foreign key (tenant_id, partner_id) references partners (tenant_id, id);

create table partner_terms (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  number bigint not null,
  plan_id uuid not null,
  tier text not null,
  overrides jsonb not null default '{}',
  reason text,
  effective_from timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, partner_id, number),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, plan_id) references commission_plans (tenant_id, id),
  constraint partner_terms_tier_check check (tier in ('tier1', 'tier2', 'tier3', 'tier4'))
);
create trigger partner_terms_append_only before update or delete on partner_terms
  for each row execute function refuse_change();
select isolate('partner_terms', 'select, insert');
comment on table partner_terms is 'A partner''s terms over time: a tier of a plan version, and overrides inside the tier''s allowed range. Of the rows in force the one with the highest number counts.';
comment on column partner_terms.number is 'Its place in the partner''s recorded sequence, where a terms event announces it.';
comment on column partner_terms.effective_from is 'Null: from the beginning of time.';

create table partner_tier_changes (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  from_tier text not null,
  to_tier text not null,
  status text not null default 'requested',
  eligibility jsonb not null default '{}',
  reason text,
  requested_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_tier_changes_status_check check (status in ('requested', 'approved', 'rejected')),
  constraint partner_tier_changes_tier_check check (to_tier in ('tier1', 'tier2', 'tier3', 'tier4') and to_tier <> from_tier)
);
create index partner_tier_changes_requested_index on partner_tier_changes (tenant_id, requested_at, id);
create index partner_tier_changes_partner_index on partner_tier_changes (tenant_id, partner_id, requested_at, id);
create unique index partner_tier_changes_one_open_index on partner_tier_changes (tenant_id, partner_id) where status = 'requested';
select isolate('partner_tier_changes', 'select, insert, update');

create table partner_invitations (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  email text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  constraint partner_invitations_email_unique unique (tenant_id, email),
  constraint partner_invitations_email_lower_check check (email = lower(email))
);
select isolate('partner_invitations', 'select, insert, delete');
comment on table partner_invitations is 'E-mails that may register while only the beta flag is on.';

create table partner_sequences (
  tenant_id uuid not null,
  partner_id uuid not null,
  last_number bigint not null default 0,
  primary key (tenant_id, partner_id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id)
);
select isolate('partner_sequences', 'select, insert, update');
comment on table partner_sequences is 'The last number of the partner''s recorded sequence. Taking a number locks the row: recording for one partner happens in one order.';

create table partner_events (
  tenant_id uuid not null,
  partner_id uuid not null,
  number bigint not null,
  id uuid not null,
  kind text not null,
  referral_id uuid,
  data jsonb not null default '{}',
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, partner_id, number),
  unique (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id)
);
create index partner_events_referral_index on partner_events (tenant_id, referral_id, number);
create trigger partner_events_append_only before update or delete on partner_events
  for each row execute function refuse_change();
select isolate('partner_events', 'select, insert');
comment on table partner_events is 'Acts that decide earnings (conversion, verification, suspension, terms …) in the partner''s recorded sequence; its transactions carry the other numbers of the same sequence.';

comment on table partners is 'Who brings customers: affiliate, reseller, white-label, technology.';
comment on column partners.tier is 'What it is paid by; partner_type is what it is.';
comment on column partners.external_id is 'Its name in the system that it was imported from.';
comment on column partners.status_reason is 'Why it is in this state; kept from the partner.';
comment on table partner_tier_changes is 'Requests for another tier, how the partner stood to what the tier asks for, and what was decided.';

-- Down Migration
alter table partner_api_keys drop constraint partner_api_keys_partner_fkey;
alter table ledger_accounts drop constraint ledger_accounts_partner_fkey;
drop table partner_events, partner_sequences, partner_invitations, partner_tier_changes, partner_terms, partners;
