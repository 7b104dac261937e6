-- Why: payouts draw approved rows in pages, reversals first. The index knew of no reversals, so each page read and sorted all that an account has.

-- Up Migration
set local lock_timeout = '5s';

drop index commissions_payable_index;
create index commissions_payable_index on commissions (
  tenant_id, partner_id, currency, (amount >= 0), (case when approved_at is null then 'infinity'::timestamptz else approved_at end), id
) where status = 'approved';

-- Down Migration
set local lock_timeout = '5s';

drop index commissions_payable_index;
create index commissions_payable_index on commissions (tenant_id, partner_id, currency, approved_at, id) where status = 'approved';
