-- Why: a termination takes what was earned while the partner was suspended. What a person decides during a suspension about a sale from before
-- it has the number of the decision, and fell with the rest; it is earned on the sale, so its sale's number decides.

-- Up Migration
set local lock_timeout = '5s';

alter table commissions add column sale_number bigint;
comment on column commissions.sale_number is 'Of what a person granted or added to: the number of its sale in the partner''s recorded sequence, where that of the row''s own event is the decision''s. Null of all others.';

-- Down Migration
set local lock_timeout = '5s';

alter table commissions drop column sale_number;
