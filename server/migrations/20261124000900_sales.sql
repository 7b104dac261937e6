-- Why: what the operator earned from its customers, and what was taken back; and the inbox of messages from outside.

-- Up Migration
set local lock_timeout = '5s';

create table transactions (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  external_id text not null,
  user_id uuid not null,
  kind text not null,
  amount bigint not null,
  currency text not null,
  tax bigint not null default 0,
  revenue bigint not null default 0,
  occurred_at timestamptz not null,
  original_external_id text,
  original_id uuid,
  referral_id uuid,
  partner_id uuid,
  number bigint,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  foreign key (tenant_id, original_id) references transactions (tenant_id, id),
  foreign key (tenant_id, referral_id) references referrals (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint transactions_kind_check check (kind in ('payment', 'card', 'refund', 'chargeback', 'chargeback_won')),
  constraint transactions_amount_check check (amount >= 0 and (amount > 0 or kind in ('payment', 'card'))),
  constraint transactions_tax_check check (tax between 0 and amount),
  constraint transactions_revenue_check check (revenue >= 0),
  constraint transactions_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint transactions_original_check check ((original_external_id is not null) = (kind in ('refund', 'chargeback', 'chargeback_won'))),
  constraint transactions_number_check check ((number is null) = (partner_id is null)),
  constraint transactions_attribution_check check ((referral_id is null) = (partner_id is null)),
  constraint transactions_tied_check check (original_id is null or original_external_id is not null),
  constraint transactions_waiting_check check (original_external_id is null or original_id is not null or partner_id is null)
);
create unique index transactions_external_id_unique on transactions (tenant_id, external_id);
create unique index transactions_partner_number_unique on transactions (tenant_id, partner_id, number);
create index transactions_user_index on transactions (tenant_id, user_id, occurred_at);
create index transactions_occurred_index on transactions (tenant_id, occurred_at, id);
create index transactions_referral_index on transactions (tenant_id, referral_id, number) where referral_id is not null;
create index transactions_original_index on transactions (tenant_id, original_id) where original_id is not null;
create index transactions_waiting_index on transactions (tenant_id, original_external_id)
  where original_external_id is not null and original_id is null;
select isolate('transactions', 'select, insert, update');
comment on table transactions is 'Payments, card spend and what reverses them. A reversal that arrives before its original waits without an original_id.';
comment on column transactions.number is 'Place in the partner''s recorded sequence; null where the customer belongs to no partner.';

create function refuse_transaction_change() returns trigger
  language plpgsql
  as $$
begin
  -- A waiting reversal is tied to its original, and takes its place in the partner's sequence, once; nothing else about a transaction
  -- ever changes.
  if (old.tenant_id, old.id, old.external_id, old.user_id, old.kind, old.amount, old.currency, old.tax, old.revenue, old.occurred_at, old.recorded_at, old.original_external_id)
     is distinct from
     (new.tenant_id, new.id, new.external_id, new.user_id, new.kind, new.amount, new.currency, new.tax, new.revenue, new.occurred_at, new.recorded_at, new.original_external_id)
     or old.original_id is not null
     or new.original_id is null
  then
    raise exception 'a recorded transaction is never edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger transactions_never_edited before update on transactions
  for each row execute function refuse_transaction_change();
create trigger transactions_never_deleted before delete on transactions
  for each row execute function refuse_change();

create table inbox_events (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  source text not null,
  external_id text not null,
  type text not null,
  payload jsonb not null,
  received_at timestamptz not null,
  processed_at timestamptz,
  failure text,
  primary key (tenant_id, id),
  constraint inbox_events_source_check check (source in ('stripe', 'stripe_connect'))
);
create unique index inbox_events_external_id_unique on inbox_events (tenant_id, source, external_id);
create index inbox_events_unprocessed_index on inbox_events (tenant_id, received_at) where processed_at is null;
select isolate('inbox_events', 'select, insert, update');
comment on table inbox_events is 'Signed messages from outside: verified, stored, answered; then worked on by a job. A second delivery meets the unique key.';

comment on column transactions.external_id is 'The operator''s own name; unique across kinds, so that the same event is recorded once.';
comment on column transactions.revenue is 'Of a card event: the operator''s own revenue from it.';
comment on function refuse_transaction_change is 'Trigger: a recorded transaction is never edited; a waiting reversal is tied to its original once.';

-- Down Migration
drop table inbox_events, transactions;
drop function refuse_transaction_change();
