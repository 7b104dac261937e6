-- Why: a mail carries a token on a domain of its tenant only while it is known just now that the domain is the tenant's.

-- Up Migration
set local lock_timeout = '5s';

alter table tenants add column link_host_proven_at timestamptz;
grant update (link_host_proven_at) on tenants to tributary_server;
comment on column tenants.link_host_proven_at is 'When DNS last said that its `link_host` is its own; null where it gave no answer since.';

-- Down Migration
set local lock_timeout = '5s';

revoke update (link_host_proven_at) on tenants from tributary_server;
alter table tenants drop column link_host_proven_at;
