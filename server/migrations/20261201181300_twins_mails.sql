-- Why: what a twin would mail is kept, to be read, and sent to nobody.

-- Up Migration
set local lock_timeout = '5s';

create table test_mails (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  recipient text not null,
  subject text not null,
  body text not null,
  html text not null,
  attachments text[] not null default '{}',
  sent_at timestamptz not null,
  primary key (tenant_id, id)
);
create index test_mails_sent_index on test_mails (tenant_id, sent_at, id);
select isolate('test_mails', 'select, insert, delete');

comment on table test_mails is 'Mails of twins, instead of sending them. Forgotten after 30 days of the twin''s clock.';
comment on column test_mails.recipient is 'To whom it would have gone.';
comment on column test_mails.attachments is 'Names of the files that it would have carried.';
comment on column test_mails.sent_at is 'When it would have gone, by the twin''s clock.';

-- Down Migration
drop table test_mails;
