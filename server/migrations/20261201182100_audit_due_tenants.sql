-- Why: sealing wakes every minute, and asks once in which tenants anything has been done since.

-- Up Migration
set local lock_timeout = '5s';

create function tenants_to_seal(lookback bigint) returns setof uuid
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select t.id
      from tenants t
      left join lateral (
             select h.position
               from audit_chain c
               join audit_log h on (h.tenant_id, h.id) = (c.tenant_id, c.audit_id)
              where c.tenant_id = t.id
              order by c.sequence desc
              limit 1
           ) head on true
     where exists (
             select from audit_log l
              where l.tenant_id = t.id
                and l.position > coalesce(head.position, 0) - lookback
                and not exists (select from audit_chain c where (c.tenant_id, c.audit_id) = (l.tenant_id, l.id)))
  $$;
comment on function tenants_to_seal is 'Tenants with acts that no link of their chain holds, looking back so many positions from its end.';
revoke all on function tenants_to_seal(bigint) from public;
grant execute on function tenants_to_seal(bigint) to tributary_server;

-- Down Migration
set local lock_timeout = '5s';

drop function tenants_to_seal(bigint);
