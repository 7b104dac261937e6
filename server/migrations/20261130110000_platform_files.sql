-- Why: people send files with what they write; they are kept where everything else is, so that a backup has them.

-- Up Migration
set local lock_timeout = '5s';

create table files (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  name text not null,
  media_type text not null,
  size integer not null,
  content bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  constraint files_name_check check (length(name) between 1 and 120 and name !~ '[[:cntrl:]/\\]'),
  constraint files_size_check check (size between 1 and 2097152 and size = octet_length(content))
);
-- Pictures and papers are compressed already.
alter table files alter column content set storage external;
select isolate('files', 'select, insert');
comment on table files is 'Files that people have sent. Never changed; whoever refers to one says who may read it.';
comment on column files.name is 'As its sender called it, made clean.';
comment on column files.media_type is 'By its content, from the list of what is taken.';
comment on column files.size is 'In bytes.';

-- Down Migration
drop table files;
