-- Why: the roll-up wakes every minute, and asks once in which tenants anything has changed. Where nothing has, the figures reach up to now.

-- Up Migration
set local lock_timeout = '5s';

create function tenants_to_roll_up(at timestamptz) returns setof uuid
  language sql volatile security definer
  set search_path = tributary, pg_temp
  as $$
    with idle as (
      -- One that is being rolled up is left to who does it.
      select p.tenant_id, at + t.clock_offset_ms * interval '1 millisecond' as until
        from analytics_progress p
        join tenants t on t.id = p.tenant_id
        join programs g on g.tenant_id = p.tenant_id and (g.time_zone, g.currency) = (p.time_zone, p.currency)
       where p.rolled_up_to is not null
         and not exists (select from analytics_touched m where m.tenant_id = p.tenant_id)
       order by p.tenant_id
         for update of p skip locked
    ), moved as (
      update analytics_progress p
         set rolled_up_to = greatest(p.rolled_up_to, i.until)
        from idle i
       where p.tenant_id = i.tenant_id
      returning p.tenant_id
    )
    select t.id
      from tenants t
     where not exists (select from moved m where m.tenant_id = t.id)
       and (exists (select from analytics_progress p where p.tenant_id = t.id)
            or exists (select from analytics_touched m where m.tenant_id = t.id))
  $$;
comment on function tenants_to_roll_up is 'Tenants in which something waits to be rolled up. In the others the figures are right up to this instant, and say so from now on.';
revoke all on function tenants_to_roll_up(timestamptz) from public;
grant execute on function tenants_to_roll_up(timestamptz) to tributary_server;

-- Down Migration
set local lock_timeout = '5s';

drop function tenants_to_roll_up(timestamptz);
