-- Why: who asks to be forgotten is forgotten, and the books go on naming their row.

-- Up Migration
set local lock_timeout = '5s';

alter table users add column erased_at timestamptz;
comment on column users.erased_at is 'When a pseudonym took the place of who they are; an erased customer takes no e-mail again.';

-- Down Migration
alter table users drop column erased_at;
