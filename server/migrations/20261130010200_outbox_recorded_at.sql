-- Why: the lag of the outbox was told from the instant of an event, which is of its tenant's clock; where that is moved, the lag was nonsense.

-- Up Migration
set local lock_timeout = '5s';

-- The time of the migration for what is there: a moment of wrong lag at most.
alter table outbox_events add column recorded_at timestamptz not null default now();
comment on column outbox_events.recorded_at is 'When it was written, by the clock of the database: what its age is told from.';

create or replace function outbox_figures() returns table (waiting bigint, given_up bigint, oldest timestamptz)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select count(*) filter (where given_up_at is null), count(*) filter (where given_up_at is not null),
           min(recorded_at) filter (where given_up_at is null)
      from (
        select given_up_at, recorded_at from outbox_events where dispatched_at is null and given_up_at is null
         union all
        select given_up_at, recorded_at from outbox_events where given_up_at is not null
      ) open
  $$;

-- Down Migration
create or replace function outbox_figures() returns table (waiting bigint, given_up bigint, oldest timestamptz)
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
alter table outbox_events drop column recorded_at;
