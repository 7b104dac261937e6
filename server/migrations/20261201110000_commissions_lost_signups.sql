-- Why: a signup bonus that fell with its payment came back, with a chargeback that was won, as the terms have it: without what a person had
-- decided about it, and cut and counted again by the programme's limit. What was taken is what comes back, so it is kept with the loss.

-- Up Migration
set local lock_timeout = '5s';

alter table referral_standings add column lost_signup bigint;
alter table referral_standings add constraint referral_standings_lost_signup_check check (lost_signup >= 0);
comment on column referral_standings.lost_signup is 'What the loss of the payment in lost_payment_id took of its signup bonus, in minor units of the programme''s currency: it comes back with that payment. Kept while that is won back and waits to be settled. Null where the bonus had not been decided.';
comment on column referral_standings.is_signup_taken is 'A signup bonus of the customer stays though it is of no qualification here: with a partner that had it before, or because it was paid. None is earned again.';

-- Down Migration
set local lock_timeout = '5s';

alter table referral_standings drop column lost_signup;
comment on column referral_standings.is_signup_taken is 'A signup bonus of the customer stays with the partner that it was re-attributed from: none is earned again.';
