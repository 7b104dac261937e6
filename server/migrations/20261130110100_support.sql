-- Why: partners ask and the operator's team answers, with files; and what is answered stays where both find it.

-- Up Migration
set local lock_timeout = '5s';

create table support_tickets (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  subject text not null,
  status text not null,
  object_type text,
  object_id uuid,
  assigned_to uuid,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  solved_at timestamptz,
  closed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, assigned_to) references users (tenant_id, id),
  constraint support_tickets_status_check check (status in ('open', 'waiting', 'solved', 'closed')),
  constraint support_tickets_object_type_check check (object_type in ('commission', 'payout', 'referral')),
  constraint support_tickets_object_check check ((object_type is null) = (object_id is null)),
  constraint support_tickets_solved_check check (status <> 'solved' or solved_at is not null),
  constraint support_tickets_closed_check check ((status = 'closed') = (closed_at is not null))
);
create index support_tickets_updated_index on support_tickets (tenant_id, updated_at, id);
create index support_tickets_opened_index on support_tickets (tenant_id, opened_at, id);
create index support_tickets_partner_index on support_tickets (tenant_id, partner_id, updated_at, id);
create index support_tickets_status_index on support_tickets (tenant_id, status, updated_at, id);
create index support_tickets_assigned_index on support_tickets (tenant_id, assigned_to, updated_at, id) where assigned_to is not null;
create index support_tickets_object_index on support_tickets (tenant_id, object_id) where object_id is not null;
select isolate('support_tickets', 'select, insert, update');
comment on table support_tickets is 'Questions of partners and of the operator to partners.';
comment on column support_tickets.status is 'open: the team is to answer; waiting: the partner is; solved: answered, a message opens it again; closed: for good.';
comment on column support_tickets.object_id is 'What it is about: something of this partner, checked when the ticket was opened.';
comment on column support_tickets.assigned_to is 'Who of the team has it; null for nobody.';
comment on column support_tickets.updated_at is 'When it last said something new to a partner.';
comment on column support_tickets.solved_at is 'When it was last solved.';

create table support_messages (
  tenant_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  author text not null,
  author_id uuid,
  is_internal boolean not null,
  body text not null,
  sent_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, ticket_id) references support_tickets (tenant_id, id),
  constraint support_messages_author_check check (author in ('partner', 'operator')),
  constraint support_messages_internal_check check (not is_internal or author = 'operator')
);
create index support_messages_ticket_index on support_messages (tenant_id, ticket_id, sent_at, id);
select isolate('support_messages', 'select, insert');
comment on table support_messages is 'What was said in tickets. Never changed.';
comment on column support_messages.author is 'Which side wrote it.';
comment on column support_messages.author_id is 'The person or the API key that wrote it; null for the program.';
comment on column support_messages.is_internal is 'A note of the team: no partner ever sees it.';

create table support_message_files (
  tenant_id uuid not null,
  message_id uuid not null,
  file_id uuid not null,
  primary key (tenant_id, file_id),
  foreign key (tenant_id, message_id) references support_messages (tenant_id, id),
  foreign key (tenant_id, file_id) references files (tenant_id, id)
);
create index support_message_files_message_index on support_message_files (tenant_id, message_id);
select isolate('support_message_files', 'select, insert');
comment on table support_message_files is 'Files that came with messages; who sees the message may read its files.';

-- Down Migration
drop table support_message_files, support_messages, support_tickets;
