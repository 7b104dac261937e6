-- Why: of two partners with one account the one who came later is held, not the one whose it was; and a clearing holds for the account that it
-- was given on.

-- Up Migration
set local lock_timeout = '5s';

create table fraud_accounts (
  tenant_id uuid not null,
  value bytea not null,
  partner_id uuid not null,
  since timestamptz not null,
  is_current boolean not null,
  paid integer not null default 0,
  primary key (tenant_id, value, partner_id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint fraud_accounts_paid_check check (paid >= 0)
);
create unique index fraud_accounts_current_unique on fraud_accounts (tenant_id, partner_id) where is_current;
select isolate('fraud_accounts', 'select, insert, update, delete');
comment on table fraud_accounts is 'Which partners are, or were, paid to an account, as a keyed hash: who of them it is established for.';
comment on column fraud_accounts.value is 'Of a bank account as it was entered, or of the payout method where only the provider knows the account.';
comment on column fraud_accounts.since is 'Since when the partner has it without a break.';
comment on column fraud_accounts.is_current is 'Whether the partner is paid to it now.';
comment on column fraud_accounts.paid is 'Payouts to it that have been made and stand: with one the account is proven, before it is only entered.';

insert into fraud_accounts (tenant_id, value, partner_id, since, is_current, paid)
select s.tenant_id, s.value, s.partner_id, max(s.at), false,
       (select count(*)
          from payout_methods m
          join partner_payouts p on (p.tenant_id, p.method_id) = (m.tenant_id, m.id) and p.status = 'completed'
         where m.tenant_id = s.tenant_id and m.partner_id = s.partner_id and m.created_at = any (array_agg(s.at)))
  from fraud_signals s
 where s.kind = 'payment' and s.subject_id = s.partner_id
 group by s.tenant_id, s.value, s.partner_id;
-- Whoever is paid by a provider now has left its bank account.
update fraud_accounts a
   set is_current = true
 where a.since = (select max(o.since) from fraud_accounts o where (o.tenant_id, o.partner_id) = (a.tenant_id, a.partner_id))
   and not exists (
         select from fraud_accounts o
          where (o.tenant_id, o.partner_id, o.since) = (a.tenant_id, a.partner_id, a.since) and o.value < a.value)
   and exists (
         select from payout_methods m
          where (m.tenant_id, m.partner_id) = (a.tenant_id, a.partner_id) and m.status <> 'replaced' and m.kind = 'bank_file');

alter table fraud_cases add column account bytea;
comment on column fraud_cases.account is 'Of a payout, what it was to be paid to when it was judged, as in fraud_accounts: a clearing holds for this account alone.';

-- Down Migration
alter table fraud_cases drop column account;
drop table fraud_accounts;
