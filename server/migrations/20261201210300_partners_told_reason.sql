-- Why: who was refused was told nothing but that, since the reason stays with the team. What the team wants the applicant to read has a place of its own.

-- Up Migration
set local lock_timeout = '5s';

alter table partners add column told_reason text;
comment on column partners.told_reason is 'What a refused applicant is told of why, in the words of whoever refused it; null where nothing is said, and when it is decided anew.';

-- Down Migration
set local lock_timeout = '5s';

alter table partners drop column told_reason;
