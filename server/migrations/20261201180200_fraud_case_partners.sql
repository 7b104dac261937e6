-- Why: a customer that goes to another partner is held there as well: whoever waits by a case may say what speaks for it, and not only who had the customer when the case was opened.

-- Up Migration
set local lock_timeout = '5s';

create table fraud_case_partners (
  tenant_id uuid not null,
  case_id uuid not null,
  partner_id uuid not null,
  referral_id uuid not null,
  since timestamptz not null,
  appealed_at timestamptz,
  appeal text,
  primary key (tenant_id, case_id, partner_id),
  foreign key (tenant_id, case_id) references fraud_cases (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint fraud_case_partners_appeal_check check ((appeal is null) = (appealed_at is null))
);
create index fraud_case_partners_partner_index on fraud_case_partners (tenant_id, partner_id);
select isolate('fraud_case_partners', 'select, insert, update');
comment on table fraud_case_partners is 'Other partners than that of a case who earn, or have earned, on its customer: what they earn waits by it too.';
comment on column fraud_case_partners.referral_id is 'Of the customer at this partner.';
comment on column fraud_case_partners.since is 'When the case was opened, or the customer came.';
comment on column fraud_case_partners.appeal is 'What this partner said: before the decision, or against it.';

insert into fraud_case_partners (tenant_id, case_id, partner_id, referral_id, since)
select distinct on (c.tenant_id, c.id, r.partner_id) c.tenant_id, c.id, r.partner_id, r.id, c.opened_at
  from fraud_cases c
  join referrals s on (s.tenant_id, s.id) = (c.tenant_id, c.subject_id)
  join referrals r on (r.tenant_id, r.referred_user_id) = (s.tenant_id, s.referred_user_id)
 where c.subject_kind = 'referral'
   and c.settled_at is null
   and r.partner_id <> c.partner_id
   and r.conversion_date is not null
 order by c.tenant_id, c.id, r.partner_id, r.reattributed_at desc nulls first;

-- Down Migration
drop table fraud_case_partners;
