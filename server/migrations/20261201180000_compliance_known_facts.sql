-- Why: names are compared together with what a partner has signed of itself and with whose account it is paid to; what was compared is told apart by these, too.

-- Up Migration
set local lock_timeout = '5s';
comment on column partner_screenings.subject_hash is 'Of the names, the country, the tax form, the account and the way of comparing: another of these is screened anew.';
comment on column screening_hits.subject_key is 'Hash of the name, its kind, the country, and a keyed hash of the date of birth, countries and numbers on the tax form: a clearing holds for all of it.';
comment on column screening_hits.evidence is 'The entry as it was, the name that is like it, the score, and what agrees or differs; never the partner''s own date of birth or numbers.';

-- Down Migration
comment on column partner_screenings.subject_hash is 'Of the names, the country and the way of comparing: another of these is screened anew.';
comment on column screening_hits.subject_key is 'Hash of the name, its kind and the country.';
comment on column screening_hits.evidence is 'The entry as it was, the name that is like it, and the score.';
