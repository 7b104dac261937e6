-- Why: what was lost by the time that its customer went to another partner, or was rejected, does not come back. Rows of before that was so still said
-- that it does: a chargeback that is won would have paid a bonus which the replay does not find.

-- Up Migration
set local lock_timeout = '5s';

comment on column referral_standings.lost_signup is 'What the loss of the payment in lost_payment_id took of its signup bonus, in minor units of the programme''s currency: it comes back with that payment. Kept while that is won back and waits to be settled. Null where the bonus had not been decided; nothing where its customer went to another partner, or was rejected, while it was lost.';

-- What was lost after the last of these acts stood until then, and comes back: the receipt of its loss says so.
update referral_standings s
   set lost_signup = 0
 where s.is_rejected
   and s.lost_signup > 0
   and not exists (
         select from commission_receipts r
          where (r.tenant_id, r.partner_id, r.referral_id) = (s.tenant_id, s.partner_id, s.referral_id)
            and r.receipt @> '{"clauses": [{"clause": "qualification", "reason": "nothing_left_of_payment"}]}'
            and r.number > (
                  select max(e.number)
                    from partner_events e
                   where (e.tenant_id, e.partner_id, e.referral_id) = (s.tenant_id, s.partner_id, s.referral_id)
                     and e.kind in ('rejection', 'departure')));

-- Down Migration
set local lock_timeout = '5s';

comment on column referral_standings.lost_signup is 'What the loss of the payment in lost_payment_id took of its signup bonus, in minor units of the programme''s currency: it comes back with that payment. Kept while that is won back and waits to be settled. Null where the bonus had not been decided.';
