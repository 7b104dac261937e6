-- Why: whoever runs a programme shows it under a name, marks and colours of its own, in the portal and in its mails, and can take a change back.

-- Up Migration
set local lock_timeout = '5s';

create table brandings (
  tenant_id uuid not null references tenants (id),
  version integer not null,
  settings jsonb not null,
  logo_id uuid,
  logo_dark_id uuid,
  favicon_id uuid,
  restores integer,
  created_at timestamptz not null,
  created_by uuid,
  primary key (tenant_id, version),
  foreign key (tenant_id, logo_id) references files (tenant_id, id),
  foreign key (tenant_id, logo_dark_id) references files (tenant_id, id),
  foreign key (tenant_id, favicon_id) references files (tenant_id, id),
  foreign key (tenant_id, restores) references brandings (tenant_id, version),
  constraint brandings_version_check check (version > 0),
  constraint brandings_restores_check check (restores < version)
);
create trigger brandings_append_only before update or delete on brandings
  for each row execute function refuse_change();
select isolate('brandings', 'select, insert');
comment on table brandings is 'How a tenant looks, each version a row; the one with the highest number is shown.';
comment on column brandings.settings is 'Name, colours, radius, font, texts, links and the look of mails: shapes in server/src/whitelabel/branding.ts.';
comment on column brandings.logo_dark_id is 'Shown on dark grounds; null where the logo serves for both.';
comment on column brandings.restores is 'The version that this one brings back.';
comment on column brandings.created_by is 'Who of the team saved it; null where an API key did.';

alter table tenants add column mail_look jsonb;
grant update (mail_look) on tenants to tributary_server;
comment on column tenants.mail_look is 'Colours and mark of its mails, of the branding that is shown; null for the plain look.';

-- Down Migration
set local lock_timeout = '5s';

revoke update (mail_look) on tenants from tributary_server;
alter table tenants drop column mail_look;
drop table brandings;
