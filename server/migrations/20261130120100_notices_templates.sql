-- Why: an operator writes to its partners in its own words, and can see what was in force when.

-- Up Migration
set local lock_timeout = '5s';

create table notice_templates (
  tenant_id uuid not null,
  name text not null,
  version integer not null,
  subject text,
  text text,
  created_by uuid,
  created_at timestamptz not null,
  primary key (tenant_id, name, version),
  foreign key (tenant_id) references tenants (id),
  constraint notice_templates_whole_check check ((subject is null) = (text is null)),
  constraint notice_templates_version_check check (version > 0)
);
select isolate('notice_templates', 'select, insert');
comment on table notice_templates is 'What mails of a kind say, in versions; the newest is in force. Nothing is changed or deleted.';
comment on column notice_templates.name is 'The kind of notice, or `digest`.';
comment on column notice_templates.subject is 'Mustache, as the text is; null: what the program brings along is in force again.';
comment on column notice_templates.created_by is 'Who wrote it; null where a key did.';

-- Down Migration
drop table notice_templates;
