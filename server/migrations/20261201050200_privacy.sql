-- Why: people may know what is kept of them, have it, and have it erased as far as the books allow; and somebody can show afterwards that it was done.

-- Up Migration
set local lock_timeout = '5s';

create table privacy_erasures (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  role text not null,
  origin text not null,
  status text not null,
  reason text,
  asked_at timestamptz not null,
  asked_by text,
  decided_at timestamptz,
  decided_by text,
  refusal text,
  hindrances jsonb not null default '[]',
  checked_at timestamptz,
  erased_at timestamptz,
  certificate jsonb,
  told_sealed bytea,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  constraint privacy_erasures_role_check check (role in ('admin', 'finance', 'support', 'partner', 'customer')),
  constraint privacy_erasures_origin_check check (origin in ('person', 'operator')),
  constraint privacy_erasures_status_check check (status in ('asked', 'deferred', 'refused', 'withdrawn', 'done')),
  constraint privacy_erasures_refusal_check check ((status = 'refused') = (refusal is not null)),
  constraint privacy_erasures_done_check check ((status = 'done') = (erased_at is not null) and (status = 'done') = (certificate is not null))
);
create unique index privacy_erasures_one_open_index on privacy_erasures (tenant_id, user_id) where status in ('asked', 'deferred', 'done');
create index privacy_erasures_asked_index on privacy_erasures (tenant_id, asked_at, id);
create index privacy_erasures_deferred_index on privacy_erasures (tenant_id, checked_at) where status = 'deferred';
select isolate('privacy_erasures', 'select, insert, update');
comment on table privacy_erasures is 'Wishes of people to be forgotten, and what became of them. There is one that is open or done for a person.';
comment on column privacy_erasures.status is 'asked: the operator is to decide; deferred: decided, and hindered; refused and withdrawn may be asked for anew; done: for good.';
comment on column privacy_erasures.asked_by is 'Id of the person or the key; null for the program.';
comment on column privacy_erasures.hindrances is 'What stood in the way when it was last tried.';
comment on column privacy_erasures.certificate is 'What was erased, and what is kept and why, as it was when it was done.';
comment on column privacy_erasures.told_sealed is 'The address to be told that it is done, sealed; emptied once it has been told.';

create table privacy_holds (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  reason text not null,
  placed_at timestamptz not null,
  placed_by text,
  lifted_at timestamptz,
  lifted_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index privacy_holds_user_index on privacy_holds (tenant_id, user_id) where lifted_at is null;
create index privacy_holds_placed_index on privacy_holds (tenant_id, placed_at, id);
select isolate('privacy_holds', 'select, insert, update');
comment on table privacy_holds is 'Legal holds: while one stands nothing of the person is erased (a lawsuit, an order of an authority).';

-- Down Migration
drop table privacy_holds, privacy_erasures;
