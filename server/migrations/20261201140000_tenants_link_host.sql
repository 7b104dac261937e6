-- Why: a tenant with a domain of its own has its links and mails made with it; and servers that keep in memory which host is whose hear of a
-- change when it happens.

-- Up Migration
set local lock_timeout = '5s';

alter table tenants add column link_host text;
alter table tenants add constraint tenants_link_host_lower_check check (link_host = lower(link_host));
grant update (link_host) on tenants to tributary_server;
comment on column tenants.link_host is 'The domain of its own that links and mails are made with; null while it has none.';

create function tell_hosts() returns trigger language plpgsql
  set search_path = tributary, pg_temp
  as $$
begin
  perform pg_notify('tributary_hosts', '');
  return null;
end $$;
comment on function tell_hosts is 'Has every server ask again which host is whose.';

create trigger tenants_tell_hosts_insert after insert on tenants
  for each row execute function tell_hosts();
create trigger tenants_tell_hosts_update after update on tenants
  for each row
  when ((old.name, old.host, old.mode, old.status, old.clock_offset_ms) is distinct from (new.name, new.host, new.mode, new.status, new.clock_offset_ms))
  execute function tell_hosts();

-- Down Migration
set local lock_timeout = '5s';

drop trigger tenants_tell_hosts_update on tenants;
drop trigger tenants_tell_hosts_insert on tenants;
drop function tell_hosts();
revoke update (link_host) on tenants from tributary_server;
alter table tenants drop column link_host;
