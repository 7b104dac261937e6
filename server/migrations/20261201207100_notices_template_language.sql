-- Why: an operator writes to its partners in more than one language. What it has written is of the language in which the program wrote until now.

-- Up Migration
set local lock_timeout = '5s';

alter table notice_templates add column language text not null default 'en';
alter table notice_templates add constraint notice_templates_language_check check (language ~ '^[a-z]{2,3}$');
alter table notice_templates drop constraint notice_templates_pkey;
alter table notice_templates add primary key (tenant_id, name, language, version);
comment on column notice_templates.language is 'In which it is written (ISO 639); each has versions of its own.';

-- Down Migration
-- What was written in other languages cannot be kept beside the versions of one.
delete from notice_templates where language <> 'en';
alter table notice_templates drop constraint notice_templates_pkey;
alter table notice_templates add primary key (tenant_id, name, version);
alter table notice_templates drop column language;
