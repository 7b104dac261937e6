-- Why: a review of a tier could only pass by itself. An operator keeps the partner in its tier, or moves it, and says why.

-- Up Migration
set local lock_timeout = '5s';

alter table partner_tier_reviews
  add column to_tier text,
  add column reason text,
  add column decided_by uuid,
  drop constraint partner_tier_reviews_status_check,
  add constraint partner_tier_reviews_status_check check (status in ('open', 'met', 'moot', 'kept', 'moved')),
  add constraint partner_tier_reviews_to_tier_check check (to_tier in ('tier1', 'tier2', 'tier3', 'tier4')),
  add constraint partner_tier_reviews_decided_check check ((status in ('kept', 'moved')) = (to_tier is not null)),
  add foreign key (tenant_id, decided_by) references users (tenant_id, id);
comment on table partner_tier_reviews is 'Partners who brought fewer customers than their tier asks for. Open until they meet it again (met), it asks for nothing of them any more (moot), or a person has kept or moved them.';
comment on column partner_tier_reviews.to_tier is 'Where a person has kept or moved the partner: its tier since then.';
comment on column partner_tier_reviews.reason is 'Why it was decided so. For the team.';
comment on column partner_tier_reviews.decided_by is 'Who decided; null where a key did.';

-- Down Migration
set local lock_timeout = '5s';

update partner_tier_reviews set status = 'moot', to_tier = null where status in ('kept', 'moved');
alter table partner_tier_reviews
  drop constraint partner_tier_reviews_status_check,
  drop column to_tier,
  drop column reason,
  drop column decided_by,
  add constraint partner_tier_reviews_status_check check (status in ('open', 'met', 'moot'));
comment on table partner_tier_reviews is 'Partners who brought fewer customers than their tier asks for. Open until they meet it again (met) or it asks for nothing of them any more (moot).';
