-- Why: revenue comes in from billing systems by itself: who may tell of it, what they told, and what still waits for its customer.

-- Up Migration
set local lock_timeout = '5s';

create table revenue_sources (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  kind text not null,
  name text not null,
  is_enabled boolean not null default true,
  secret_sealed bytea,
  previous_secret_sealed bytea,
  previous_until timestamptz,
  last_heard_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  constraint revenue_sources_kind_check check (kind in ('stripe', 'generic')),
  constraint revenue_sources_previous_check check ((previous_secret_sealed is null) = (previous_until is null))
);
create index revenue_sources_created_index on revenue_sources (tenant_id, created_at, id);
select isolate('revenue_sources', 'select, insert, update');
comment on table revenue_sources is 'Billing systems that tell of revenue: each with a signing secret of its own.';
comment on column revenue_sources.secret_sealed is 'What messages are signed with, encrypted; null until Stripe''s is given.';
comment on column revenue_sources.previous_secret_sealed is 'The secret before the last rotation, good until previous_until.';
comment on column revenue_sources.last_heard_at is 'When a message with a good signature last came, to the minute.';

create table revenue_customers (
  tenant_id uuid not null,
  source_id uuid not null,
  provider_id text not null,
  customer_external_id text,
  email text,
  learnt_at timestamptz not null,
  email_learnt_at timestamptz not null,
  primary key (tenant_id, source_id, provider_id),
  foreign key (tenant_id, source_id) references revenue_sources (tenant_id, id),
  constraint revenue_customers_email_check check (email = lower(email))
);
select isolate('revenue_customers', 'select, insert, update');
comment on table revenue_customers is 'What a billing system''s customers are called here, as its messages have taught it.';
comment on column revenue_customers.learnt_at is 'When what taught customer_external_id was made: an older one that comes later teaches nothing. 1970 where nothing has.';
comment on column revenue_customers.email_learnt_at is 'The same of email: a message that tells the one says nothing of the other.';

create table revenue_payments (
  tenant_id uuid not null,
  source_id uuid not null,
  payment_id text not null,
  invoice_id text not null,
  primary key (tenant_id, source_id, payment_id, invoice_id),
  foreign key (tenant_id, source_id) references revenue_sources (tenant_id, id)
);
create index revenue_payments_invoice_index on revenue_payments (tenant_id, source_id, invoice_id);
select isolate('revenue_payments', 'select, insert');
comment on table revenue_payments is 'Which payment of a billing system paid which invoice: a refund or dispute names the payment alone.';

create table revenue_movements (
  tenant_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  kind text not null,
  amount bigint not null,
  currency text not null,
  tax bigint not null default 0,
  revenue bigint not null default 0,
  occurred_at timestamptz not null,
  provider_customer_id text,
  customer_external_id text,
  email text,
  payment_ids text[] not null default '{}',
  original_external_id text,
  status text not null,
  reason text,
  transaction_id uuid,
  received_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, source_id) references revenue_sources (tenant_id, id),
  foreign key (tenant_id, transaction_id) references transactions (tenant_id, id),
  constraint revenue_movements_kind_check check (kind in ('payment', 'card', 'refund', 'chargeback', 'chargeback_won')),
  constraint revenue_movements_status_check check (status in ('waiting', 'recorded', 'refused', 'notice', 'explained')),
  constraint revenue_movements_reason_check check (reason is not null or status = 'recorded'),
  constraint revenue_movements_recorded_check check ((status = 'recorded') = (transaction_id is not null)),
  constraint revenue_movements_email_check check (email = lower(email))
);
create unique index revenue_movements_external_id_unique on revenue_movements (tenant_id, source_id, external_id);
create index revenue_movements_open_index on revenue_movements (tenant_id, occurred_at, id) where status in ('waiting', 'refused', 'notice');
create index revenue_movements_waiting_index on revenue_movements (tenant_id, source_id, provider_customer_id) where status = 'waiting';
create index revenue_movements_original_index on revenue_movements (tenant_id, source_id, original_external_id) where status = 'waiting';
create index revenue_movements_notices_index on revenue_movements (tenant_id, source_id) where status in ('notice', 'explained');
create index revenue_movements_refunds_index on revenue_movements (tenant_id, source_id) where kind = 'refund';
select isolate('revenue_movements', 'select, insert, update');
comment on table revenue_movements is 'What a billing system told of money. It is recorded as a transaction once its customer, and what it reverses, are known.';
comment on column revenue_movements.customer_external_id is 'The customer where the message names it; otherwise it is found by provider_customer_id or e-mail.';
comment on column revenue_movements.email is 'As the message has it, while it waits; forgotten when it is recorded.';
comment on column revenue_movements.payment_ids is 'Of a reversal: the payment and the charge, which lead to its invoice.';
comment on column revenue_movements.status is 'waiting, recorded, refused by the rules of transactions; notice: nothing to record, but for the operator to look at; explained: a notice that later messages answered.';

alter table inbox_events drop constraint inbox_events_source_check;
alter table inbox_events add constraint inbox_events_source_check check (source in ('stripe', 'stripe_connect', 'intake'));

-- Down Migration
delete from inbox_events where source = 'intake';
alter table inbox_events drop constraint inbox_events_source_check;
alter table inbox_events add constraint inbox_events_source_check check (source in ('stripe', 'stripe_connect'));
drop table revenue_movements, revenue_payments, revenue_customers, revenue_sources;
