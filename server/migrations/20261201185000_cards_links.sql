-- Why: an issuer's refund may name an authorisation that itself follows another: one that raised the first, or one of the refund itself. What follows what
-- is kept, so that the refund finds its purchase, whichever of them is told first.

-- Up Migration
set local lock_timeout = '5s';

create table card_links (
  tenant_id uuid not null,
  program_id uuid not null,
  token text not null,
  preceding_token text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, program_id, token),
  foreign key (tenant_id, program_id) references card_programs (tenant_id, id)
);
create index card_links_preceding_index on card_links (tenant_id, program_id, preceding_token);
comment on table card_links is 'Which of the issuer''s authorisations follows what: one that raises another, or that of a refund. Append-only.';
comment on column card_links.token is 'The issuer''s name for what follows.';
comment on column card_links.preceding_token is 'Its name for what came before: an authorisation, or what was cleared.';
select isolate('card_links', 'select, insert');
create trigger card_links_append_only before update or delete on card_links
  for each row execute function refuse_change();

-- Down Migration
drop table card_links;
