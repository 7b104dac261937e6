-- Why: who wants the figures of each month or week has them sent, or laid into a folder of the server's, by itself.

-- Up Migration
set local lock_timeout = '5s';

create table export_schedules (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid,
  user_id uuid not null,
  report text not null,
  format text not null,
  rhythm text not null,
  delivery text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  constraint export_schedules_report_check check (report in ('daily', 'referrals', 'commissions')),
  constraint export_schedules_format_check check (format in ('csv', 'json', 'xlsx')),
  constraint export_schedules_rhythm_check check (rhythm in ('weekly', 'monthly')),
  constraint export_schedules_delivery_check check (delivery in ('mail', 'folder')),
  constraint export_schedules_folder_check check (delivery = 'mail' or partner_id is null)
);
create index export_schedules_created_index on export_schedules (tenant_id, created_at, id) where ended_at is null;
create index export_schedules_partner_index on export_schedules (tenant_id, partner_id, created_at, id) where ended_at is null;
comment on table export_schedules is 'Exports that are made of each period when it has ended.';
comment on column export_schedules.partner_id is 'Whose figures, as the partner sees them; null: the programme''s, for the team.';
comment on column export_schedules.user_id is 'Who asked for it, and gets the mail.';
comment on column export_schedules.delivery is 'mail: to that person; folder: into the server''s export folder, for the team alone.';
comment on column export_schedules.ended_at is 'When it was given up; null while it runs.';
select isolate('export_schedules', 'select, insert');
grant update (ended_at) on export_schedules to tributary_server;

create table export_runs (
  tenant_id uuid not null,
  schedule_id uuid not null,
  period_start date not null,
  period_end date not null,
  status text not null,
  rows bigint,
  begun_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, schedule_id, period_start),
  foreign key (tenant_id, schedule_id) references export_schedules (tenant_id, id),
  constraint export_runs_status_check check (status in ('waiting', 'delivered', 'too_large', 'not_delivered')),
  constraint export_runs_ended_check check ((status = 'waiting') = (ended_at is null))
);
comment on table export_runs is 'Each period of a schedule, once: what became of its export.';
comment on column export_runs.status is 'too_large: the mail says so instead of carrying the file; not_delivered: nobody may have it any more.';
select isolate('export_runs', 'select, insert');
grant update (status, rows, ended_at) on export_runs to tributary_server;

-- Down Migration
drop table export_runs, export_schedules;
