-- Why: people know a programme by one name. Where it has a brand that is the brand's, in mails, documents, authenticators and the portal alike.

-- Up Migration
set local lock_timeout = '5s';

comment on column tenants.name is 'The name that people know it by: its brand''s, or its programme''s while it has no brand.';
update tenants
   set name = shown.name
  from (
    select distinct on (tenant_id) tenant_id, settings ->> 'name' as name
      from brandings
     order by tenant_id, version desc
  ) shown
 where shown.tenant_id = tenants.id
   and shown.name <> tenants.name;

-- Down Migration
set local lock_timeout = '5s';

comment on column tenants.name is 'The name of its programme, as people know it.';
update tenants set name = programs.name from programs where programs.tenant_id = tenants.id and programs.name <> tenants.name;
