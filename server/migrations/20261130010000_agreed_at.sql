-- Why: whether retroactive terms are later than what a customer converted under is decided by dates too, and a customer that came from another
-- partner agreed to its terms when it came, not when it converted.

-- Up Migration
set local lock_timeout = '5s';

alter table referral_standings add column agreed_at timestamptz;
update referral_standings s
   set agreed_at = coalesce(
         (select max(e.occurred_at)
            from partner_events e
           where (e.tenant_id, e.partner_id, e.referral_id, e.kind) = (s.tenant_id, s.partner_id, s.referral_id, 'arrival')),
         s.converted_at);
alter table referral_standings alter column agreed_at set not null;
comment on column referral_standings.agreed_at is 'When its terms were agreed: at the conversion, or when the customer came from another partner.';

-- Down Migration
alter table referral_standings drop column agreed_at;
