-- Why: money leaves once. A payout exists only against balance that it has reserved; its request to the provider is kept, bytes and key, before it is sent.

-- Up Migration
set local lock_timeout = '5s';

create table payout_methods (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  kind text not null,
  provider_account_id text,
  details_encrypted bytea,
  summary text not null,
  status text not null default 'incomplete',
  status_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint payout_methods_kind_check check (kind in ('stripe_connect', 'bank_file')),
  constraint payout_methods_status_check check (status in ('incomplete', 'payable', 'restricted', 'replaced'))
);
create unique index payout_methods_one_current_index on payout_methods (tenant_id, partner_id) where status <> 'replaced';
create unique index payout_methods_provider_account_index on payout_methods (tenant_id, provider_account_id) where provider_account_id is not null and status <> 'replaced';
select isolate('payout_methods', 'select, insert, update');

create table partner_payouts (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  method_id uuid not null,
  amount bigint not null,
  currency text not null,
  fee bigint not null default 0,
  tax_withheld bigint not null default 0,
  payment_method text not null,
  status text not null default 'pending',
  bank_status text,
  bank_payout_id text,
  failure_code text,
  requested_by text not null,
  requested_at timestamptz not null,
  processed_at timestamptz,
  exported_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, method_id) references payout_methods (tenant_id, id),
  constraint partner_payouts_amount_positive_check check (amount > 0),
  constraint partner_payouts_net_positive_check check (fee >= 0 and tax_withheld >= 0 and fee + tax_withheld <= amount),
  constraint partner_payouts_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint partner_payouts_status_check check (status in ('pending', 'processing', 'completed', 'failed', 'cancelled'))
);
create index partner_payouts_partner_index on partner_payouts (tenant_id, partner_id, created_at, id);
create index partner_payouts_requested_index on partner_payouts (tenant_id, requested_at, id);
create index partner_payouts_currency_index on partner_payouts (tenant_id, currency, requested_at, id);
create index partner_payouts_amount_index on partner_payouts (tenant_id, amount, id);
create index partner_payouts_status_index on partner_payouts (tenant_id, status, created_at, id);
create index partner_payouts_method_index on partner_payouts (tenant_id, method_id, processed_at) where status = 'completed';
create index partner_payouts_bank_file_index on partner_payouts (tenant_id, processed_at, id) where payment_method = 'bank_file' and status = 'completed';
comment on column partner_payouts.failure_code is 'Why it failed, or why it went back to waiting.';
comment on column partner_payouts.bank_payout_id is 'The payment of the provider to the bank that bank_status speaks of.';
comment on column partner_payouts.exported_at is 'When it first stood in a bank file that the operator took.';
select isolate('partner_payouts', 'select, insert, update');

create table payout_items (
  tenant_id uuid not null,
  payout_id uuid not null,
  line integer not null,
  kind text not null,
  commission_id uuid,
  amount bigint not null,
  state text not null default 'reserved',
  primary key (tenant_id, payout_id, line),
  foreign key (tenant_id, payout_id) references partner_payouts (tenant_id, id),
  foreign key (tenant_id, commission_id) references commissions (tenant_id, id),
  constraint payout_items_kind_check check (kind in ('commission', 'debt_recovered', 'fee_set_off')),
  constraint payout_items_commission_check check ((kind = 'commission') = (commission_id is not null)),
  constraint payout_items_amount_not_zero_check check (amount <> 0),
  constraint payout_items_state_check check (state in ('reserved', 'confirmed', 'released'))
);
create index payout_items_commission_index on payout_items (tenant_id, commission_id) where commission_id is not null;
select isolate('payout_items', 'select, insert, update');
comment on table payout_items is 'What a payout is made of: commissions, whole or in part, and lines for recovered debt and set-off. Items sum to the gross payout.';

create table transfer_attempts (
  tenant_id uuid not null,
  payout_id uuid not null,
  attempt integer not null,
  provider text not null,
  idempotency_key text not null,
  request text not null,
  status text not null default 'created',
  provider_transfer_id text,
  error_code text,
  first_sent_at timestamptz,
  last_sent_at timestamptz,
  sends integer not null default 0,
  answered_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, payout_id, attempt),
  foreign key (tenant_id, payout_id) references partner_payouts (tenant_id, id),
  constraint transfer_attempts_status_check check (status in ('created', 'sending', 'unknown', 'succeeded', 'failed', 'returned'))
);
create unique index transfer_attempts_key_unique on transfer_attempts (tenant_id, idempotency_key);
create unique index transfer_attempts_transfer_unique on transfer_attempts (tenant_id, provider, provider_transfer_id) where provider_transfer_id is not null;
-- A next attempt may begin only when the one before has definitively failed or was returned.
create unique index transfer_attempts_one_open_index on transfer_attempts (tenant_id, payout_id) where status not in ('failed', 'returned');
create index transfer_attempts_quiet_index on transfer_attempts (tenant_id, created_at) where status in ('created', 'sending', 'unknown');
create index transfer_attempts_sent_index on transfer_attempts (tenant_id, provider, first_sent_at) where provider_transfer_id is not null;
select isolate('transfer_attempts', 'select, insert, update');

create table payout_schedules (
  tenant_id uuid not null,
  partner_id uuid not null,
  currency text not null,
  every text not null,
  minimum bigint,
  is_enabled boolean not null default true,
  next_run_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, partner_id, currency),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint payout_schedules_every_check check (every in ('week', 'fortnight', 'month'))
);
select isolate('payout_schedules', 'select, insert, update');

comment on table payout_methods is 'How a partner is paid. A change replaces the row, so that an earlier payout shows how it was sent.';
comment on column payout_methods.details_encrypted is 'Bank details, sealed with AES-256-GCM and bound to their row.';
comment on table partner_payouts is 'Money on its way to a partner, reserved in the ledger when it was requested.';
comment on column partner_payouts.amount is 'Gross; net is amount less fee and tax withheld.';
comment on table transfer_attempts is 'Each request to a provider, kept before it is sent. An answer that was lost is asked for again with the same key and bytes.';
comment on column transfer_attempts.request is 'The exact request, so that a repetition is the same to the byte.';
comment on table payout_schedules is 'When a partner is paid without asking.';

-- Down Migration
drop table payout_schedules, transfer_attempts, payout_items, partner_payouts, payout_methods;
