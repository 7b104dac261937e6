-- Why: whoever must have a second factor and has none may do nothing but enrol one: from then on they are told of no events either.

-- Up Migration
set local lock_timeout = '5s';

create or replace function caller_states(tenant_ids uuid[], ids uuid[]) returns table (id uuid, state text, expires_at timestamptz)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select s.id, concat_ws(' ', u.role, f.partner_id, f.team_role, f.partner_tier, p.status), least(s.expires_at, f.factor_due_at)
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
comment on function caller_states is 'Whether whoever listens to live events may still: sessions that were ended, keys that were revoked and all of a tenant that is not active are left out, a state that differs says that what they may do has changed, and it ends with the session or when a second factor is due that somebody lacks.';

-- Down Migration
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
