-- Why: partners hear by mail what happened, as each wishes: at once, once a day, once a week or not at all; in the operator's own words.

-- Up Migration
set local lock_timeout = '5s';

create table notice_preferences (
  tenant_id uuid not null,
  user_id uuid not null,
  kind text not null,
  delivery text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, user_id, kind),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  constraint notice_preferences_delivery_check check (delivery in ('off', 'at_once', 'daily', 'weekly'))
);
select isolate('notice_preferences', 'select, insert, update');
comment on table notice_preferences is 'How somebody wishes to hear of a kind of news; where there is no row the default of the kind holds.';

create table notice_digests (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  rhythm text not null,
  day date not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  constraint notice_digests_rhythm_check check (rhythm in ('daily', 'weekly'))
);
create unique index notice_digests_once_index on notice_digests (tenant_id, user_id, rhythm, day);
create index notice_digests_created_index on notice_digests (tenant_id, created_at);
select isolate('notice_digests', 'select, insert, update, delete');
comment on table notice_digests is 'One mail of several notices. Which notices it holds is settled when it is made: sent again it says the same.';
comment on column notice_digests.day is 'In the programme''s time zone: the day on which it is due, of a weekly one the Monday. There is one for a person and day.';

create table notices (
  tenant_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  user_id uuid not null,
  kind text not null,
  delivery text not null,
  facts jsonb not null,
  occurred_at timestamptz not null,
  digest_id uuid,
  sent_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  foreign key (tenant_id, digest_id) references notice_digests (tenant_id, id),
  constraint notices_delivery_check check (delivery in ('at_once', 'daily', 'weekly'))
);
create unique index notices_event_index on notices (tenant_id, event_id);
create index notices_waiting_index on notices (tenant_id, delivery, occurred_at) where digest_id is null and delivery <> 'at_once';
create index notices_user_index on notices (tenant_id, user_id, kind) where digest_id is null and delivery <> 'at_once';
create index notices_digest_index on notices (tenant_id, digest_id, occurred_at, id) where digest_id is not null;
create index notices_occurred_index on notices (tenant_id, occurred_at);
select isolate('notices', 'select, insert, update, delete');
comment on table notices is 'What somebody is to hear of by mail: one for an event.';
comment on column notices.event_id is 'Of the outbox: an event that is told twice makes one notice.';
comment on column notices.facts is 'What its template is filled with. Nothing in it says who a customer is.';
comment on column notices.sent_at is 'Of one sent at once: when the mail server had taken it. Those of a digest are sent with it.';

-- Down Migration
drop table notices, notice_digests, notice_preferences;
