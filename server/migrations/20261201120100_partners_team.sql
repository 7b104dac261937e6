-- Why: more people than one work for a partner, and not each may do everything.

-- Up Migration
set local lock_timeout = '5s';

create table partner_members (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  email text not null,
  role text not null,
  user_id uuid,
  invited_by uuid not null,
  invited_at timestamptz not null,
  link_hash bytea,
  link_expires_at timestamptz,
  joined_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  constraint partner_members_role_check check (role in ('manager', 'finance', 'viewer')),
  constraint partner_members_joined_check check ((user_id is null) = (joined_at is null)),
  constraint partner_members_link_check check ((link_hash is null) = (link_expires_at is null))
);
create unique index partner_members_email_unique on partner_members (tenant_id, partner_id, email);
create unique index partner_members_user_unique on partner_members (tenant_id, user_id);
create unique index partner_members_link_unique on partner_members (tenant_id, link_hash);
select isolate('partner_members', 'select, insert, update, delete');
comment on table partner_members is 'Who works for a partner beside its owner, who is partners.user_id. The account is made when the invitation is taken, not before: an e-mail that somebody invites stays free for whoever owns it.';
comment on column partner_members.email is 'Where the invitation goes; of who has joined the e-mail of the account.';
comment on column partner_members.user_id is 'Whoever took the invitation; null until then.';
comment on column partner_members.invited_by is 'The person who invited.';
comment on column partner_members.link_hash is 'Hash of the link that was mailed last; null before it is, and once it is taken.';

drop function find_session(uuid, uuid);
create function find_session(requested_tenant_id uuid, requested_id uuid) returns table (
    user_id uuid, role text, user_status text, expires_at timestamptz, revoked_at timestamptz, partner_id uuid, partner_tier text,
    team_role text, proven_at timestamptz, factor_due_at timestamptz)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select u.id, u.role, u.status, s.expires_at, s.revoked_at, coalesce(o.id, m.partner_id), coalesce(o.tier, p.tier),
           case when o.id is not null then 'owner' else m.role end, s.proven_at,
           case when i.required_roles ? u.role
                 and not exists (select from totp_factors t where (t.tenant_id, t.user_id) = (u.tenant_id, u.id) and t.confirmed_at is not null)
                 and not exists (select from passkeys k where (k.tenant_id, k.user_id) = (u.tenant_id, u.id))
                then greatest(i.required_since, u.created_at) + make_interval(days => i.grace_days) end
      from sessions s
      join users u on (u.tenant_id, u.id) = (s.tenant_id, s.user_id)
      left join partners o on (o.tenant_id, o.user_id) = (u.tenant_id, u.id)
      left join partner_members m on (m.tenant_id, m.user_id) = (u.tenant_id, u.id)
      left join partners p on (p.tenant_id, p.id) = (m.tenant_id, m.partner_id)
      left join sign_in_settings i on i.tenant_id = s.tenant_id
     where (s.tenant_id, s.id) = (requested_tenant_id, requested_id)
  $$;
comment on function find_session is 'One read for each request of a person: a revoked session, a disabled user, a changed role and a factor that is due count at once.';
revoke execute on function find_session from public;
grant execute on function find_session to tributary_server;

create function caller_states(tenant_ids uuid[], ids uuid[]) returns table (id uuid, state text, expires_at timestamptz)
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
revoke execute on function caller_states from public;
grant execute on function caller_states to tributary_server;

-- Down Migration
drop function caller_states(uuid[], uuid[]);
drop function find_session(uuid, uuid);
create function find_session(requested_tenant_id uuid, requested_id uuid) returns table (
    user_id uuid, role text, user_status text, expires_at timestamptz, revoked_at timestamptz, partner_id uuid, partner_tier text,
    proven_at timestamptz, factor_due_at timestamptz)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select u.id, u.role, u.status, s.expires_at, s.revoked_at, p.id, p.tier, s.proven_at,
           case when i.required_roles ? u.role
                 and not exists (select from totp_factors t where (t.tenant_id, t.user_id) = (u.tenant_id, u.id) and t.confirmed_at is not null)
                 and not exists (select from passkeys k where (k.tenant_id, k.user_id) = (u.tenant_id, u.id))
                then greatest(i.required_since, u.created_at) + make_interval(days => i.grace_days) end
      from sessions s
      join users u on (u.tenant_id, u.id) = (s.tenant_id, s.user_id)
      left join partners p on (p.tenant_id, p.user_id) = (u.tenant_id, u.id)
      left join sign_in_settings i on i.tenant_id = s.tenant_id
     where (s.tenant_id, s.id) = (requested_tenant_id, requested_id)
  $$;
comment on function find_session is 'One read for each request of a person: a revoked session, a disabled user, a changed role and a factor that is due count at once.';
revoke execute on function find_session from public;
grant execute on function find_session to tributary_server;
drop table partner_members;
