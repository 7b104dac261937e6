-- Why: what must cross tenants does so here and nowhere else. Each function runs as the owner, answers one question, and has its attack test
-- (server/test/isolation).

-- Up Migration
set local lock_timeout = '5s';

create function tenant_for_host(requested_host text) returns table (id uuid, parent_id uuid, name text, host text, mode text, status text, clock_offset_ms bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select t.id, t.parent_id, t.name, t.host, t.mode, t.status, t.clock_offset_ms
      from tenants t
     where t.host = lower(requested_host)
        or (t.parent_id is null and t.mode = 'live')
     order by (t.host = lower(requested_host)) is true desc
     limit 1
  $$;
comment on function tenant_for_host is 'The tenant that answers on a host; the operator itself for every host that is nobody else''s.';

create function list_tenants() returns table (id uuid, mode text, status text, clock_offset_ms bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$ select t.id, t.mode, t.status, t.clock_offset_ms from tenants t order by t.id $$;
comment on function list_tenants is 'Ids alone, for jobs that wake the same work in every tenant.';

create function create_operator(new_id uuid, operator_name text, at timestamptz) returns table (id uuid, is_new boolean)
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
#variable_conflict use_column
begin
  insert into tenants (id, name, created_at) values (new_id, operator_name, at) on conflict ((true)) where parent_id is null and mode = 'live' do nothing;
  return query select t.id, t.id = new_id from tenants t where t.parent_id is null and t.mode = 'live';
end $$;
comment on function create_operator is 'The first tenant cannot be made under its own policy; this makes it once, and ever after finds it.';

create function find_session(requested_tenant_id uuid, requested_id uuid) returns table (
    user_id uuid, role text, user_status text, expires_at timestamptz, revoked_at timestamptz, partner_id uuid, partner_tier text)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select u.id, u.role, u.status, s.expires_at, s.revoked_at, p.id, p.tier
      from sessions s
      join users u on (u.tenant_id, u.id) = (s.tenant_id, s.user_id)
      left join partners p on (p.tenant_id, p.user_id) = (u.tenant_id, u.id)
     where (s.tenant_id, s.id) = (requested_tenant_id, requested_id)
  $$;
comment on function find_session is 'One read for each request of a person: a revoked session, a disabled user and a changed role count at once.';

create function find_api_key(public_id text) returns table (
    tenant_id uuid, id uuid, partner_id uuid, partner_tier text, partner_status text, api_secret_hash text, permissions jsonb,
    ip_allow_list jsonb, expires_at timestamptz, status text, last_used_at timestamptz, tenant_status text, clock_offset_ms bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select k.tenant_id, k.id, k.partner_id, p.tier, p.status, k.api_secret_hash, k.permissions, k.ip_allow_list, k.expires_at, k.status, k.last_used_at,
           t.status, t.clock_offset_ms
      from partner_api_keys k
      join tenants t on t.id = k.tenant_id
      left join partners p on (p.tenant_id, p.id) = (k.tenant_id, k.partner_id)
     where k.api_key = public_id
  $$;
comment on function find_api_key is 'A key names its tenant: it is looked up by its public id, before any tenant is known.';

create function insert_clicks(
    tenant_ids uuid[], ids uuid[], link_ids uuid[], partner_ids uuid[], clicked_ats timestamptz[], visitor_ids uuid[], device_ids text[],
    are_repeats boolean[], ips inet[], user_agents text[], referrers text[], campaigns text[], sub_ids jsonb[]) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    insert into clicks (tenant_id, id, link_id, partner_id, clicked_at, visitor_id, device_id, is_repeat, ip, user_agent, referrer, campaign, sub_ids)
    select *
      from unnest(tenant_ids, ids, link_ids, partner_ids, clicked_ats, visitor_ids, device_ids, are_repeats, ips, user_agents, referrers, campaigns, sub_ids)
  $$;
comment on function insert_clicks is 'Clicks of many tenants are committed together: one statement and one flush for whatever arrived meanwhile.';

create function find_link(requested_tenant_id uuid, requested_code text) returns table (
    id uuid, partner_id uuid, partner_status text, destination_url text, campaign text, sub_ids jsonb, status text)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select l.id, l.partner_id, p.status, l.destination_url, l.campaign, l.sub_ids, l.status
      from referral_links l
      join partners p on (p.tenant_id, p.id) = (l.tenant_id, l.partner_id)
     where (l.tenant_id, l.code) = (requested_tenant_id, requested_code)
  $$;
comment on function find_link is 'The redirect''s one read, without a transaction of its own; the tenant is part of the question.';

create function claim_outbox_events(batch_size integer, at timestamptz) returns setof outbox_events
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    select e.*
      from outbox_events e
     where e.dispatched_at is null
       and e.given_up_at is null
       and (e.retry_at is null or e.retry_at <= at)
       and not exists (
             select from outbox_events earlier
              where (earlier.tenant_id, earlier.object_id) = (e.tenant_id, e.object_id)
                and earlier.position < e.position
                and earlier.retry_at > at
                and earlier.dispatched_at is null
                and earlier.given_up_at is null)
     order by e.position
     limit batch_size
  $$;
create function settle_outbox_events(positions bigint[], dispatched timestamptz) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    update outbox_events set dispatched_at = dispatched where position = any (positions) and dispatched_at is null
  $$;
comment on function claim_outbox_events is 'The dispatcher reads every tenant''s events in the order they were written, but those that wait to be told again and the later ones of their objects.';

create function postpone_outbox_event(failed_position bigint, error text, next_try timestamptz, gave_up timestamptz) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    update outbox_events
       set attempts = attempts + 1, last_error = error, retry_at = next_try, given_up_at = gave_up
     where position = failed_position and dispatched_at is null and given_up_at is null
  $$;
comment on function postpone_outbox_event is 'Notes that a listener could not take an event of any tenant, and when it is told again, or that it is not.';

create function retry_outbox_events() returns bigint
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    with again as (
      update outbox_events set attempts = 0, retry_at = null, given_up_at = null where given_up_at is not null returning 1
    )
    select count(*) from again
  $$;
comment on function retry_outbox_events is 'Has the events of every tenant that were given up told again.';

create function forget_outbox_events(told_before timestamptz, batch_size integer) returns bigint
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    with old as (
      select id from outbox_events
       where tenant_id = current_tenant_id() and dispatched_at < told_before
       order by dispatched_at
       limit batch_size
    ), forgotten as (
      delete from outbox_events e using old where e.tenant_id = current_tenant_id() and e.id = old.id returning 1
    )
    select count(*) from forgotten
  $$;
comment on function forget_outbox_events is 'Deletes what the running transaction''s tenant has had told long ago; the server itself may not delete events.';

create function outbox_figures() returns table (waiting bigint, given_up bigint, oldest timestamptz)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select count(*) filter (where given_up_at is null), count(*) filter (where given_up_at is not null),
           min(occurred_at) filter (where given_up_at is null)
      from (
        select given_up_at, occurred_at from outbox_events where dispatched_at is null and given_up_at is null
         union all
        select given_up_at, occurred_at from outbox_events where given_up_at is not null
      ) open
  $$;
comment on function outbox_figures is 'How many events of all tenants have not been told, for metrics and the doctor.';

revoke all on function tenant_for_host(text), list_tenants(), create_operator(uuid, text, timestamptz), find_session(uuid, uuid), find_api_key(text), insert_clicks(uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], boolean[], inet[], text[], text[], text[], jsonb[]), find_link(uuid, text), claim_outbox_events(integer, timestamptz), settle_outbox_events(bigint[], timestamptz), postpone_outbox_event(bigint, text, timestamptz, timestamptz), retry_outbox_events(), forget_outbox_events(timestamptz, integer), outbox_figures() from public;
grant execute on function tenant_for_host(text), list_tenants(), create_operator(uuid, text, timestamptz), find_session(uuid, uuid), find_api_key(text), insert_clicks(uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], boolean[], inet[], text[], text[], text[], jsonb[]), find_link(uuid, text), claim_outbox_events(integer, timestamptz), settle_outbox_events(bigint[], timestamptz), postpone_outbox_event(bigint, text, timestamptz, timestamptz), retry_outbox_events(), forget_outbox_events(timestamptz, integer), outbox_figures() to tributary_server;

comment on function settle_outbox_events is 'Marks events of any tenant as dispatched.';

-- Down Migration
drop function outbox_figures(), forget_outbox_events(timestamptz, integer), retry_outbox_events(),
  postpone_outbox_event(bigint, text, timestamptz, timestamptz), settle_outbox_events(bigint[], timestamptz),
  claim_outbox_events(integer, timestamptz), find_link(uuid, text), insert_clicks(uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], boolean[], inet[], text[], text[], text[], jsonb[]), find_api_key(text), find_session(uuid, uuid), create_operator(uuid, text, timestamptz), list_tenants(), tenant_for_host(text);
