-- Why: what the operator has suspended or bounded no partner may undo: who set a restriction is kept beside it.

-- Up Migration
set local lock_timeout = '5s';

alter table cards
  add column is_held boolean not null default false,
  add column bound_per_authorization bigint,
  add column bound_daily bigint,
  add column bound_monthly bigint,
  add constraint cards_bounds_check check (bound_per_authorization > 0 and bound_daily > 0 and bound_monthly > 0);
comment on column cards.per_authorization is 'As of the product, narrower, as the partner has set it; null: the product''s.';
comment on column cards.is_held is 'The operator suspended it: the partner cannot make it active, nor issue another to its user.';
comment on column cards.bound_per_authorization is 'As the operator has set it, beside the partner''s own: the narrowest of all holds.';

-- Down Migration
comment on column cards.per_authorization is 'As of the product, narrower; null: the product''s.';
alter table cards
  drop constraint cards_bounds_check,
  drop column bound_monthly,
  drop column bound_daily,
  drop column bound_per_authorization,
  drop column is_held;
