-- Why: partners' and the operator's own systems hear what happens. An event's body is kept once, as it is signed; a delivery is one event on its way to one
-- endpoint, and each attempt leaves a row.

-- Up Migration
set local lock_timeout = '5s';

create table partner_webhooks (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid,
  url text not null,
  description text,
  events jsonb not null,
  secret_encrypted bytea not null,
  previous_secret_encrypted bytea,
  previous_secret_until timestamptz,
  status text not null default 'active',
  status_reason text,
  failure_count integer not null default 0,
  failing_since timestamptz,
  warned_at timestamptz,
  throttled_until timestamptz,
  last_triggered_at timestamptz,
  last_delivered_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_webhooks_status_check check (status in ('active', 'inactive', 'failed')),
  constraint partner_webhooks_previous_secret_check check ((previous_secret_encrypted is null) = (previous_secret_until is null))
);
create index partner_webhooks_owner_index on partner_webhooks (tenant_id, partner_id, created_at, id) where deleted_at is null;
create index partner_webhooks_failing_index on partner_webhooks (tenant_id, failing_since) where failing_since is not null and status = 'active';
select isolate('partner_webhooks', 'select, insert, update, delete');
comment on table partner_webhooks is 'Endpoints that are told of events: a partner''s, or the operator''s where partner_id is null.';
comment on column partner_webhooks.events is 'Types, groups (`payout.*`) or `*`.';
comment on column partner_webhooks.secret_encrypted is 'Signing secret, sealed with AES-256-GCM and bound to its row: it is read again to sign.';
comment on column partner_webhooks.previous_secret_until is 'Until then the secret before signs beside the new one.';
comment on column partner_webhooks.status is 'failed: turned off because it answered 410 or did not take anything for days.';
comment on column partner_webhooks.failure_count is 'Attempts that failed since one went well.';
comment on column partner_webhooks.warned_at is 'When its owner was told that it will be turned off.';
comment on column partner_webhooks.throttled_until is 'Asked by the endpoint itself (429, Retry-After).';

create table webhook_events (
  tenant_id uuid not null,
  id uuid not null,
  sequence bigint generated always as identity,
  type text not null,
  object_type text not null,
  object_id uuid not null,
  partner_id uuid,
  endpoint_id uuid,
  body text not null,
  occurred_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index webhook_events_sequence_index on webhook_events (tenant_id, sequence);
create index webhook_events_partner_index on webhook_events (tenant_id, partner_id, sequence);
create index webhook_events_object_index on webhook_events (tenant_id, object_id, sequence);
create index webhook_events_occurred_index on webhook_events (tenant_id, occurred_at);
select isolate('webhook_events', 'select, insert, delete');
comment on table webhook_events is 'What the outside is told, once for everybody who is told: the bytes that are signed. The newest event of each object is kept, so that the next one says what changed.';
comment on column webhook_events.sequence is 'The order in which events were taken from the outbox; within a tenant the order of commits, so that a reader who goes on after a number misses nothing.';
comment on column webhook_events.partner_id is 'Whose event it is; the operator sees all.';
comment on column webhook_events.endpoint_id is 'Set where it was made for one endpoint alone: a ping.';

create table webhook_deliveries (
  tenant_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  object_id uuid not null,
  sequence bigint not null,
  status text not null default 'waiting',
  attempts integer not null default 0,
  tries integer not null default 0,
  next_attempt_at timestamptz,
  claim uuid,
  claimed_until timestamptz,
  last_status_code integer,
  last_error text,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, endpoint_id) references partner_webhooks (tenant_id, id),
  foreign key (tenant_id, event_id) references webhook_events (tenant_id, id),
  constraint webhook_deliveries_status_check check (status in ('waiting', 'delivered', 'dead')),
  constraint webhook_deliveries_waits_for_check check ((status = 'waiting') = (next_attempt_at is not null) and (status = 'waiting') = (settled_at is null))
) with (fillfactor = 70);
-- A claim touches no column that is indexed, and finds room beside its row.
create unique index webhook_deliveries_once_index on webhook_deliveries (tenant_id, event_id, endpoint_id);
create index webhook_deliveries_due_index on webhook_deliveries (tenant_id, endpoint_id, next_attempt_at, sequence) where status = 'waiting';
create index webhook_deliveries_order_index on webhook_deliveries (tenant_id, endpoint_id, object_id, sequence) where status = 'waiting';
create index webhook_deliveries_endpoint_index on webhook_deliveries (tenant_id, endpoint_id, created_at, id);
create index webhook_deliveries_created_index on webhook_deliveries (tenant_id, created_at, id);
select isolate('webhook_deliveries', 'select, insert, update, delete');
comment on table webhook_deliveries is 'One event on its way to one endpoint. Of one object a later one waits until the earlier is delivered or dead.';
comment on column webhook_deliveries.attempts is 'How often it was claimed: the number of its newest row in the log. tries are the requests that were made since it was made or replayed, and decide when it is dead; a worker that died before it sent has used up none.';
comment on column webhook_deliveries.next_attempt_at is 'Not before then; null when it is settled.';
comment on column webhook_deliveries.claim is 'The worker''s claim: an answer that comes after another has claimed it changes nothing.';
comment on column webhook_deliveries.claimed_until is 'Until then it is the worker''s: one that died has it no longer.';

create table webhook_attempts (
  tenant_id uuid not null,
  delivery_id uuid not null,
  attempt integer not null,
  url text not null,
  started_at timestamptz not null,
  duration_ms integer not null,
  status_code integer,
  error text,
  response_body text,
  primary key (tenant_id, delivery_id, attempt)
);
create index webhook_attempts_started_index on webhook_attempts (tenant_id, started_at);
select isolate('webhook_attempts', 'select, insert, delete');
comment on table webhook_attempts is 'The log of requests to endpoints, for a time. The body that was sent is the event''s.';
comment on column webhook_attempts.response_body is 'Its beginning.';

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

create function settle_webhook_deliveries(
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
comment on function settle_webhook_deliveries is 'Writes down what became of attempts, of any tenant, in one statement. What was claimed anew meanwhile keeps its new claim.';

revoke all on function claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, uuid[], integer[]),
  settle_webhook_deliveries(timestamptz, uuid[], uuid[], uuid[], integer[], text[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]) from public;
grant execute on function claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, uuid[], integer[]),
  settle_webhook_deliveries(timestamptz, uuid[], uuid[], uuid[], integer[], text[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]) to tributary_server;

-- Down Migration
drop function settle_webhook_deliveries(timestamptz, uuid[], uuid[], uuid[], integer[], text[], timestamptz[], integer[], integer[], text[], text[], text[], timestamptz[], timestamptz[]),
  claim_webhook_deliveries(timestamptz, timestamptz, uuid, integer, integer, uuid[], integer[]);
drop table webhook_attempts, webhook_deliveries, webhook_events, partner_webhooks;
