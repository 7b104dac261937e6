-- Why: what an earlier programme has paid is brought in too, so that balances are what is still owed.

-- Up Migration
set local lock_timeout = '5s';

alter table payout_methods
  drop constraint payout_methods_kind_check,
  add constraint payout_methods_kind_check check (kind in ('stripe_connect', 'bank_file', 'test', 'elsewhere'));
comment on column payout_methods.kind is 'elsewhere: by an earlier programme. Never what a partner is paid by now: it stands behind payouts that were imported.';

-- Down Migration
-- Payouts are never deleted, so what was imported keeps its method: a check that came back would refuse it.
alter table payout_methods
  drop constraint payout_methods_kind_check,
  add constraint payout_methods_kind_check check (kind in ('stripe_connect', 'bank_file', 'test')) not valid;
comment on column payout_methods.kind is null;
