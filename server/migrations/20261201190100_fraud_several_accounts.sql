-- Why: behind a provider's account there may be several, one for each currency. A partner has all of them, and a clearing was given on all of them.

-- Up Migration
set local lock_timeout = '5s';

drop index fraud_accounts_current_unique;
create index fraud_accounts_current_index on fraud_accounts (tenant_id, partner_id) where is_current;

alter table fraud_cases add column accounts bytea[];
update fraud_cases set accounts = array[account] where account is not null;
alter table fraud_cases drop column account;
comment on column fraud_cases.accounts is 'Of a payout, all that its partner was to be paid to when it was judged, as in fraud_accounts: a clearing holds for these alone.';

-- Down Migration
set local lock_timeout = '5s';

alter table fraud_cases add column account bytea;
comment on column fraud_cases.account is 'Of a payout, what it was to be paid to when it was judged, as in fraud_accounts: a clearing holds for this account alone.';
-- A clearing on several is none on one of them: it is asked about again.
update fraud_cases set account = accounts[1] where cardinality(accounts) = 1;
alter table fraud_cases drop column accounts;

update fraud_accounts a
   set is_current = false
 where a.is_current
   and exists (
         select from fraud_accounts o
          where (o.tenant_id, o.partner_id) = (a.tenant_id, a.partner_id)
            and o.is_current
            and (o.since, o.value) < (a.since, a.value));
drop index fraud_accounts_current_index;
create unique index fraud_accounts_current_unique on fraud_accounts (tenant_id, partner_id) where is_current;
