-- Why: who did something, and what was done in a period, is found without reading the whole trail.

-- Up Migration
set local lock_timeout = '5s';

create index audit_log_actor_index on audit_log (tenant_id, actor_id, position);
create index audit_log_action_index on audit_log (tenant_id, action text_pattern_ops, position);
create index audit_log_occurred_index on audit_log (tenant_id, occurred_at);
comment on table audit_checkpoints is 'The head of the chain at points in time, signed with Ed25519 and published: what came before can no longer be changed unnoticed.';

-- Down Migration
drop index audit_log_occurred_index, audit_log_action_index, audit_log_actor_index;
comment on table audit_checkpoints is 'The head of the chain at points in time, signed: what came before can no longer be changed unnoticed.';
