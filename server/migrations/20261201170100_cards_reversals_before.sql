-- Why: what is left of a purchase is counted by what names it as reversed. What took purchases back before that was noted did not, so that a refund
-- told later could fall on a purchase of which nothing was left.

-- Up Migration
set local lock_timeout = '5s';

alter table card_spends disable trigger card_spends_append_only;
update card_spends s
   set reverses_id = t.original_id
  from transactions t
 where (t.tenant_id, t.id) = (s.tenant_id, s.transaction_id) and t.original_id is not null and s.reverses_id is null;
alter table card_spends enable trigger card_spends_append_only;

-- Down Migration
-- What was noted is true of what was told before, too.
