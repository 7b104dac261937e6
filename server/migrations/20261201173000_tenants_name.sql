-- Why: mails, and the names under which authenticators keep a login, call the programme as its people do: it is renamed with its settings.

-- Up Migration
set local lock_timeout = '5s';

grant update (name) on tenants to tributary_server;
comment on column tenants.name is 'The name of its programme, as people know it.';
update tenants set name = programs.name from programs where programs.tenant_id = tenants.id and programs.name <> tenants.name;

-- Down Migration
set local lock_timeout = '5s';

comment on column tenants.name is null;
revoke update (name) on tenants from tributary_server;
