-- Why: of two looks at one account the answer to the earlier question could be written last, and stay. And what lies behind accounts is all of it
-- now, not the default alone: every account is asked about once more.

-- Up Migration
set local lock_timeout = '5s';

alter table payout_methods
  add column looks integer not null default 0,
  add column seen integer not null default 0,
  add constraint payout_methods_seen_check check (seen between 0 and looks);
comment on column payout_methods.looks is 'How often its provider was asked about the account: each question takes the next number before it is asked.';
comment on column payout_methods.seen is 'The number of the question whose answer is written here; an earlier one is news no more. 0: none of which all of the account was taken.';

-- Down Migration
set local lock_timeout = '5s';

alter table payout_methods
  drop constraint payout_methods_seen_check,
  drop column seen,
  drop column looks;
