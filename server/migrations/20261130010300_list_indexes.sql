-- Why: operators sort commissions of all partners by amount, and look at one currency of commissions or transactions; each read the whole table.

-- Up Migration
set local lock_timeout = '5s';

create index commissions_amount_index on commissions (tenant_id, amount, id);
create index commissions_currency_index on commissions (tenant_id, currency, occurred_at, id);
create index transactions_currency_index on transactions (tenant_id, currency, occurred_at, id);

-- Down Migration
drop index transactions_currency_index;
drop index commissions_currency_index;
drop index commissions_amount_index;
