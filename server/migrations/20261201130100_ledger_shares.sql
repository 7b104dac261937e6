-- Why: a parent's share of what its sub-operators sell is in its books: owed by the partner that became one. Refunds may come after it was paid, so
-- the account may stand either way.

-- Up Migration
set local lock_timeout = '5s';

insert into ledger_account_kinds (kind, normal_side, may_be_negative) values
  ('share_receivable', 'debit', true),
  ('share_revenue', 'credit', true);
alter table ledger_accounts
  drop constraint ledger_accounts_not_negative_check,
  add constraint ledger_accounts_not_negative_check check (
    balance >= 0 or kind in ('commission_expense', 'cash', 'payout_fee', 'payout_cost', 'bad_debt', 'fee_revenue', 'share_receivable', 'share_revenue')
  );

-- Down Migration
set local lock_timeout = '5s';

delete from ledger_accounts where kind in ('share_receivable', 'share_revenue') and balance = 0;
delete from ledger_account_kinds where kind in ('share_receivable', 'share_revenue');
alter table ledger_accounts
  drop constraint ledger_accounts_not_negative_check,
  add constraint ledger_accounts_not_negative_check check (
    balance >= 0 or kind in ('commission_expense', 'cash', 'payout_fee', 'payout_cost', 'bad_debt', 'fee_revenue')
  );
