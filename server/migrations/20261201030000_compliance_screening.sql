-- Why: nobody is paid whom sanctions forbid to pay; what was compared with which list stays provable for ten years.

-- Up Migration
set local lock_timeout = '5s';

create table screening_settings (
  tenant_id uuid not null references tenants (id),
  is_enabled boolean not null,
  list_max_age_days integer not null,
  alert_at numeric(4,3) not null,
  blocked_countries text[] not null,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id),
  constraint screening_settings_age_check check (list_max_age_days between 1 and 90),
  constraint screening_settings_alert_check check (alert_at between 0.800 and 1)
);
select isolate('screening_settings', 'select, insert, update');
comment on table screening_settings is 'Whether partners are screened, and how; without a row they are not.';
comment on column screening_settings.list_max_age_days is 'An older list clears nobody.';
comment on column screening_settings.alert_at is 'How alike two names are from which on a person looks at them, 0 to 1.';
comment on column screening_settings.blocked_countries is 'Partners of these are neither approved nor paid.';
comment on column screening_settings.updated_by is 'Who set it; null where a key or the program did.';

create table sanctions_lists (
  tenant_id uuid not null references tenants (id),
  version bigint not null,
  source text not null,
  content_hash text not null,
  as_of timestamptz not null,
  confirmed_at timestamptz not null,
  entries integer not null,
  added integer not null,
  changed integer not null,
  removed integer not null,
  rescreens_all boolean not null,
  files jsonb not null,
  imported_at timestamptz not null,
  imported_by text not null,
  primary key (tenant_id, version),
  constraint sanctions_lists_source_check check (source in ('ofac', 'watchman')),
  constraint sanctions_lists_confirmed_check check (confirmed_at >= as_of)
);
create index sanctions_lists_content_index on sanctions_lists (tenant_id, content_hash);
select isolate('sanctions_lists', 'select, insert, update(confirmed_at)');
comment on table sanctions_lists is 'The versions of the sanctions list, in the order in which they came. The newest is in force.';
comment on column sanctions_lists.source is 'ofac: files of the US Treasury, kept here; watchman: a screening service, which keeps them.';
comment on column sanctions_lists.content_hash is 'SHA-256 of the files, or what the service calls its list.';
comment on column sanctions_lists.as_of is 'Of when the files are.';
comment on column sanctions_lists.confirmed_at is 'When the source last had nothing newer: its age counts from here.';
comment on column sanctions_lists.rescreens_all is 'What was screened with the version before says nothing about this one.';
comment on column sanctions_lists.files is 'Names, sizes and hashes of what it was read from.';
comment on column sanctions_lists.imported_by is 'The person, the key or the job.';

create table sanctions_entries (
  tenant_id uuid not null,
  entry_id text not null,
  from_version bigint not null,
  to_version bigint,
  content_hash text not null,
  entry jsonb not null,
  primary key (tenant_id, entry_id, from_version),
  foreign key (tenant_id, from_version) references sanctions_lists (tenant_id, version),
  constraint sanctions_entries_order_check check (to_version > from_version)
);
create index sanctions_entries_current_index on sanctions_entries (tenant_id, from_version) where to_version is null;
select isolate('sanctions_entries', 'select, insert, update(to_version)');
comment on table sanctions_entries is 'Who is on the list, from which version on and up to which: what it said on any day can be told.';
comment on column sanctions_entries.entry_id is 'The list''s own number, after the name of the list.';
comment on column sanctions_entries.to_version is 'The version in which it was gone or other; null while it is in force.';
comment on column sanctions_entries.entry is 'Names, kind, programmes, countries, addresses, remarks.';

create table partner_screenings (
  tenant_id uuid not null,
  partner_id uuid not null,
  subject_hash text not null,
  names jsonb not null,
  country text,
  since_version bigint not null,
  through_version bigint not null,
  first_screened_at timestamptz not null,
  screened_at timestamptz not null,
  primary key (tenant_id, partner_id, subject_hash),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, through_version) references sanctions_lists (tenant_id, version),
  constraint partner_screenings_order_check check (through_version >= since_version)
);
create index partner_screenings_through_index on partner_screenings (tenant_id, through_version);
select isolate('partner_screenings', 'select, insert, update');
comment on table partner_screenings is 'Which names of a partner were compared with which versions of the list. A new name is a new row: the old one stays as evidence.';
comment on column partner_screenings.subject_hash is 'Of the names, the country and the way of comparing: another of these is screened anew.';
comment on column partner_screenings.names is 'What was compared.';
comment on column partner_screenings.through_version is 'The last version compared with, all before it since the first included.';

create table screening_cases (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  status text not null,
  round integer not null default 1,
  list_version bigint not null,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  decided_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, list_version) references sanctions_lists (tenant_id, version),
  constraint screening_cases_status_check check (status in ('open', 'escalated', 'cleared', 'confirmed')),
  constraint screening_cases_decided_check check ((status in ('cleared', 'confirmed')) = (decided_at is not null))
);
create unique index screening_cases_one_open_index on screening_cases (tenant_id, partner_id) where status in ('open', 'escalated');
create index screening_cases_partner_index on screening_cases (tenant_id, partner_id, opened_at, id);
create index screening_cases_opened_index on screening_cases (tenant_id, opened_at, id);
create index screening_cases_status_index on screening_cases (tenant_id, status, opened_at, id);
select isolate('screening_cases', 'select, insert, update');
comment on table screening_cases is 'Possible matches of a partner with the list, for two people to decide. While one is open or confirmed, no money leaves.';
comment on column screening_cases.status is 'open: nobody or one person has decided; escalated: two differ; cleared: it is somebody else; confirmed: it is them.';
comment on column screening_cases.round is 'Grows with new evidence and when it is opened again: what was decided before no longer counts.';
comment on column screening_cases.list_version is 'The newest version that said something of it.';

create table screening_hits (
  tenant_id uuid not null,
  case_id uuid not null,
  partner_id uuid not null,
  subject_key text not null,
  entry_id text not null,
  entry_hash text not null,
  round integer not null,
  subject jsonb not null,
  evidence jsonb not null,
  found_at timestamptz not null,
  primary key (tenant_id, case_id, subject_key, entry_id, entry_hash),
  foreign key (tenant_id, case_id) references screening_cases (tenant_id, id)
);
create index screening_hits_partner_index on screening_hits (tenant_id, partner_id);
select isolate('screening_hits', 'select, insert');
comment on table screening_hits is 'The evidence of cases: which name of the partner is like which entry. Once cleared, the same name and the same content of the entry raise no case again.';
comment on column screening_hits.subject_key is 'Hash of the name, its kind and the country.';
comment on column screening_hits.entry_hash is 'Of the entry''s content: when that changes, it is another hit.';
comment on column screening_hits.round is 'The round of the case that it began.';
comment on column screening_hits.evidence is 'The entry as it was, the name that is like it, and the score.';

create table screening_votes (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  round integer not null,
  user_id uuid not null,
  verdict text not null,
  reason text not null,
  voted_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references screening_cases (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  constraint screening_votes_verdict_check check (verdict in ('clear', 'confirm'))
);
create index screening_votes_case_index on screening_votes (tenant_id, case_id, voted_at, id);
create trigger screening_votes_append_only before update or delete on screening_votes
  for each row execute function refuse_change();
select isolate('screening_votes', 'select, insert');
comment on table screening_votes is 'What each person decided on a case, and why. Of one person the last of a round counts.';

-- Down Migration
drop table screening_votes, screening_hits, screening_cases, partner_screenings, sanctions_entries, sanctions_lists, screening_settings;
