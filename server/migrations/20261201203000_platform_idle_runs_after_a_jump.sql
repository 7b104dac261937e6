-- Why: a success that was written down while the machine's clock was ahead stood for good. Once the clock was set back, a job that had stopped looked as if it had
-- succeeded until that day came. One that is no more than a day ahead stays: it may be another worker's, and comes true by itself.

-- Up Migration
set local lock_timeout = '5s';

create or replace function record_idle_runs(job text, tenant_ids uuid[], at timestamptz) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    insert into job_runs as r (tenant_id, name, run_id, started_at, progress, finished_at, duration_ms, succeeded_at)
    select t.id, job, gen_random_uuid(), at, 0, at, 0, at
      from unnest(tenant_ids) as asked (id)
      join tenants t on t.id = asked.id
     order by t.id
    on conflict (tenant_id, name) do update
       set run_id = excluded.run_id, started_at = excluded.started_at, progress = 0, finished_at = excluded.finished_at, duration_ms = 0,
           succeeded_at = case when r.succeeded_at > excluded.succeeded_at + interval '1 day' then excluded.succeeded_at
                               else greatest(r.succeeded_at, excluded.succeeded_at) end,
           error = null
  $$;

-- Down Migration
set local lock_timeout = '5s';

create or replace function record_idle_runs(job text, tenant_ids uuid[], at timestamptz) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    insert into job_runs as r (tenant_id, name, run_id, started_at, progress, finished_at, duration_ms, succeeded_at)
    select t.id, job, gen_random_uuid(), at, 0, at, 0, at
      from unnest(tenant_ids) as asked (id)
      join tenants t on t.id = asked.id
     order by t.id
    on conflict (tenant_id, name) do update
       set run_id = excluded.run_id, started_at = excluded.started_at, progress = 0, finished_at = excluded.finished_at, duration_ms = 0,
           succeeded_at = greatest(r.succeeded_at, excluded.succeeded_at), error = null
  $$;
