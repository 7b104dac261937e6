-- Why: who looks for why a message was refused asks what was sent and answered beside the bodies. Of the request's headers the signature alone is kept: the others are
-- made again from the attempt and its event (ADR 80).

-- Up Migration
set local lock_timeout = '5s';

alter table webhook_attempts
  add column signature text,
  add column response_headers text;
comment on column webhook_attempts.signature is '`webhook-signature` as it was sent: a secret that was replaced is forgotten, and with it what it signed could not be made again. Null where nothing was signed.';
comment on column webhook_attempts.response_headers is 'The answer''s, a line each, so many of them; what may open something is not in it. Null where none came.';

drop function settle_webhook_attempts(timestamptz, uuid, uuid[], uuid[], text[], integer[], uuid[], integer[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]);
create function settle_webhook_attempts(
    settled timestamptz, lease uuid, tenant_ids uuid[], endpoint_ids uuid[], urls text[], places integer[], ids uuid[], tries_made integer[],
    started timestamptz[], durations integer[], signatures text[], status_codes integer[], errors text[], response_headers text[], response_bodies text[], outcomes text[],
    next_attempts timestamptz[], throttles timestamptz[])
  returns void
  language sql security definer
  set search_path = tributary, pg_temp
  -- Planned once: to plan for these very arrays costs more than it gains.
  set plan_cache_mode = force_generic_plan
  as $$
    with answers as materialized (
      select e.tenant_id, e.endpoint_id, e.url, a.*
        from unnest(places, ids, tries_made, started, durations, signatures, status_codes, errors, response_headers, response_bodies, outcomes, next_attempts, throttles)
          as a (place, id, tries, started_at, duration_ms, signature, status_code, error, response_headers, response_body, outcome, next_attempt_at, throttled_until)
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
      insert into webhook_attempts (tenant_id, delivery_id, attempt, url, started_at, duration_ms, signature, status_code, error, response_headers, response_body)
      select tenant_id, id, attempts, url, started_at, duration_ms, signature, status_code, error, response_headers, response_body from moved
       union all
      select tenant_id, id, attempts, url, started_at, duration_ms, signature, status_code, error, response_headers, response_body from late
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

revoke all on function settle_webhook_attempts(timestamptz, uuid, uuid[], uuid[], text[], integer[], uuid[], integer[], timestamptz[], integer[], text[], integer[], text[], text[], text[], text[], timestamptz[], timestamptz[]) from public;
grant execute on function settle_webhook_attempts(timestamptz, uuid, uuid[], uuid[], text[], integer[], uuid[], integer[], timestamptz[], integer[], text[], integer[], text[], text[], text[], text[], timestamptz[], timestamptz[]) to tributary_server;

-- Down Migration
set local lock_timeout = '5s';

drop function settle_webhook_attempts(timestamptz, uuid, uuid[], uuid[], text[], integer[], uuid[], integer[], timestamptz[], integer[], text[], integer[], text[], text[], text[], text[], timestamptz[], timestamptz[]);
alter table webhook_attempts
  drop column signature,
  drop column response_headers;
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
revoke all on function settle_webhook_attempts(timestamptz, uuid, uuid[], uuid[], text[], integer[], uuid[], integer[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]) from public;
grant execute on function settle_webhook_attempts(timestamptz, uuid, uuid[], uuid[], text[], integer[], uuid[], integer[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]) to tributary_server;
