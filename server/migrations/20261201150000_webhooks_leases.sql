-- Why: a delivery was claimed by a write of its own, which cost as much as writing down what came of it. An endpoint is now lent to one worker at a time; what
-- is due is read, and each delivery is written once, when it was sent. What a worker holds is in its memory alone: one that dies leaves nothing to give back.

-- Up Migration
set local lock_timeout = '5s';

drop function claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, integer, uuid[], integer[]),
  closed_webhook_endpoints(uuid[], uuid[]), release_webhook_deliveries(uuid[], uuid[], uuid[]),
  settle_webhook_deliveries(timestamptz, uuid[], uuid[], uuid[], integer[], text[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]);
alter table webhook_deliveries
  drop column claim,
  drop column claimed_until,
  -- No row is written twice in a row beside itself any more.
  reset (fillfactor);
comment on column webhook_deliveries.attempts is 'Requests that were made: the number of its newest row in the log. tries are those since it was made or replayed, and decide when it is dead; a worker that died before it wrote down what came of a request has used up none.';
-- Two indexes with the same beginning are one to the planner where its statistics are of an hour in which nothing waited, and of a thousand that wait for an endpoint it
-- then reads all for each. This one serves the order of an object alone.
drop index webhook_deliveries_order_index;
create index webhook_deliveries_order_index on webhook_deliveries (endpoint_id, object_id, sequence) where status = 'waiting';
alter table partner_webhooks
  add column leased_by uuid,
  add column leased_until timestamptz;
comment on column partner_webhooks.leased_by is 'The worker that alone sends to it: the answers that another brings are logged and change nothing.';
comment on column partner_webhooks.leased_until is 'Until then; one that died has it no longer.';

create function lease_webhook_endpoints(at timestamptz, lease_ends timestamptz, lease uuid, most integer)
  returns table (tenant_id uuid, id uuid, partner_id uuid, url text, failure_count integer, secret_encrypted bytea,
    retired_secrets_encrypted bytea[], retired_secrets_until timestamptz[])
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    with recursive waiting as (
      -- From endpoint to endpoint, and of each what is due first.
      (select d.tenant_id, d.endpoint_id, d.next_attempt_at
         from webhook_deliveries d
        where d.status = 'waiting'
        order by d.tenant_id, d.endpoint_id, d.next_attempt_at
        limit 1)
      union all
      select next.*
        from waiting w
       cross join lateral (
             select d.tenant_id, d.endpoint_id, d.next_attempt_at
               from webhook_deliveries d
              where d.status = 'waiting' and (d.tenant_id, d.endpoint_id) > (w.tenant_id, w.endpoint_id)
              order by d.tenant_id, d.endpoint_id, d.next_attempt_at
              limit 1) next
    ), longest as materialized (
      -- Where they are too many, those that have waited longest: nobody who always has something keeps the others out.
      select w.tenant_id, w.id
        from waiting d
        join partner_webhooks w on (w.tenant_id, w.id) = (d.tenant_id, d.endpoint_id)
       where d.next_attempt_at <= at
         and w.status = 'active'
         and w.deleted_at is null
         and (w.throttled_until is null or w.throttled_until <= at)
         and (w.leased_by = lease or w.leased_until is null or w.leased_until <= at)
       order by w.last_triggered_at nulls first
       limit most
    ), free as materialized (
      select w.tenant_id, w.id
        from partner_webhooks w
       where (w.tenant_id, w.id) in (select l.tenant_id, l.id from longest l)
         and w.status = 'active'
         and w.deleted_at is null
         and (w.leased_by = lease or w.leased_until is null or w.leased_until <= at)
       order by w.tenant_id, w.id
         for no key update of w
    )
    update partner_webhooks w
       set leased_by = lease, leased_until = lease_ends
      from free
     where (w.tenant_id, w.id) = (free.tenant_id, free.id)
    returning w.tenant_id, w.id, w.partner_id, w.url, w.failure_count, w.secret_encrypted, w.retired_secrets_encrypted, w.retired_secrets_until
  $$;
comment on function lease_webhook_endpoints is 'Lends a worker the endpoints, of every tenant, that something is due for, and that are nobody else''s; those that it has are its own for longer. Secrets are sealed.';

create function due_webhook_deliveries(
    at timestamptz, lease uuid, tenant_ids uuid[], endpoint_ids uuid[], rooms integer[], held_counts integer[], held uuid[], most integer)
  returns table (endpoint_id uuid, id uuid, event_id uuid, tries integer, body text)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select ready.endpoint_id, ready.id, ready.event_id, ready.tries, e.body
      from (
        select first.*
          from unnest(tenant_ids, endpoint_ids, rooms, held_counts) as lane (tenant_id, id, room, held_count)
          join partner_webhooks w on (w.tenant_id, w.id) = (lane.tenant_id, lane.id) and w.leased_by = lease and w.status = 'active' and w.deleted_at is null
         cross join lateral (
               select d.tenant_id, d.endpoint_id, d.id, d.event_id, d.tries + 1 as tries
                 from webhook_deliveries d
                where (d.tenant_id, d.endpoint_id) = (lane.tenant_id, lane.id)
                  and d.status = 'waiting'
                  and d.next_attempt_at <= at
                  and d.id = (
                        select earliest.id
                          from webhook_deliveries earliest
                         where earliest.endpoint_id = d.endpoint_id
                           and earliest.object_id = d.object_id
                           and earliest.tenant_id is not distinct from d.tenant_id
                           and earliest.status = 'waiting'
                         order by earliest.sequence
                         limit 1)
                order by d.next_attempt_at, d.sequence
                limit lane.held_count + lane.room) first
         where first.id not in (select unnest(held))
         limit most) ready
      join webhook_events e on (e.tenant_id, e.id) = (ready.tenant_id, ready.event_id)
  $$;
comment on function due_webhook_deliveries is 'What is due for the endpoints that a worker was lent, and is not at work there: of each so much as it has room for, and of one object the earliest alone.';

create function settle_webhook_attempts(
    settled timestamptz, lease uuid, tenant_ids uuid[], endpoint_ids uuid[], urls text[], places integer[], ids uuid[], tries_made integer[],
    started timestamptz[], durations integer[], status_codes integer[], errors text[], response_bodies text[], outcomes text[], next_attempts timestamptz[], throttles timestamptz[])
  returns void
  language sql security definer
  set search_path = tributary, pg_temp
  -- Planned once: to plan for these very arrays costs more than it gains.
  set plan_cache_mode = force_generic_plan
  as $$
    with answers as materialized (
      select e.tenant_id, e.endpoint_id, e.url, a.*
        from unnest(places, ids, tries_made, started, durations, status_codes, errors, response_bodies, outcomes, next_attempts, throttles)
          as a (place, id, tries, started_at, duration_ms, status_code, error, response_body, outcome, next_attempt_at, throttled_until)
        join unnest(tenant_ids, endpoint_ids, urls) with ordinality as e (tenant_id, endpoint_id, url, place) on e.place = a.place
    ), moved as (
      update webhook_deliveries d
         set status = a.outcome, attempts = d.attempts + 1, tries = a.tries, next_attempt_at = a.next_attempt_at, last_status_code = a.status_code, last_error = a.error,
             settled_at = case when a.outcome = 'waiting' then null else settled end
        from answers a
        join partner_webhooks w on (w.tenant_id, w.id) = (a.tenant_id, a.endpoint_id) and w.leased_by = lease
       where (d.tenant_id, d.id) = (a.tenant_id, a.id)
         -- Asked so that no index but the key is looked at.
         and d.endpoint_id is not distinct from a.endpoint_id
         and d.settled_at is null
         and d.tries = a.tries - 1
      returning d.object_id, d.sequence, d.attempts, a.*
    ), late as (
      -- What is no longer this worker's to decide: it is logged, once, and changes nothing else. Rare, and not looked for where all were moved.
      update webhook_deliveries d
         set attempts = d.attempts + 1
        from answers a
       where (select count(*) from moved) < cardinality(ids)
         and (d.tenant_id, d.id) = (a.tenant_id, a.id)
         and d.endpoint_id is not distinct from a.endpoint_id
         and not exists (select from moved m where (m.tenant_id, m.id) = (a.tenant_id, a.id))
         and not exists (select from webhook_attempts l where (l.tenant_id, l.delivery_id) = (a.tenant_id, a.id) and l.started_at = a.started_at)
      returning d.attempts, a.*
    ), logged as (
      insert into webhook_attempts (tenant_id, delivery_id, attempt, url, started_at, duration_ms, status_code, error, response_body)
      select tenant_id, id, attempts, url, started_at, duration_ms, status_code, error, response_body from moved
       union all
      select tenant_id, id, attempts, url, started_at, duration_ms, status_code, error, response_body from late
    ), followers as (
      -- What waits for one that failed is not looked at before that is due again. Laterally, so that what waits is never read whole.
      update webhook_deliveries n
         set next_attempt_at = m.next_attempt_at
        from moved m
       cross join lateral (
             select f.id
               from webhook_deliveries f
              where (f.endpoint_id, f.object_id) = (m.endpoint_id, m.object_id)
                and f.tenant_id is not distinct from m.tenant_id
                and f.status = 'waiting'
                and f.sequence > m.sequence
                and f.tries = 0
                and f.next_attempt_at < m.next_attempt_at
             offset 0) follower
       where m.outcome = 'waiting'
         and (n.tenant_id, n.id) = (m.tenant_id, follower.id)
         and n.id <> all (ids)
    ), next as (
      -- One that is settled after it had failed makes the next of its object due.
      update webhook_deliveries n
         set next_attempt_at = settled
        from moved m
       cross join lateral (
             select f.id
               from webhook_deliveries f
              where (f.endpoint_id, f.object_id) = (m.endpoint_id, m.object_id)
                and f.tenant_id is not distinct from m.tenant_id
                and f.status = 'waiting'
                and f.sequence > m.sequence
              order by f.sequence
              limit 1) follower
       where m.outcome <> 'waiting'
         and m.attempts > 1
         and (n.tenant_id, n.id) = (m.tenant_id, follower.id)
         and n.tries = 0
         and n.next_attempt_at > settled
         and n.id <> all (ids)
    ), health as materialized (
      select m.tenant_id, m.endpoint_id, count(*) filter (where m.outcome <> 'delivered') as failures, bool_or(m.outcome = 'delivered') as is_well,
             min(m.started_at) as first_at, max(m.started_at) as last_at, max(m.throttled_until) as throttled_until
        from moved m
       group by m.tenant_id, m.endpoint_id
    ), held as materialized (
      select w.tenant_id, w.id
        from partner_webhooks w
       where (w.tenant_id, w.id) in (select h.tenant_id, h.endpoint_id from health h)
       order by w.tenant_id, w.id
         for no key update of w
    )
    update partner_webhooks w
       set failure_count = case when h.is_well then 0 else w.failure_count + h.failures end,
           failing_since = case when h.is_well then null else coalesce(w.failing_since, h.first_at) end,
           warned_at = case when h.is_well then null else w.warned_at end,
           last_triggered_at = h.last_at,
           last_delivered_at = case when h.is_well then h.last_at else w.last_delivered_at end,
           throttled_until = greatest(w.throttled_until, h.throttled_until)
      from health h
      join held on (held.tenant_id, held.id) = (h.tenant_id, h.endpoint_id)
     where (w.tenant_id, w.id) = (held.tenant_id, held.id)
  $$;
comment on function settle_webhook_attempts is 'Writes down what became of attempts, of any tenant, in one statement: the log, the deliveries, and how the endpoints fare. Endpoints are named once; places says which of them each attempt was made for.';

create function release_webhook_endpoints(lease uuid) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    update partner_webhooks set leased_by = null, leased_until = null where leased_by = lease
  $$;
comment on function release_webhook_endpoints is 'A worker that stops gives back what it was lent, so that others need not wait for the end of it.';

revoke all on function lease_webhook_endpoints(timestamptz, timestamptz, uuid, integer),
  due_webhook_deliveries(timestamptz, uuid, uuid[], uuid[], integer[], integer[], uuid[], integer),
  settle_webhook_attempts(timestamptz, uuid, uuid[], uuid[], text[], integer[], uuid[], integer[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]),
  release_webhook_endpoints(uuid) from public;
grant execute on function lease_webhook_endpoints(timestamptz, timestamptz, uuid, integer),
  due_webhook_deliveries(timestamptz, uuid, uuid[], uuid[], integer[], integer[], uuid[], integer),
  settle_webhook_attempts(timestamptz, uuid, uuid[], uuid[], text[], integer[], uuid[], integer[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]),
  release_webhook_endpoints(uuid) to tributary_server;

-- Down Migration
drop function lease_webhook_endpoints(timestamptz, timestamptz, uuid, integer),
  due_webhook_deliveries(timestamptz, uuid, uuid[], uuid[], integer[], integer[], uuid[], integer),
  settle_webhook_attempts(timestamptz, uuid, uuid[], uuid[], text[], integer[], uuid[], integer[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]),
  release_webhook_endpoints(uuid);
drop index webhook_deliveries_order_index;
create index webhook_deliveries_order_index on webhook_deliveries (tenant_id, endpoint_id, object_id, sequence) where status = 'waiting';
alter table partner_webhooks
  drop column leased_by,
  drop column leased_until;
alter table webhook_deliveries
  add column claim uuid,
  add column claimed_until timestamptz,
  set (fillfactor = 70);
comment on column webhook_deliveries.attempts is 'How often it was claimed: the number of its newest row in the log. tries are the requests that were made since it was made or replayed, and decide when it is dead; a worker that died before it sent has used up none.';
comment on column webhook_deliveries.claim is 'The worker''s claim: an answer that comes after another has claimed it changes nothing.';
comment on column webhook_deliveries.claimed_until is 'Until then it is the worker''s: one that died has it no longer.';
create function claim_webhook_deliveries(
    at timestamptz, claim_ends timestamptz, new_claim uuid, batch_size integer, endpoint_max integer, owner_max integer, busy_endpoints uuid[], busy_counts integer[])
  returns table (tenant_id uuid, id uuid, endpoint_id uuid, event_id uuid, attempt integer, tries integer, url text, partner_id uuid, secret_encrypted bytea,
    retired_secrets_encrypted bytea[], retired_secrets_until timestamptz[], body text) language sql security definer set search_path = tributary, pg_temp as $$
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
       where w.status = 'active' and w.deleted_at is null
         and (w.throttled_until is null or w.throttled_until <= at)
      window owner as (partition by w.tenant_id, w.partner_id)
    ), open as materialized (
      select o.tenant_id, o.id,
             least(case when o.failure_count >= 3 then 1 else endpoint_max end - o.count,
                   (owner_max - o.owner_count + o.owner_endpoints - 1) / o.owner_endpoints)::integer as room
        from owned o
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
create function settle_webhook_deliveries(
    settled timestamptz, tenant_ids uuid[], ids uuid[], claims uuid[], attempt_numbers integer[], urls text[], started timestamptz[], durations integer[],
    status_codes integer[], errors text[], response_bodies text[], outcomes text[], next_attempts timestamptz[], throttles timestamptz[]) returns void language sql security definer set search_path = tributary, pg_temp as $$
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
      update webhook_deliveries f
         set next_attempt_at = m.next_attempt_at
        from moved m
       where m.outcome = 'waiting'
         and (f.tenant_id, f.endpoint_id, f.object_id) = (m.tenant_id, m.endpoint_id, m.object_id) and f.status = 'waiting' and f.sequence > m.sequence and f.tries = 0 and f.next_attempt_at < m.next_attempt_at and f.id <> all (ids)
    ), next as (
      update webhook_deliveries n
         set next_attempt_at = settled
        from moved m
       cross join lateral (
             select f.id
               from webhook_deliveries f
              where (f.tenant_id, f.endpoint_id, f.object_id) = (m.tenant_id, m.endpoint_id, m.object_id) and f.status = 'waiting' and f.sequence > m.sequence
              order by f.sequence
              limit 1) follower
       where m.outcome <> 'waiting'
         and (n.tenant_id, n.id) = (m.tenant_id, follower.id) and n.tries = 0 and n.next_attempt_at > settled and n.id <> all (ids)
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
comment on function settle_webhook_deliveries is 'Writes down what became of attempts, of any tenant, in one statement. What was claimed anew meanwhile keeps its new claim.';
create function closed_webhook_endpoints(tenant_ids uuid[], endpoint_ids uuid[]) returns setof uuid language sql stable security definer set search_path = tributary, pg_temp as $$
    select asked.id
      from unnest(tenant_ids, endpoint_ids) as asked (tenant_id, id)
     where not exists (select from partner_webhooks w where (w.tenant_id, w.id) = (asked.tenant_id, asked.id) and w.status = 'active' and w.deleted_at is null)
  $$;
comment on function closed_webhook_endpoints is 'Which of a worker''s endpoints nothing is to be sent to any more: deleted or turned off since it claimed for them.';
create function release_webhook_deliveries(tenant_ids uuid[], ids uuid[], claims uuid[]) returns void language sql security definer set search_path = tributary, pg_temp as $$
    update webhook_deliveries d
       set claim = null, claimed_until = null
      from unnest(tenant_ids, ids, claims) as held (tenant_id, id, claim) where (d.tenant_id, d.id) = (held.tenant_id, held.id) and d.claim = held.claim and d.status = 'waiting'
  $$;
comment on function release_webhook_deliveries is 'A worker gives back what it claimed and did not send. What was claimed anew meanwhile keeps its new claim.';
revoke all on function claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, integer, uuid[], integer[]),
  closed_webhook_endpoints(uuid[], uuid[]), release_webhook_deliveries(uuid[], uuid[], uuid[]),
  settle_webhook_deliveries(timestamptz, uuid[], uuid[], uuid[], integer[], text[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]) from public;
grant execute on function claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, integer, uuid[], integer[]),
  closed_webhook_endpoints(uuid[], uuid[]), release_webhook_deliveries(uuid[], uuid[], uuid[]),
  settle_webhook_deliveries(timestamptz, uuid[], uuid[], uuid[], integer[], text[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]) to tributary_server;
