-- Why: whoever runs the program sees of each scheduled job when it last succeeded, how far a run has come, and what went wrong.

-- Up Migration
set local lock_timeout = '5s';

create table job_runs (
  tenant_id uuid not null,
  name text not null,
  run_id uuid not null,
  started_at timestamptz not null,
  progress bigint not null default 0,
  finished_at timestamptz,
  duration_ms bigint,
  succeeded_at timestamptz,
  failures bigint not null default 0,
  error text,
  primary key (tenant_id, name),
  constraint job_runs_progress_check check (progress >= 0 and failures >= 0),
  constraint job_runs_finished_check check ((finished_at is null) = (duration_ms is null))
);
select isolate('job_runs', 'select, insert, update');
comment on table job_runs is 'The latest run of each scheduled job in each tenant: a row that the next run replaces, so that the table stays as small as the list of jobs.';
comment on column job_runs.run_id is 'The run that the row tells of. Where two run at once, the one that began later; the earlier one leaves its success alone.';
comment on column job_runs.started_at is 'By the machine''s clock, as all times here: a tenant''s clock may be moved.';
comment on column job_runs.progress is 'How many things the run has done so far, as the job counts them.';
comment on column job_runs.finished_at is 'Null while it runs, and where its process died.';
comment on column job_runs.succeeded_at is 'When a run last ended well.';
comment on column job_runs.failures is 'Runs that ended badly, ever.';
comment on column job_runs.error is 'Of the latest run: a code, never a message, since messages may name people.';

create function job_run_figures() returns table (name text, succeeded_at timestamptz, duration_ms bigint, failures bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select r.name, case when count(*) = count(r.succeeded_at) then min(r.succeeded_at) end, max(r.duration_ms), sum(r.failures)::bigint
      from job_runs r
      join tenants t on t.id = r.tenant_id and t.status = 'active'
     group by r.name
     order by r.name
  $$;
comment on function job_run_figures is 'Figures of each job over all tenants, for metrics: the oldest of their last successes, the longest of their last runs, all failures. No tenant is told apart.';
revoke all on function job_run_figures() from public;
grant execute on function job_run_figures() to tributary_server;

-- Down Migration
drop function job_run_figures();
drop table job_runs;
