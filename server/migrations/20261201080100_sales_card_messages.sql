-- Why: the card issuer tells of transactions and of changed states; its messages go through the inbox like any other's.

-- Up Migration
set local lock_timeout = '5s';

alter table inbox_events drop constraint inbox_events_source_check;
alter table inbox_events add constraint inbox_events_source_check check (source in ('stripe', 'stripe_connect', 'intake', 'card_issuer'));

-- Down Migration
delete from inbox_events where source = 'card_issuer';
alter table inbox_events drop constraint inbox_events_source_check;
alter table inbox_events add constraint inbox_events_source_check check (source in ('stripe', 'stripe_connect', 'intake'));
