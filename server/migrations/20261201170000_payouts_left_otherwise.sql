-- Why: what a person has paid, or a provider, looked like what stood in a bank file, and left again in a file that was asked for again.

-- Up Migration
set local lock_timeout = '5s';

alter table partner_payouts add column left_otherwise boolean not null default false;
comment on column partner_payouts.left_otherwise is 'It has left by another way than a bank file: a person has paid it, or a provider. No file hands it out, not even one that is asked for again.';
update partner_payouts p
   set left_otherwise = true
  from payout_settlements s
 where (s.tenant_id, s.payout_id) = (p.tenant_id, p.id) and s.outcome = 'paid' and s.status = 'done' and p.payment_method = 'bank_file';

-- Down Migration
set local lock_timeout = '5s';

alter table partner_payouts drop column left_otherwise;
