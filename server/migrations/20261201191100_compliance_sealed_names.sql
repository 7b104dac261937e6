-- Why: names of tax forms and accounts, which are sealed where a partner gives them, lay open beside what was compared with them, and nothing erased them.

-- Up Migration
set local lock_timeout = '5s';

-- Hashes of before were not keyed: everybody is compared anew, and these tell nobody a name.
update partner_screenings
   set subject_hash = 'earlier ' || gen_random_uuid(),
       names = (select coalesce(jsonb_agg(jsonb_build_object('kind', n ->> 'kind')), '[]') from jsonb_array_elements(names) n);
comment on column partner_screenings.subject_hash is 'Keyed hash of the names, the country, the tax form, the account and the way of comparing: another of these is screened anew.';
comment on column partner_screenings.names is 'Of each name that was compared whose it is (person, organisation), where the partner had given it, and a keyed hash. The name itself stays there.';

-- Null in rows of before: the first job that screens seals them (the key is not here).
alter table screening_hits add column name_sealed bytea;
create index screening_hits_unsealed_index on screening_hits (tenant_id) where name_sealed is null;
grant delete, update (subject, subject_key, name_sealed) on screening_hits to tributary_server;
comment on column screening_hits.subject is 'Whose name it is (person, organisation), where the partner had given it, and the country.';
comment on column screening_hits.name_sealed is 'The name, encrypted: people see it on the page of the case.';
comment on column screening_hits.subject_key is 'Keyed hash of the name, its kind, the country, and of what is known of date of birth, countries and numbers by the tax form: a clearing holds for all of it.';
comment on column screening_hits.evidence is 'The entry as it was, the name that is like it, the score, and whether date of birth, numbers, countries and kind of the partner agree with it. The partner''s own date and numbers are not written; one that agrees is that of the entry.';

-- Down Migration
set local lock_timeout = '5s';

comment on column screening_hits.evidence is 'The entry as it was, the name that is like it, the score, and what agrees or differs; never the partner''s own date of birth or numbers.';
comment on column screening_hits.subject_key is 'Hash of the name, its kind, the country, and a keyed hash of the date of birth, countries and numbers on the tax form: a clearing holds for all of it.';
comment on column screening_hits.subject is null;
-- What was sealed is not to be read here, and the earlier release expects a name. Nor are keyed hashes those of the earlier release: of what was
-- cleared it asks again. They are marked, so that they hold again, and are not keyed twice, once this is done again; the names stay lost.
update screening_hits
   set subject = subject || '{"name": ""}', subject_key = 'keyed ' || subject_key
 where name_sealed is not null;
revoke delete, update (subject, subject_key, name_sealed) on screening_hits from tributary_server;
alter table screening_hits drop column name_sealed;
comment on column partner_screenings.names is 'What was compared.';
comment on column partner_screenings.subject_hash is 'Of the names, the country, the tax form, the account and the way of comparing: another of these is screened anew.';
update partner_screenings set names = '[]';
