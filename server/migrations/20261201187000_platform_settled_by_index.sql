-- Why: events that were told are found by the index of those that wait, which leaves out what was given up. Without that condition in the statement
-- Postgres could not use the index, and read the whole outbox, thirty days of it, for each batch that was told.

-- Up Migration
set local lock_timeout = '5s';

create or replace function settle_outbox_events(positions bigint[], dispatched timestamptz) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    update outbox_events set dispatched_at = dispatched where position = any (positions) and dispatched_at is null and given_up_at is null
  $$;

-- Down Migration
set local lock_timeout = '5s';

create or replace function settle_outbox_events(positions bigint[], dispatched timestamptz) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    update outbox_events set dispatched_at = dispatched where position = any (positions) and dispatched_at is null
  $$;
