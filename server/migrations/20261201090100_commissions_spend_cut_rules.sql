-- Why: what the limit cut stays cut when its customer goes to another partner. There the commission has another id, so a cut says of which event and
-- rule it is. One that was made before this says no rule, and follows no customer.

-- Up Migration
set local lock_timeout = '5s';

alter table spend_cuts
  add column rule text,
  drop constraint spend_cuts_given_check,
  add constraint spend_cuts_given_check check (given >= 0);
create index spend_cuts_event_index on spend_cuts (tenant_id, event_id);
comment on column spend_cuts.event_id is 'The payment or card event that it would have been earned on.';
comment on column spend_cuts.given is 'The most that it comes to: at a partner that got its customer later it may be more than was wanted there.';
comment on column spend_cuts.rule is 'What was earned: `signup`, `recurring`, `transaction` or `share`.';

-- Down Migration
set local lock_timeout = '5s';

comment on column spend_cuts.event_id is null;
comment on column spend_cuts.given is null;
drop index spend_cuts_event_index;
alter table spend_cuts
  drop column rule,
  drop constraint spend_cuts_given_check,
  add constraint spend_cuts_given_check check (given >= 0 and given < wanted);
