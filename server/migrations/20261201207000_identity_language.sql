-- Why: people are written to in their own language.

-- Up Migration
set local lock_timeout = '5s';

alter table users add column language text;
alter table users add constraint users_language_check check (language ~ '^[a-z]{2,3}$') not valid;
comment on column users.language is 'In which they are written to (ISO 639); null while nobody knows.';

-- Down Migration
alter table users drop column language;
