-- Why: the programme and its commission plans. A published plan version is never edited: what a partner earned can always be shown from it.

-- Up Migration
set local lock_timeout = '5s';

create table programs (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  name text not null,
  currency text not null,
  time_zone text not null default 'UTC',
  destination_hosts text[] not null default '{}',
  default_destination text,
  attribution_model text not null default 'last',
  requires_verified_email boolean not null default false,
  auto_approved_tiers text[] not null default '{tier1}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id),
  constraint programs_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint programs_attribution_model_check check (attribution_model in ('last', 'first'))
);
select isolate('programs', 'select, insert, update');

create table commission_plans (
  tenant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  version integer,
  status text not null default 'draft',
  currency text not null,
  time_zone text not null,
  tiers jsonb not null,
  effective_from timestamptz,
  is_retroactive boolean not null default false,
  created_at timestamptz not null,
  published_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, program_id, version),
  foreign key (tenant_id, program_id) references programs (tenant_id, id),
  constraint commission_plans_status_check check (status in ('draft', 'published')),
  constraint commission_plans_version_check check (version > 0),
  constraint commission_plans_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint commission_plans_published_check check ((status = 'published') = (published_at is not null and version is not null))
);
comment on column commission_plans.version is 'Given when it is published, so that versions are numbered in the order in which they were; null for a draft.';
comment on column commission_plans.currency is 'The programme''s when the version was written: its fixed amounts mean this currency, whatever the programme''s becomes.';
comment on column commission_plans.effective_from is 'Null: from the beginning of time, as the first version is. Of the versions in force the one with the highest number counts.';
create function refuse_published_plan_change() returns trigger
  language plpgsql
  as $$
begin
  if old.status = 'published' then
    raise exception 'a published plan version is never edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger commission_plans_published_is_final before update on commission_plans
  for each row execute function refuse_published_plan_change();
select isolate('commission_plans', 'select, insert, update');

comment on table programs is 'The partner programme of a tenant: its currency, its time zone, where its links may lead.';
comment on column programs.destination_hosts is 'Hosts on which links may lead anywhere, and no others.';
comment on column programs.auto_approved_tiers is 'Partners of these tiers are approved once their e-mail is verified.';
comment on table commission_plans is 'Versions of the commission plan. A published one is never edited.';
comment on column commission_plans.tiers is 'The terms of each tier, with the plan''s own field names; rates are decimal fractions, amounts minor units.';
comment on function refuse_published_plan_change is 'Trigger: a published plan version is never edited.';

-- Down Migration
drop table commission_plans, programs;
drop function refuse_published_plan_change();
