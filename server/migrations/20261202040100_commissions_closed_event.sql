-- Why: of a commission that an event cancelled nobody could say which: that the payment went back, or that the customer or the partnership ended.

-- Up Migration
set local lock_timeout = '5s';

alter table commissions add column closed_event text;
alter table commissions add constraint commissions_closed_event_check check (closed_event is null or closed_by = 'event') not valid;
alter table commissions validate constraint commissions_closed_event_check;
comment on column commissions.closed_event is 'What kind of event closed it; null where a person did, and of what an earlier release has closed.';

-- Down Migration
set local lock_timeout = '5s';

alter table commissions drop column closed_event;
