-- Why: a partner says which deal it works on, before there is a customer; one partner holds a deal at a time, and for a time.

-- Up Migration
set local lock_timeout = '5s';

create table lead_settings (
  tenant_id uuid not null references tenants (id),
  protection_days integer not null,
  renewals_max integer not null,
  reminder_days integer not null,
  accepts_at_once boolean not null,
  updated_at timestamptz not null,
  primary key (tenant_id),
  constraint lead_settings_protection_days_check check (protection_days between 1 and 730),
  constraint lead_settings_renewals_max_check check (renewals_max between 0 and 10),
  constraint lead_settings_reminder_days_check check (reminder_days between 0 and 60)
);
select isolate('lead_settings', 'select, insert, update');
comment on table lead_settings is 'The programme''s rules about leads; without a row the defaults hold.';
comment on column lead_settings.protection_days is 'Days of 24 hours for which an accepted lead is held, and by which a renewal prolongs that.';
comment on column lead_settings.renewals_max is 'How often a partner may renew by itself.';
comment on column lead_settings.reminder_days is 'So many days before its end the partner is reminded; 0: never.';
comment on column lead_settings.accepts_at_once is 'A free deal is accepted when it is registered, by nobody.';

create table leads (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  company text not null,
  domain text,
  contact_name text,
  contact_email text,
  expected_value bigint,
  currency text,
  status text not null,
  ends_at timestamptz,
  renewals integer not null default 0,
  reminded_at timestamptz,
  conflict_kind text,
  conflict_lead_id uuid,
  tie text,
  referral_id uuid,
  tied_at timestamptz,
  registered_at timestamptz not null,
  decided_at timestamptz,
  updated_at timestamptz not null,
  closed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, conflict_lead_id) references leads (tenant_id, id),
  foreign key (tenant_id, referral_id) references referrals (tenant_id, id),
  constraint leads_status_check check (status in ('submitted', 'conflict', 'accepted', 'contacted', 'qualified', 'proposal', 'won', 'lost', 'declined', 'expired')),
  constraint leads_value_check check ((expected_value is null) = (currency is null) and expected_value >= 0 and currency ~ '^[A-Z]{3}$'),
  constraint leads_ends_at_check check (status = 'won' or (ends_at is null) = (status in ('lost', 'declined', 'expired'))),
  constraint leads_closed_check check ((closed_at is not null) = (status in ('lost', 'declined', 'expired'))),
  constraint leads_conflict_kind_check check (conflict_kind in ('email', 'domain', 'company', 'customer')),
  constraint leads_tie_check check (tie in ('own', 'elsewhere')),
  constraint leads_tied_check check ((tie is null) = (referral_id is null) and (tie is null) = (tied_at is null)),
  constraint leads_renewals_check check (renewals >= 0)
);
create index leads_registered_index on leads (tenant_id, registered_at, id);
create index leads_updated_index on leads (tenant_id, updated_at, id);
create index leads_company_index on leads (tenant_id, company, id);
create index leads_partner_index on leads (tenant_id, partner_id, registered_at, id);
create index leads_status_index on leads (tenant_id, status, registered_at, id);
create index leads_ends_index on leads (tenant_id, ends_at) where ends_at is not null;
create index leads_tie_index on leads (tenant_id, tie, registered_at, id) where tie is not null;
create index leads_referral_index on leads (tenant_id, referral_id) where referral_id is not null;
create index leads_contact_index on leads (tenant_id, contact_email) where contact_email is not null;
select isolate('leads', 'select, insert, update');
comment on table leads is 'Deals that partners have registered.';
comment on column leads.domain is 'The company''s, in lower case and without www; null where only a mailbox at a provider is known.';
comment on column leads.contact_email is 'In lower case; null once the person has asked to be forgotten.';
comment on column leads.expected_value is 'What the partner expects the deal to be worth, in minor units of currency. Nothing is reckoned with it.';
comment on column leads.ends_at is 'When it ends by itself: the protection of a deal that is held, the wait of a conflict. Null for what has ended, and for a deal that was won.';
comment on column leads.renewals is 'How often its partner has renewed it.';
comment on column leads.reminded_at is 'When the partner was reminded of the end that it has now.';
comment on column leads.conflict_kind is 'By what it met another''s deal or a customer when it was registered; the operator alone sees it.';
comment on column leads.conflict_lead_id is 'The deal that it met; null where it met a customer.';
comment on column leads.tie is 'A customer of this deal has come: through its partner (own), or through another (elsewhere).';
comment on column leads.referral_id is 'The referral of that customer; its partner sees it where it is its own.';
comment on column leads.decided_at is 'When the operator accepted or declined it.';

create table lead_claims (
  tenant_id uuid not null,
  lead_id uuid not null,
  kind text not null,
  value text not null,
  primary key (tenant_id, lead_id, kind),
  foreign key (tenant_id, lead_id) references leads (tenant_id, id),
  constraint lead_claims_kind_check check (kind in ('email', 'domain', 'company'))
);
-- Two companies may have one name, and the operator may say so; an address and a domain are one company's.
create unique index lead_claims_held_unique on lead_claims (tenant_id, kind, value) where kind <> 'company';
create index lead_claims_company_index on lead_claims (tenant_id, value) where kind = 'company';
create index lead_claims_domain_index on lead_claims (tenant_id, reverse(value) text_pattern_ops) where kind = 'domain';
select isolate('lead_claims', 'select, insert, delete');
comment on table lead_claims is 'What a lead that is held keeps from other partners, in the form in which it is compared. Gone when the lead is let go.';

create table lead_entries (
  tenant_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  kind text not null,
  status text,
  body text,
  author text not null,
  author_id uuid,
  is_internal boolean not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, lead_id) references leads (tenant_id, id),
  constraint lead_entries_kind_check check (kind in ('note', 'status', 'renewal', 'tie')),
  constraint lead_entries_status_check check ((status is not null) = (kind = 'status')),
  constraint lead_entries_author_check check (author in ('partner', 'operator', 'program')),
  constraint lead_entries_internal_check check (not is_internal or author = 'operator')
);
create index lead_entries_lead_index on lead_entries (tenant_id, lead_id, at, id);
select isolate('lead_entries', 'select, insert, update (body)');
comment on table lead_entries is 'What happened to leads and what was noted, in order.';
comment on column lead_entries.status is 'Of a move: where to.';
comment on column lead_entries.body is 'A note, or why it was declined or lost; null where nothing was said, and where it was forgotten.';
comment on column lead_entries.author_id is 'The person or API key; null for the program.';
comment on column lead_entries.is_internal is 'Of the team: no partner ever sees it.';

-- Down Migration
drop table lead_entries, lead_claims, leads, lead_settings;
