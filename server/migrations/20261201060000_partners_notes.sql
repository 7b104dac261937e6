-- Why: what the team knows of a partner and no act of the programme says: a call, a promise, a doubt.

-- Up Migration
set local lock_timeout = '5s';

create table partner_notes (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  author_id uuid,
  body text not null,
  written_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_notes_body_check check (length(body) between 1 and 10000)
);
create index partner_notes_partner_index on partner_notes (tenant_id, partner_id, written_at, id);
select isolate('partner_notes', 'select, insert, delete');
comment on table partner_notes is 'Notes of the team about partners. No partner sees them. Never changed; taken away where they are wrong or must be forgotten.';
comment on column partner_notes.author_id is 'The person or API key that wrote it; null for the program.';

-- Down Migration
drop table partner_notes;
