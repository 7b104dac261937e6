-- Why: domains are looked at by when each is due, and few tenants have any: which, is asked once.

-- Up Migration
set local lock_timeout = '5s';

create function tenants_to_check_domains(at timestamptz) returns setof uuid
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select distinct d.tenant_id
      from custom_domains d
      join tenants t on t.id = d.tenant_id
     where d.next_check_at <= at + t.clock_offset_ms * interval '1 millisecond'
  $$;
comment on function tenants_to_check_domains is 'Tenants with a domain that is to be checked by now.';
revoke all on function tenants_to_check_domains(timestamptz) from public;
grant execute on function tenants_to_check_domains(timestamptz) to tributary_server;

-- Down Migration
set local lock_timeout = '5s';

drop function tenants_to_check_domains(timestamptz);
