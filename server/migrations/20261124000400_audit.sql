-- Why: who did what, in an order that cannot be changed unnoticed. Writers append to audit_log and never wait for each other; a sealing job
-- chains what has been appended into audit_chain, and audit_checkpoints holds the head of the chain at points in time.

-- Up Migration
set local lock_timeout = '5s';

create table audit_log (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  position bigint generated always as identity,
  actor_type text not null,
  actor_id text,
  action text not null,
  target_type text not null,
  target_id uuid,
  before jsonb,
  after jsonb,
  reason text,
  request_id text,
  ip_truncated text,
  occurred_at timestamptz not null,
  primary key (tenant_id, id)
);
create index audit_log_target_index on audit_log (tenant_id, target_id, position);
create index audit_log_position_index on audit_log (tenant_id, position);
create trigger audit_log_append_only before update or delete on audit_log
  for each row execute function refuse_change();
create trigger audit_log_no_truncate before truncate on audit_log
  for each statement execute function refuse_change();
select isolate('audit_log', 'select, insert');

create table audit_chain (
  tenant_id uuid not null,
  sequence bigint not null,
  audit_id uuid not null,
  hash bytea not null,
  primary key (tenant_id, sequence),
  unique (tenant_id, audit_id),
  foreign key (tenant_id, audit_id) references audit_log (tenant_id, id),
  constraint audit_chain_hash_length_check check (length(hash) = 32)
);
create trigger audit_chain_append_only before update or delete on audit_chain
  for each row execute function refuse_change();
create trigger audit_chain_no_truncate before truncate on audit_chain
  for each statement execute function refuse_change();
select isolate('audit_chain', 'select, insert');
comment on table audit_chain is 'hash(n) = SHA-256(hash(n-1) || canonical JSON of the row): a changed row is the first one whose hash does not follow.';

create table audit_checkpoints (
  tenant_id uuid not null,
  sequence bigint not null,
  hash bytea not null,
  signature bytea,
  created_at timestamptz not null,
  primary key (tenant_id, sequence),
  foreign key (tenant_id, sequence) references audit_chain (tenant_id, sequence)
);
create trigger audit_checkpoints_append_only before update or delete on audit_checkpoints
  for each row execute function refuse_change();
select isolate('audit_checkpoints', 'select, insert');

comment on table audit_log is 'Who did what, in the transaction of what was done. Append-only; sealed into audit_chain by a job.';
comment on column audit_log.position is 'Order of writing, which is the order of sealing.';
comment on table audit_checkpoints is 'The head of the chain at points in time, signed: what came before can no longer be changed unnoticed.';

-- Down Migration
drop table audit_checkpoints, audit_chain, audit_log;
