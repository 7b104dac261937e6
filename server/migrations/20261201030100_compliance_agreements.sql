-- Why: a partner works under a text that it has accepted; which text, when and who stays provable.

-- Up Migration
set local lock_timeout = '5s';

create table agreements (
  tenant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  name text not null,
  tiers text[] not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, program_id) references programs (tenant_id, id),
  constraint agreements_tiers_check check (cardinality(tiers) > 0 and tiers <@ array['tier1', 'tier2', 'tier3', 'tier4'])
);
create index agreements_created_index on agreements (tenant_id, created_at, id);
select isolate('agreements', 'select, insert');
comment on table agreements is 'Texts that partners accept: one for each thing that is agreed on, in versions.';
comment on column agreements.tiers is 'Whose partners it is for.';

create table agreement_versions (
  tenant_id uuid not null,
  id uuid not null,
  agreement_id uuid not null,
  number integer,
  status text not null,
  title text not null,
  body text not null,
  text_hash text not null,
  blocks_payouts boolean not null,
  blocks_approval boolean not null,
  grace_days integer not null,
  effective_from timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  published_at timestamptz,
  published_by uuid,
  primary key (tenant_id, id),
  unique (tenant_id, agreement_id, number),
  foreign key (tenant_id, agreement_id) references agreements (tenant_id, id),
  foreign key (tenant_id, published_by) references users (tenant_id, id),
  constraint agreement_versions_status_check check (status in ('draft', 'published')),
  constraint agreement_versions_published_check check (
    (status = 'published') = (number is not null and effective_from is not null and published_at is not null)),
  constraint agreement_versions_grace_check check (grace_days between 0 and 365)
);
create unique index agreement_versions_one_draft_index on agreement_versions (tenant_id, agreement_id) where status = 'draft';
create index agreement_versions_agreement_index on agreement_versions (tenant_id, agreement_id, effective_from);
create function refuse_change_of_published_text() returns trigger
  language plpgsql
  as $$
begin
  if old.status = 'published' then
    raise exception 'a published text is not changed: partners have accepted it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
comment on function refuse_change_of_published_text is 'A text that was published stays as it was accepted; drafts may be changed.';
create trigger agreement_versions_published_stay before update on agreement_versions
  for each row execute function refuse_change_of_published_text();
select isolate('agreement_versions', 'select, insert, update');
comment on table agreement_versions is 'A text of an agreement. A draft may change; what is published never does, and is in force from its day until a later version is.';
comment on column agreement_versions.number is 'Given with the publication, from 1 on.';
comment on column agreement_versions.body is 'Markdown.';
comment on column agreement_versions.text_hash is 'SHA-256 of title, a line break and body: what a partner accepts by.';
comment on column agreement_versions.blocks_payouts is 'Who has not accepted it when the grace is over is not paid.';
comment on column agreement_versions.blocks_approval is 'Who has not accepted it is not approved.';
comment on column agreement_versions.grace_days is 'Days after its first day, or after joining, in which nothing is blocked.';

create table agreement_acceptances (
  tenant_id uuid not null,
  id uuid not null,
  version_id uuid not null,
  partner_id uuid not null,
  user_id uuid not null,
  text_hash text not null,
  accepted_at timestamptz not null,
  ip text,
  primary key (tenant_id, id),
  unique (tenant_id, version_id, partner_id),
  foreign key (tenant_id, version_id) references agreement_versions (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index agreement_acceptances_version_index on agreement_acceptances (tenant_id, version_id, accepted_at, id);
create index agreement_acceptances_partner_index on agreement_acceptances (tenant_id, partner_id);
create trigger agreement_acceptances_append_only before update or delete on agreement_acceptances
  for each row execute function refuse_change();
select isolate('agreement_acceptances', 'select, insert');
comment on table agreement_acceptances is 'Who accepted which text for which partner, when and from where. Never changed.';
comment on column agreement_acceptances.text_hash is 'Of the text that the person saw; the server takes no other than the version''s.';
comment on column agreement_acceptances.ip is 'The address it came from, in full: it is evidence.';

-- Down Migration
drop table agreement_acceptances, agreement_versions, agreements;
drop function refuse_change_of_published_text();
