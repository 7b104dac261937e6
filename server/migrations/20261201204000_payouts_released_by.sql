-- Why: a batch says who made and who approved it; who released it stood in the trail alone.

-- Up Migration
set local lock_timeout = '5s';

alter table payout_batches
  add column released_by uuid,
  add foreign key (tenant_id, released_by) references users (tenant_id, id);
comment on column payout_batches.released_by is 'The person, also where a key of theirs released it; null where the program did, and of what was released before this column was there.';

-- Down Migration
set local lock_timeout = '5s';

alter table payout_batches drop column released_by;
