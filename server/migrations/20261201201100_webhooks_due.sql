-- Why: of what a worker holds it was asked each time anew whether it is the earliest of its object. What is held is passed over first.

-- Up Migration
set local lock_timeout = '5s';

drop function due_webhook_deliveries(timestamptz, uuid, uuid[], uuid[], integer[], integer[], uuid[], integer);
create function due_webhook_deliveries(
    at timestamptz, lease uuid, tenant_ids uuid[], endpoint_ids uuid[], rooms integer[], held uuid[], most integer)
  returns table (endpoint_id uuid, id uuid, event_id uuid, tries integer, body text)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select ready.endpoint_id, ready.id, ready.event_id, ready.tries, e.body
      from (
        select first.*
          from unnest(tenant_ids, endpoint_ids, rooms) as lane (tenant_id, id, room)
          join partner_webhooks w on (w.tenant_id, w.id) = (lane.tenant_id, lane.id) and w.leased_by = lease and w.status = 'active' and w.deleted_at is null
         cross join lateral (
               select d.tenant_id, d.endpoint_id, d.id, d.event_id, d.tries + 1 as tries
                 from webhook_deliveries d
                where (d.tenant_id, d.endpoint_id) = (lane.tenant_id, lane.id)
                  and d.status = 'waiting'
                  and d.next_attempt_at <= at
                  and d.id not in (select unnest(held))
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
                limit lane.room) first
         limit most) ready
      join webhook_events e on (e.tenant_id, e.id) = (ready.tenant_id, ready.event_id)
  $$;
comment on function due_webhook_deliveries is 'What is due for the endpoints that a worker was lent, and is not at work there: of each so much as it has room for, and of one object the earliest alone.';
revoke all on function due_webhook_deliveries(timestamptz, uuid, uuid[], uuid[], integer[], uuid[], integer) from public;
grant execute on function due_webhook_deliveries(timestamptz, uuid, uuid[], uuid[], integer[], uuid[], integer) to tributary_server;

-- Down Migration
set local lock_timeout = '5s';

drop function due_webhook_deliveries(timestamptz, uuid, uuid[], uuid[], integer[], uuid[], integer);
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
revoke all on function due_webhook_deliveries(timestamptz, uuid, uuid[], uuid[], integer[], integer[], uuid[], integer) from public;
grant execute on function due_webhook_deliveries(timestamptz, uuid, uuid[], uuid[], integer[], integer[], uuid[], integer) to tributary_server;
