-- Why: whoever listens to a tenant's events stops hearing them once its parent has suspended or removed it; and whether a certificate is got for a
-- host is what the server knows of hosts anyway, so that whose a domain is need not say how that one stands.

-- Up Migration
set local lock_timeout = '5s';

create or replace function caller_states(tenant_ids uuid[], ids uuid[]) returns table (id uuid, state text, expires_at timestamptz)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select s.id, concat_ws(' ', u.role, f.partner_id, f.team_role, f.partner_tier, p.status), s.expires_at
      from unnest(tenant_ids, ids) as c (tenant_id, id)
      join tenants t on t.id = c.tenant_id and t.status = 'active'
      join sessions s on (s.tenant_id, s.id) = (c.tenant_id, c.id)
     cross join lateral find_session(s.tenant_id, s.id) f
      join users u on (u.tenant_id, u.id) = (s.tenant_id, s.user_id)
      left join partners p on (p.tenant_id, p.id) = (s.tenant_id, f.partner_id)
     where s.revoked_at is null
       and u.status = 'active'
    union all
    select k.id, concat_ws(' ', p.tier, p.status), k.expires_at
      from unnest(tenant_ids, ids) as c (tenant_id, id)
      join tenants t on t.id = c.tenant_id and t.status = 'active'
      join partner_api_keys k on (k.tenant_id, k.id) = (c.tenant_id, c.id)
      left join partners p on (p.tenant_id, p.id) = (k.tenant_id, k.partner_id)
     where k.status = 'active'
       and p.status is distinct from 'terminated'
  $$;
comment on function caller_states is 'Whether whoever listens to live events may still: sessions that were ended, keys that were revoked and all of a tenant that is not active are left out, and a state that differs says that what they may do has changed.';

drop function domain_holder(text);
create function domain_holder(requested_domain text) returns table (tenant_id uuid)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select o.id from tenants o where o.host = lower(requested_domain)
     union all
    select d.tenant_id from custom_domains d where d.domain = lower(requested_domain) and d.state in ('active', 'failing')
     limit 1
  $$;
comment on function domain_holder is 'Whose a domain is that somebody is served on, of all tenants: nobody else may have it.';
revoke all on function domain_holder(text) from public;
grant execute on function domain_holder(text) to tributary_server;

-- Down Migration
set local lock_timeout = '5s';

drop function domain_holder(text);
create function domain_holder(requested_domain text) returns table (tenant_id uuid, is_active boolean)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select t.id, t.status = 'active'
      from (
        select o.id from tenants o where o.host = lower(requested_domain)
         union all
        select d.tenant_id from custom_domains d where d.domain = lower(requested_domain) and d.state in ('active', 'failing')
      ) named
      join tenants t on t.id = named.id
     limit 1
  $$;
comment on function domain_holder is 'Whose a domain is that somebody is served on, of all tenants: nobody else may have it, and a certificate is got for it alone.';
revoke all on function domain_holder(text) from public;
grant execute on function domain_holder(text) to tributary_server;

create or replace function caller_states(tenant_ids uuid[], ids uuid[]) returns table (id uuid, state text, expires_at timestamptz)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select s.id, concat_ws(' ', u.role, f.partner_id, f.team_role, f.partner_tier, p.status), s.expires_at
      from unnest(tenant_ids, ids) as c (tenant_id, id)
      join sessions s on (s.tenant_id, s.id) = (c.tenant_id, c.id)
     cross join lateral find_session(s.tenant_id, s.id) f
      join users u on (u.tenant_id, u.id) = (s.tenant_id, s.user_id)
      left join partners p on (p.tenant_id, p.id) = (s.tenant_id, f.partner_id)
     where s.revoked_at is null
       and u.status = 'active'
    union all
    select k.id, concat_ws(' ', p.tier, p.status), k.expires_at
      from unnest(tenant_ids, ids) as c (tenant_id, id)
      join partner_api_keys k on (k.tenant_id, k.id) = (c.tenant_id, c.id)
      left join partners p on (p.tenant_id, p.id) = (k.tenant_id, k.partner_id)
     where k.status = 'active'
       and p.status is distinct from 'terminated'
  $$;
comment on function caller_states is 'Whether whoever listens to live events may still: sessions that were ended and keys that were revoked are left out, and a state that differs says that what they may do has changed.';
