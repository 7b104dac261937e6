-- Why: every cent is a posting. A posting moves an amount from one account of a partner to another in one currency, so that it cannot be
-- unbalanced; balances are kept by the statement that posts, and an account that may not go below zero is refused by the database.

-- Up Migration
set local lock_timeout = '5s';

create table ledger_account_kinds (
  kind text primary key,
  normal_side text not null,
  may_be_negative boolean not null,
  constraint ledger_account_kinds_side_check check (normal_side in ('debit', 'credit'))
);
insert into ledger_account_kinds (kind, normal_side, may_be_negative) values
  ('commission_expense', 'debit', true),
  ('pending', 'credit', false),
  ('available', 'credit', false),
  ('disputed', 'credit', false),
  ('payout_in_transit', 'credit', false),
  ('clawback_receivable', 'debit', false),
  ('cash', 'debit', true),
  ('tax_withheld', 'credit', false),
  ('payout_fee', 'credit', true),
  ('payout_cost', 'debit', true),
  ('bad_debt', 'debit', true),
  ('fee_receivable', 'debit', false),
  ('fee_revenue', 'credit', true);
-- The chart of accounts is the same for every tenant and holds no data of any.
alter table ledger_account_kinds enable row level security;
create policy every_tenant on ledger_account_kinds for select to tributary_server using (true);
grant select on ledger_account_kinds to tributary_server;

create table ledger_accounts (
  tenant_id uuid not null references tenants (id),
  partner_id uuid not null,
  currency text not null,
  kind text not null references ledger_account_kinds (kind),
  balance bigint not null default 0,
  primary key (tenant_id, partner_id, currency, kind),
  constraint ledger_accounts_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint ledger_accounts_not_negative_check check (
    balance >= 0 or kind in ('commission_expense', 'cash', 'payout_fee', 'payout_cost', 'bad_debt', 'fee_revenue')
  )
);
-- Balances belong to the posting trigger: the server may open an account and read it, nothing else.
select isolate('ledger_accounts', 'select, insert');
create policy opened_empty on ledger_accounts as restrictive for insert to tributary_server with check (balance = 0);

create table ledger_transactions (
  tenant_id uuid not null references tenants (id),
  kind text not null,
  source_id uuid not null,
  partner_id uuid not null,
  occurred_at timestamptz not null,
  posted_at timestamptz not null,
  primary key (tenant_id, kind, source_id)
);
create index ledger_transactions_partner_index on ledger_transactions (tenant_id, partner_id, posted_at);
select isolate('ledger_transactions', 'select, insert');
comment on table ledger_transactions is 'One business event in the books. Its key is what caused it, so that nothing is booked twice.';

create table ledger_postings (
  tenant_id uuid not null,
  kind text not null,
  source_id uuid not null,
  line smallint not null,
  partner_id uuid not null,
  currency text not null,
  debit text not null,
  credit text not null,
  amount bigint not null,
  primary key (tenant_id, kind, source_id, line),
  foreign key (tenant_id, kind, source_id) references ledger_transactions (tenant_id, kind, source_id),
  foreign key (tenant_id, partner_id, currency, debit) references ledger_accounts (tenant_id, partner_id, currency, kind),
  foreign key (tenant_id, partner_id, currency, credit) references ledger_accounts (tenant_id, partner_id, currency, kind),
  constraint ledger_postings_amount_positive_check check (amount > 0),
  constraint ledger_postings_two_accounts_check check (debit <> credit)
);
create index ledger_postings_partner_index on ledger_postings (tenant_id, partner_id, currency);
select isolate('ledger_postings', 'select, insert');

create function ledger_apply_postings() returns trigger
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
begin
  update ledger_accounts a
     set balance = a.balance + case k.normal_side when 'debit' then d.net else -d.net end
    from (
      select tenant_id, partner_id, currency, kind, sum(net)::bigint as net
        from (
          select tenant_id, partner_id, currency, debit as kind, amount as net from posted
          union all
          select tenant_id, partner_id, currency, credit, -amount from posted
        ) sides
       group by tenant_id, partner_id, currency, kind
    ) d
    join ledger_account_kinds k on k.kind = d.kind
   where (a.tenant_id, a.partner_id, a.currency, a.kind) = (d.tenant_id, d.partner_id, d.currency, d.kind)
     and d.net <> 0;
  return null;
end $$;
comment on function ledger_apply_postings is 'The only writer of balances; runs as the owner, since the server may not update accounts.';
-- Whoever may execute it could hang it on a table of their own making, and write any balance.
revoke all on function ledger_apply_postings() from public;

create trigger ledger_postings_apply after insert on ledger_postings
  referencing new table as posted
  for each statement execute function ledger_apply_postings();

create trigger ledger_postings_append_only before update or delete on ledger_postings
  for each row execute function refuse_change();
create trigger ledger_postings_no_truncate before truncate on ledger_postings
  for each statement execute function refuse_change();
create trigger ledger_transactions_append_only before update or delete on ledger_transactions
  for each row execute function refuse_change();
create trigger ledger_transactions_no_truncate before truncate on ledger_transactions
  for each statement execute function refuse_change();

create function ledger_lock_accounts(partner_ids uuid[], currencies text[]) returns bigint
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
declare locked bigint;
begin
  -- One order for everybody, so that two transactions over the same partners cannot wait for each other in a circle.
  perform 1
     from ledger_accounts a
     join (select distinct p.partner_id, p.currency from unnest(partner_ids, currencies) as p (partner_id, currency)) wanted
       on wanted.partner_id = a.partner_id and wanted.currency = a.currency
    where a.tenant_id = current_tenant_id()
    order by a.partner_id, a.currency, a.kind
      for update of a;
  get diagnostics locked = row_count;
  return locked;
end $$;
comment on function ledger_lock_accounts is 'Locks the accounts of partners in currencies, pairwise, in key order, and says how many there are. Runs as the owner, since a row lock needs a right to update; it sees the caller''s tenant alone.';
revoke all on function ledger_lock_accounts(uuid[], text[]) from public;
grant execute on function ledger_lock_accounts(uuid[], text[]) to tributary_server;

comment on table ledger_account_kinds is 'The chart of accounts, the same for every tenant.';
comment on table ledger_accounts is 'One account for each partner, currency and kind, with its balance on its normal side. Only the posting trigger changes a balance.';
comment on table ledger_postings is 'An amount moves from one account to another of the same partner and currency: a posting cannot be unbalanced.';
comment on column ledger_transactions.kind is 'What happened, as commission.assessed or payout.requested; with source_id it is the key.';
comment on column ledger_transactions.source_id is 'What caused it: a commission, a payout, an act.';

-- Down Migration
drop table ledger_postings, ledger_transactions, ledger_accounts, ledger_account_kinds;
drop function ledger_lock_accounts(uuid[], text[]), ledger_apply_postings();
