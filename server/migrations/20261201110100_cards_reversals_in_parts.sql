-- Why: an issuer's refund may name the authorisation, of which several purchases were cleared, or be told before them. It is laid on these as
-- far as each goes, and the rest waits for what is cleared later.

-- Up Migration
set local lock_timeout = '5s';

alter table card_spends
  add column part_of uuid,
  add column reverses_id uuid,
  add foreign key (tenant_id, part_of) references card_spends (tenant_id, id),
  add foreign key (tenant_id, reverses_id) references transactions (tenant_id, id);
create index card_spends_part_index on card_spends (tenant_id, part_of) where part_of is not null;
create index card_spends_reverses_index on card_spends (tenant_id, reverses_id) where reverses_id is not null;
drop index card_spends_preceding_index;
create index card_spends_preceding_index on card_spends (tenant_id, program_id, preceding_token);
comment on column card_spends.part_of is 'Of a part of what the issuer told as one: what was told. Null of what was told itself.';
comment on column card_spends.reverses_id is 'The transaction that it takes back, or gives back. Null of purchases, and of what waits.';

-- Down Migration
set local lock_timeout = '5s';

drop index card_spends_preceding_index;
create index card_spends_preceding_index on card_spends (tenant_id, program_id, preceding_token) where kind = 'card';
alter table card_spends drop column part_of, drop column reverses_id;
