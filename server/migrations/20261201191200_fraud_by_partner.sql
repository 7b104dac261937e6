-- Why: what is kept of a partner is found by the partner when it is erased, and every account of the tenant was read for it; and who waits by a case waits
-- by the referral by which it has the customer now.

-- Up Migration
set local lock_timeout = '5s';

create index fraud_accounts_partner_index on fraud_accounts (tenant_id, partner_id);

comment on table fraud_case_partners is 'Other partners than that of a case who earn, or have earned, on its customer: what they earn waits by it too. Also the partner of the case, where the customer has come back to it.';
comment on column fraud_case_partners.referral_id is 'Of the customer at this partner: the last.';

-- The referrals of now, of who had the customer before.
insert into fraud_case_partners as p (tenant_id, case_id, partner_id, referral_id, since)
select distinct on (c.tenant_id, c.id, r.partner_id) c.tenant_id, c.id, r.partner_id, r.id, r.conversion_date
  from fraud_cases c
  join referrals s on (s.tenant_id, s.id) = (c.tenant_id, c.subject_id)
  join referrals r on (r.tenant_id, r.referred_user_id) = (s.tenant_id, s.referred_user_id)
 where c.subject_kind = 'referral'
   and c.settled_at is null
   and r.id <> c.subject_id
   and r.conversion_date is not null
   and r.reattributed_at is null
 order by c.tenant_id, c.id, r.partner_id
    on conflict (tenant_id, case_id, partner_id) do update set referral_id = excluded.referral_id;

-- Down Migration
set local lock_timeout = '5s';

delete from fraud_case_partners p using fraud_cases c where (c.tenant_id, c.id, c.partner_id) = (p.tenant_id, p.case_id, p.partner_id);
comment on column fraud_case_partners.referral_id is 'Of the customer at this partner.';
comment on table fraud_case_partners is 'Other partners than that of a case who earn, or have earned, on its customer: what they earn waits by it too.';
drop index fraud_accounts_partner_index;
