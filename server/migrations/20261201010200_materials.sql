-- Why: partners publish what the operator gives them, each with its own link inside; what is out of date is replaced or withdrawn in one place.

-- Up Migration
set local lock_timeout = '5s';

create table materials (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  kind text not null,
  title text not null,
  description text,
  tiers text[],
  destination_url text,
  status text not null,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  primary key (tenant_id, id),
  constraint materials_kind_check check (kind in ('banner', 'text', 'file')),
  constraint materials_status_check check (status in ('active', 'archived')),
  constraint materials_archived_check check ((status = 'archived') = (archived_at is not null)),
  constraint materials_tiers_check check (tiers <@ array['tier1', 'tier2', 'tier3', 'tier4'] and cardinality(tiers) > 0),
  constraint materials_version_check check (version > 0)
);
create index materials_created_index on materials (tenant_id, created_at, id);
create index materials_updated_index on materials (tenant_id, updated_at, id);
create index materials_title_index on materials (tenant_id, title, id);
select isolate('materials', 'select, insert, update');
comment on table materials is 'What partners may publish.';
comment on column materials.tiers is 'Who sees it; null: partners whose terms include marketing tools.';
comment on column materials.destination_url is 'Where its link leads, on a host of the programme; null: where the partner''s link leads.';
comment on column materials.version is 'Of its versions the one that is shown: the latest.';

create table material_versions (
  tenant_id uuid not null,
  material_id uuid not null,
  number integer not null,
  file_id uuid,
  body text,
  alt text,
  width integer,
  height integer,
  created_by uuid,
  created_at timestamptz not null,
  primary key (tenant_id, material_id, number),
  foreign key (tenant_id, material_id) references materials (tenant_id, id),
  foreign key (tenant_id, file_id) references files (tenant_id, id),
  constraint material_versions_content_check check (num_nonnulls(file_id, body) = 1),
  constraint material_versions_size_check check ((width is null) = (height is null) and width > 0 and height > 0)
);
select isolate('material_versions', 'select, insert');
comment on table material_versions is 'What materials hold and held. Never changed.';
comment on column material_versions.body is 'Of a text: what to publish, with places for the partner''s link, code and name.';
comment on column material_versions.alt is 'Of a banner: what it says, for who does not see it.';
comment on column material_versions.width is 'Of a banner, in pixels, as its bytes say.';
comment on column material_versions.created_by is 'The person or API key; null for the program.';

create table material_downloads (
  tenant_id uuid not null,
  material_id uuid not null,
  partner_id uuid not null,
  count bigint not null,
  last_at timestamptz not null,
  primary key (tenant_id, material_id, partner_id),
  foreign key (tenant_id, material_id) references materials (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint material_downloads_count_check check (count > 0)
);
select isolate('material_downloads', 'select, insert, update');
comment on table material_downloads is 'How often partners have downloaded files of materials.';

-- Down Migration
drop table material_downloads, material_versions, materials;
