-- Why: a secret that was replaced signs until its overlap ends, however often the next is replaced; no owner takes all of a worker; what waits behind a
-- delivery that failed is not looked at before that is due; a worker gives back what it will not send.

-- Up Migration
set local lock_timeout = '5s';

alter table partner_webhooks
  add column retired_secrets_encrypted bytea[] not null default '{}',
  add column retired_secrets_until timestamptz[] not null default '{}';
update partner_webhooks
   set retired_secrets_encrypted = array[previous_secret_encrypted], retired_secrets_until = array[previous_secret_until]
 where previous_secret_encrypted is not null;
alter table partner_webhooks
  drop column previous_secret_encrypted,
  drop column previous_secret_until,
  add constraint partner_webhooks_retired_secrets_check check (cardinality(retired_secrets_encrypted) = cardinality(retired_secrets_until));
comment on column partner_webhooks.retired_secrets_encrypted is 'Secrets that were replaced and sign beside the one of now until their overlap ends, oldest first; sealed as it is.';
comment on column partner_webhooks.retired_secrets_until is 'Until when each of them signs.';

drop function claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, uuid[], integer[]);
create function claim_webhook_deliveries(
    at timestamptz, claim_ends timestamptz, new_claim uuid, batch_size integer, endpoint_max integer, owner_max integer, busy_endpoints uuid[], busy_counts integer[])
  returns table (tenant_id uuid, id uuid, endpoint_id uuid, event_id uuid, attempt integer, tries integer, url text, partner_id uuid, secret_encrypted bytea,
    retired_secrets_encrypted bytea[], retired_secrets_until timestamptz[], body text)
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    with recursive endpoints as (
      (select d.tenant_id, d.endpoint_id from webhook_deliveries d where d.status = 'waiting' order by d.tenant_id, d.endpoint_id limit 1)
      union all
      select next.*
        from endpoints e
       cross join lateral (
             select d.tenant_id, d.endpoint_id
               from webhook_deliveries d
              where d.status = 'waiting' and (d.tenant_id, d.endpoint_id) > (e.tenant_id, e.endpoint_id)
              order by d.tenant_id, d.endpoint_id
              limit 1) next
    ), owned as materialized (
      select w.tenant_id, w.id, w.failure_count, coalesce(busy.count, 0) as count,
             sum(coalesce(busy.count, 0)) over owner as owner_count,
             count(*) over owner as owner_endpoints
        from endpoints e
        join partner_webhooks w on (w.tenant_id, w.id) = (e.tenant_id, e.endpoint_id)
        left join unnest(busy_endpoints, busy_counts) as busy (id, count) on busy.id = w.id
       where w.status = 'active'
         and w.deleted_at is null
         and (w.throttled_until is null or w.throttled_until <= at)
      window owner as (partition by w.tenant_id, w.partner_id)
    ), open as materialized (
      -- What an owner may still have is shared by its endpoints, rounded up.
      select o.tenant_id, o.id,
             least(case when o.failure_count >= 3 then 1 else endpoint_max end - o.count,
                   (owner_max - o.owner_count + o.owner_endpoints - 1) / o.owner_endpoints)::integer as room
        from owned o
       -- Who has least on its way comes first: where there is no room for all, nobody who holds much keeps the others out.
       order by o.owner_count, o.count, o.tenant_id, o.id
    ), due as materialized (
      select ready.tenant_id, ready.id
        from open
       cross join lateral (
             select d.tenant_id, d.id
               from webhook_deliveries d
              where (d.tenant_id, d.endpoint_id) = (open.tenant_id, open.id)
                and d.status = 'waiting'
                and d.next_attempt_at <= at
                and (d.claimed_until is null or d.claimed_until <= at)
                and not exists (
                      select from webhook_deliveries earlier
                       where (earlier.tenant_id, earlier.endpoint_id, earlier.object_id) = (d.tenant_id, d.endpoint_id, d.object_id)
                         and earlier.status = 'waiting'
                         and earlier.sequence < d.sequence)
              order by d.next_attempt_at, d.sequence
              limit greatest(open.room, 0)
                for update of d skip locked) ready
       limit batch_size
    ), claimed as (
      update webhook_deliveries d
         set claim = new_claim, claimed_until = claim_ends, attempts = d.attempts + 1
        from due
       where (d.tenant_id, d.id) = (due.tenant_id, due.id)
      returning d.tenant_id, d.id, d.endpoint_id, d.event_id, d.attempts, d.tries + 1 as tries
    )
    select c.tenant_id, c.id, c.endpoint_id, c.event_id, c.attempts, c.tries, w.url, w.partner_id, w.secret_encrypted,
           w.retired_secrets_encrypted, w.retired_secrets_until, e.body
      from claimed c
      join partner_webhooks w on (w.tenant_id, w.id) = (c.tenant_id, c.endpoint_id)
      join webhook_events e on (e.tenant_id, e.id) = (c.tenant_id, c.event_id)
  $$;
comment on function claim_webhook_deliveries is 'Hands a worker what is due, of every tenant: so many of each endpoint and of each owner as they have room for, so that none takes the place of the others; an endpoint that fails gets one at a time.';

create or replace function settle_webhook_deliveries(
    settled timestamptz, tenant_ids uuid[], ids uuid[], claims uuid[], attempt_numbers integer[], urls text[], started timestamptz[], durations integer[],
    status_codes integer[], errors text[], response_bodies text[], outcomes text[], next_attempts timestamptz[], throttles timestamptz[]) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    with answers as (
      select *
        from unnest(tenant_ids, ids, claims, attempt_numbers, urls, started, durations, status_codes, errors, response_bodies, outcomes, next_attempts, throttles)
          as a (tenant_id, id, claim, attempt, url, started_at, duration_ms, status_code, error, response_body, outcome, next_attempt_at, throttled_until)
    ), logged as (
      insert into webhook_attempts (tenant_id, delivery_id, attempt, url, started_at, duration_ms, status_code, error, response_body)
      select a.tenant_id, a.id, a.attempt, a.url, a.started_at, a.duration_ms, a.status_code, a.error, a.response_body
        from answers a
        join webhook_deliveries d on (d.tenant_id, d.id) = (a.tenant_id, a.id)
      on conflict do nothing
    ), moved as (
      update webhook_deliveries d
         set status = a.outcome, tries = d.tries + 1, next_attempt_at = a.next_attempt_at, claim = null, claimed_until = null, last_status_code = a.status_code, last_error = a.error,
             settled_at = case when a.outcome = 'waiting' then null else settled end
        from answers a
       where (d.tenant_id, d.id) = (a.tenant_id, a.id) and d.claim = a.claim and d.status = 'waiting'
      returning d.tenant_id, d.endpoint_id, d.object_id, d.sequence, d.next_attempt_at, a.outcome, a.started_at, a.throttled_until
    ), followers as (
      -- What waits for one that failed is not looked at before that is due again.
      update webhook_deliveries f
         set next_attempt_at = m.next_attempt_at
        from moved m
       where m.outcome = 'waiting'
         and (f.tenant_id, f.endpoint_id, f.object_id) = (m.tenant_id, m.endpoint_id, m.object_id)
         and f.status = 'waiting'
         and f.sequence > m.sequence
         and f.tries = 0
         and f.next_attempt_at < m.next_attempt_at
         and f.id <> all (ids)
    ), next as (
      -- One that is settled makes the next of its object due.
      update webhook_deliveries n
         set next_attempt_at = settled
        from moved m
       cross join lateral (
             select f.id
               from webhook_deliveries f
              where (f.tenant_id, f.endpoint_id, f.object_id) = (m.tenant_id, m.endpoint_id, m.object_id)
                and f.status = 'waiting'
                and f.sequence > m.sequence
              order by f.sequence
              limit 1) follower
       where m.outcome <> 'waiting'
         and (n.tenant_id, n.id) = (m.tenant_id, follower.id)
         and n.tries = 0
         and n.next_attempt_at > settled
         and n.id <> all (ids)
    ), health as (
      select m.tenant_id, m.endpoint_id, count(*) filter (where m.outcome <> 'delivered') as failures, bool_or(m.outcome = 'delivered') as is_well,
             min(m.started_at) as first_at, max(m.started_at) as last_at, max(m.throttled_until) as throttled_until
        from moved m
       group by m.tenant_id, m.endpoint_id
    )
    update partner_webhooks w
       set failure_count = case when h.is_well then 0 else w.failure_count + h.failures end,
           failing_since = case when h.is_well then null else coalesce(w.failing_since, h.first_at) end,
           warned_at = case when h.is_well then null else w.warned_at end,
           last_triggered_at = h.last_at,
           last_delivered_at = case when h.is_well then h.last_at else w.last_delivered_at end,
           throttled_until = greatest(w.throttled_until, h.throttled_until)
      from health h
     where (w.tenant_id, w.id) = (h.tenant_id, h.endpoint_id)
  $$;

create function closed_webhook_endpoints(tenant_ids uuid[], endpoint_ids uuid[]) returns setof uuid
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select asked.id
      from unnest(tenant_ids, endpoint_ids) as asked (tenant_id, id)
     where not exists (select from partner_webhooks w where (w.tenant_id, w.id) = (asked.tenant_id, asked.id) and w.status = 'active' and w.deleted_at is null)
  $$;
comment on function closed_webhook_endpoints is 'Which of a worker''s endpoints nothing is to be sent to any more: deleted or turned off since it claimed for them.';

create function release_webhook_deliveries(tenant_ids uuid[], ids uuid[], claims uuid[]) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    update webhook_deliveries d
       set claim = null, claimed_until = null
      from unnest(tenant_ids, ids, claims) as held (tenant_id, id, claim)
     where (d.tenant_id, d.id) = (held.tenant_id, held.id) and d.claim = held.claim and d.status = 'waiting'
  $$;
comment on function release_webhook_deliveries is 'A worker gives back what it claimed and did not send. What was claimed anew meanwhile keeps its new claim.';

revoke all on function claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, integer, uuid[], integer[]),
  closed_webhook_endpoints(uuid[], uuid[]), release_webhook_deliveries(uuid[], uuid[], uuid[]) from public;
grant execute on function claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, integer, uuid[], integer[]),
  closed_webhook_endpoints(uuid[], uuid[]), release_webhook_deliveries(uuid[], uuid[], uuid[]) to tributary_server;

-- Down Migration
drop function release_webhook_deliveries(uuid[], uuid[], uuid[]), closed_webhook_endpoints(uuid[], uuid[]),
  claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, integer, uuid[], integer[]);
alter table partner_webhooks
  add column previous_secret_encrypted bytea,
  add column previous_secret_until timestamptz;
update partner_webhooks
   set previous_secret_encrypted = retired_secrets_encrypted[cardinality(retired_secrets_encrypted)],
       previous_secret_until = retired_secrets_until[cardinality(retired_secrets_until)]
 where cardinality(retired_secrets_encrypted) > 0;
alter table partner_webhooks
  drop constraint partner_webhooks_retired_secrets_check,
  drop column retired_secrets_encrypted,
  drop column retired_secrets_until,
  add constraint partner_webhooks_previous_secret_check check ((previous_secret_encrypted is null) = (previous_secret_until is null));
comment on column partner_webhooks.previous_secret_until is 'Until then the secret before signs beside the new one.';
create or replace function settle_webhook_deliveries(
    settled timestamptz, tenant_ids uuid[], ids uuid[], claims uuid[], attempt_numbers integer[], urls text[], started timestamptz[], durations integer[],
    status_codes integer[], errors text[], response_bodies text[], outcomes text[], next_attempts timestamptz[], throttles timestamptz[]) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    with answers as (
      select *
        from unnest(tenant_ids, ids, claims, attempt_numbers, urls, started, durations, status_codes, errors, response_bodies, outcomes, next_attempts, throttles)
          as a (tenant_id, id, claim, attempt, url, started_at, duration_ms, status_code, error, response_body, outcome, next_attempt_at, throttled_until)
    ), logged as (
      insert into webhook_attempts (tenant_id, delivery_id, attempt, url, started_at, duration_ms, status_code, error, response_body)
      select a.tenant_id, a.id, a.attempt, a.url, a.started_at, a.duration_ms, a.status_code, a.error, a.response_body
        from answers a
        join webhook_deliveries d on (d.tenant_id, d.id) = (a.tenant_id, a.id)
      on conflict do nothing
    ), moved as (
      update webhook_deliveries d
         set status = a.outcome, tries = d.tries + 1, next_attempt_at = a.next_attempt_at, claim = null, claimed_until = null, last_status_code = a.status_code, last_error = a.error,
             settled_at = case when a.outcome = 'waiting' then null else settled end
        from answers a
       where (d.tenant_id, d.id) = (a.tenant_id, a.id) and d.claim = a.claim and d.status = 'waiting'
      returning d.tenant_id, d.endpoint_id, a.outcome, a.started_at, a.throttled_until
    ), health as (
      select m.tenant_id, m.endpoint_id, count(*) filter (where m.outcome <> 'delivered') as failures, bool_or(m.outcome = 'delivered') as is_well,
             min(m.started_at) as first_at, max(m.started_at) as last_at, max(m.throttled_until) as throttled_until
        from moved m
       group by m.tenant_id, m.endpoint_id
    )
    update partner_webhooks w
       set failure_count = case when h.is_well then 0 else w.failure_count + h.failures end,
           failing_since = case when h.is_well then null else coalesce(w.failing_since, h.first_at) end,
           warned_at = case when h.is_well then null else w.warned_at end,
           last_triggered_at = h.last_at,
           last_delivered_at = case when h.is_well then h.last_at else w.last_delivered_at end,
           throttled_until = greatest(w.throttled_until, h.throttled_until)
      from health h
     where (w.tenant_id, w.id) = (h.tenant_id, h.endpoint_id)
  $$;
create function claim_webhook_deliveries(
    at timestamptz, claim_ends timestamptz, new_claim uuid, batch_size integer, endpoint_max integer, busy_endpoints uuid[], busy_counts integer[])
  returns table (tenant_id uuid, id uuid, endpoint_id uuid, event_id uuid, attempt integer, tries integer, url text, secret_encrypted bytea,
    previous_secret_encrypted bytea, previous_secret_until timestamptz, body text)
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    with recursive endpoints as (
      (select d.tenant_id, d.endpoint_id from webhook_deliveries d where d.status = 'waiting' order by d.tenant_id, d.endpoint_id limit 1)
      union all
      select next.*
        from endpoints e
       cross join lateral (
             select d.tenant_id, d.endpoint_id
               from webhook_deliveries d
              where d.status = 'waiting' and (d.tenant_id, d.endpoint_id) > (e.tenant_id, e.endpoint_id)
              order by d.tenant_id, d.endpoint_id
              limit 1) next
    ), open as materialized (
      select w.tenant_id, w.id, case when w.failure_count >= 3 then 1 else endpoint_max end - coalesce(busy.count, 0) as room
        from endpoints e
        join partner_webhooks w on (w.tenant_id, w.id) = (e.tenant_id, e.endpoint_id)
        left join unnest(busy_endpoints, busy_counts) as busy (id, count) on busy.id = w.id
       where w.status = 'active'
         and w.deleted_at is null
         and (w.throttled_until is null or w.throttled_until <= at)
       -- Who has least on its way comes first: where there is no room for all, nobody who holds much keeps the others out.
       order by coalesce(busy.count, 0), w.tenant_id, w.id
    ), due as materialized (
      select ready.tenant_id, ready.id
        from open
       cross join lateral (
             select d.tenant_id, d.id
               from webhook_deliveries d
              where (d.tenant_id, d.endpoint_id) = (open.tenant_id, open.id)
                and d.status = 'waiting'
                and d.next_attempt_at <= at
                and (d.claimed_until is null or d.claimed_until <= at)
                and not exists (
                      select from webhook_deliveries earlier
                       where (earlier.tenant_id, earlier.endpoint_id, earlier.object_id) = (d.tenant_id, d.endpoint_id, d.object_id)
                         and earlier.status = 'waiting'
                         and earlier.sequence < d.sequence)
              order by d.next_attempt_at, d.sequence
              limit greatest(open.room, 0)
                for update of d skip locked) ready
       limit batch_size
    ), claimed as (
      update webhook_deliveries d
         set claim = new_claim, claimed_until = claim_ends, attempts = d.attempts + 1
        from due
       where (d.tenant_id, d.id) = (due.tenant_id, due.id)
      returning d.tenant_id, d.id, d.endpoint_id, d.event_id, d.attempts, d.tries + 1 as tries
    )
    select c.tenant_id, c.id, c.endpoint_id, c.event_id, c.attempts, c.tries, w.url, w.secret_encrypted,
           w.previous_secret_encrypted, w.previous_secret_until, e.body
      from claimed c
      join partner_webhooks w on (w.tenant_id, w.id) = (c.tenant_id, c.endpoint_id)
      join webhook_events e on (e.tenant_id, e.id) = (c.tenant_id, c.event_id)
  $$;
comment on function claim_webhook_deliveries is 'Hands a worker what is due, of every tenant: so many of each endpoint as it has room for, so that none takes the place of the others; one that fails gets one at a time.';
revoke all on function claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, uuid[], integer[]) from public;
grant execute on function claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, uuid[], integer[]) to tributary_server;
