-- Why: the ground that every module stands on: a schema of our own (so that the tables live beside a host application's), the role that
-- the server runs as, row-level security by tenant, the outbox, idempotency keys, feature flags and rate limits.

-- Up Migration
set local lock_timeout = '5s';

-- The server's role owns nothing and can bypass nothing. It may exist already: roles belong to the cluster, schemas to the database.
do $$
begin
  if not exists (select from pg_roles where rolname = 'tributary_server') then
    create role tributary_server nologin;
    execute format('grant tributary_server to %I', current_user);
  end if;
end $$;

grant usage on schema tributary to tributary_server;

create function current_tenant_id() returns uuid
  language sql stable
  set search_path = ''
  as $$ select nullif(current_setting('tributary.tenant_id', true), '')::uuid $$;
comment on function current_tenant_id is 'The tenant of the running transaction; null where none was set, and then no row of any table is visible.';

create function isolate(table_name text, privileges text) returns void
  language plpgsql
  as $$
begin
  execute format('alter table %I enable row level security', table_name);
  -- The sub-select is evaluated once a statement, not once a row.
  execute format(
    'create policy tenant_isolation on %I to tributary_server using (tenant_id = (select tributary.current_tenant_id())) with check (tenant_id = (select tributary.current_tenant_id()))',
    table_name);
  execute format('grant %s on %I to tributary_server', privileges, table_name);
end $$;
comment on function isolate is 'Used by migrations: puts a table under the tenant policy and grants the server what it may do with it.';

create function refuse_change() returns trigger
  language plpgsql
  as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'restrict_violation';
end $$;
comment on function refuse_change is 'Trigger of append-only tables, against everybody, the owner included.';

create table outbox_events (
  tenant_id uuid not null,
  id uuid not null,
  position bigint generated always as identity,
  type text not null,
  object_type text not null,
  object_id uuid not null,
  data jsonb not null,
  occurred_at timestamptz not null,
  dispatched_at timestamptz,
  attempts smallint not null default 0,
  last_error text,
  retry_at timestamptz,
  given_up_at timestamptz,
  primary key (tenant_id, id),
  constraint outbox_events_settled_once_check check (dispatched_at is null or given_up_at is null)
);
create index outbox_events_undispatched_index on outbox_events (position) where dispatched_at is null and given_up_at is null;
-- Few at any time: what a listener could not take. They hold back the later events of their object.
create index outbox_events_retried_index on outbox_events (tenant_id, object_id, position)
  where retry_at is not null and dispatched_at is null and given_up_at is null;
create index outbox_events_given_up_index on outbox_events (tenant_id, position) where given_up_at is not null;
create index outbox_events_dispatched_index on outbox_events (tenant_id, dispatched_at) where dispatched_at is not null;
select isolate('outbox_events', 'select, insert');
comment on table outbox_events is 'What happened, written in the transaction of the change it reports; listeners outside that transaction read it from here.';

create table idempotency_keys (
  tenant_id uuid not null,
  actor text not null,
  key text not null,
  route text not null,
  request_hash bytea not null,
  result jsonb,
  is_secret boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, actor, key)
);
create index idempotency_keys_created_index on idempotency_keys (tenant_id, created_at);
select isolate('idempotency_keys', 'select, insert, update, delete');
comment on table idempotency_keys is 'Answers already given, so that a repeated request is answered again and not done again. An answer that holds a secret is not kept.';

create table feature_flags (
  tenant_id uuid not null,
  key text not null,
  is_enabled boolean not null,
  updated_at timestamptz not null,
  primary key (tenant_id, key)
);
select isolate('feature_flags', 'select, insert, update');

-- Unlogged: a counter that a crash of the database empties costs a caller nothing. Columns are those that rate-limiter-flexible writes.
-- A limit is consumed before the tenant is known, so this table alone has an open policy; its keys are hashes.
create unlogged table rate_limits (
  key text primary key,
  points integer not null default 0,
  expire bigint
);
alter table rate_limits enable row level security;
create policy every_tenant on rate_limits to tributary_server using (true) with check (true);
grant select, insert, update, delete on rate_limits to tributary_server;

comment on table feature_flags is 'What is turned on. A flag without a row is off.';
comment on column idempotency_keys.request_hash is 'Of what was asked for: the same key with another request is refused.';
comment on column idempotency_keys.result is 'The answer as it was given; null where it holds a secret, or nothing.';
comment on column outbox_events.position is 'The order in which events were written; dispatched in this order.';
comment on table rate_limits is 'How much of each limit is used up in the running window. Keys are hashes; unlogged, since losing a counter costs a caller nothing.';

-- Down Migration
drop table rate_limits, feature_flags, idempotency_keys, outbox_events;
drop function refuse_change(), isolate(text, text), current_tenant_id();
revoke usage on schema tributary from tributary_server;
