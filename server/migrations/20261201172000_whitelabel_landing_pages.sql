-- Why: a partner whose terms have it shows its own logo and one colour beside the operator's, on a page in front of where its links lead.

-- Up Migration
set local lock_timeout = '5s';

create table co_brandings (
  tenant_id uuid not null references tenants (id),
  partner_id uuid not null,
  colour text not null,
  logo_id uuid not null,
  updated_at timestamptz not null,
  primary key (tenant_id, partner_id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, logo_id) references files (tenant_id, id),
  constraint co_brandings_colour_check check (colour ~ '^#[0-9a-f]{6}$')
);
create index co_brandings_logo_index on co_brandings (tenant_id, logo_id);
select isolate('co_brandings', 'select, insert, update, delete');
comment on table co_brandings is 'What partners show of themselves beside the operator''s mark, one row of each.';
comment on column co_brandings.colour is 'Of buttons, as #rrggbb; white can be read on it.';
comment on column co_brandings.logo_id is 'Served to everybody, as the marks of the brand are.';
comment on column co_brandings.updated_at is 'When it was last saved.';

create table landing_pages (
  tenant_id uuid not null,
  link_id uuid not null,
  partner_id uuid not null,
  title text not null,
  text text not null,
  button text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, link_id),
  foreign key (tenant_id, link_id) references referral_links (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id)
);
create index landing_pages_partner_index on landing_pages (tenant_id, partner_id);
select isolate('landing_pages', 'select, insert, update, delete');
comment on table landing_pages is 'Pages in front of where links lead; a link without a row has none.';
comment on column landing_pages.partner_id is 'Whose the link is.';
comment on column landing_pages.title is 'Plain text, as are the others: escaped where it is shown.';
comment on column landing_pages.button is 'The words on the button that leads on.';
comment on column landing_pages.updated_at is 'When it was last saved.';

-- Down Migration
set local lock_timeout = '5s';

drop table landing_pages;
drop table co_brandings;
